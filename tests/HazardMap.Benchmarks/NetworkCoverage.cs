using System.Diagnostics;
using System.Globalization;
using HazardMap.Coverage;
using HazardMap.Network;
using HazardMap.Register;
using HazardMap.Service.Coverage;
using HazardMap.Service.Network;

namespace HazardMap.Benchmarks;

/// <summary>24,900 demand points, 104 pools, three bands, all measures, on a made-up network of half a million edges.</summary>
internal static class NetworkCoverage
{
    private const int Side = 500;
    private const double Step = 0.0015; // degrees: about 160 m

    /// <summary>A whole measurement, straight and along the roads, and the drawing apart.</summary>
    public static void Run(List<Measurement> rows, List<string> notes)
    {
        var network = Grid(new Random(3));
        var random = new Random(4);
        DemandPoint[] demand = [.. Enumerable.Range(0, 24_900)
            .Select(i => new DemandPoint($"{i}", $"D{i}", "", "99", At(random, 104), At(random, 23), random.Next(0, 300)))];
        CoverageSupply[] supply = [.. Enumerable.Range(0, 104).Select(i => new CoverageSupply(Guid.NewGuid().ToString(), $"P{i}", "", "99",
            At(random, 104), At(random, 23), random.Next(100, 5000)))];
        CoverageInputs Inputs(RoadNetwork? roads) => new(demand, supply,
            [new CoverageDivision("99", "All", DivisionLevel.Prefecture, null)], roads is null ? null : new HeldNetwork(1, roads), []);
        CoverageOrder Order(string mode, bool draw = false) =>
            CoverageOrder.Parse("SwimmingPool", mode, null, "5000 10000 20000", null, null, "Points", null, false, draw);
        Measure(rows, notes, "24,900 points x 104 pools x 3 bands, all measures, straight", Order("Straight"), Inputs(null));
        var watch = Stopwatch.StartNew();
        _ = network.Index;
        rows.Add(new("500,000 edges: index for snapping", watch.Elapsed.TotalSeconds, "s"));
        Measure(rows, notes, "24,900 points x 104 pools x 3 bands, all measures, 500,000 edges, snapping included",
            Order("Walk"), Inputs(network));
        var drawn = CoverageRunner.Compute(Order("Walk", draw: true), Inputs(network), 0, _ => { }, CancellationToken.None);
        rows.Add(new(string.Create(CultureInfo.InvariantCulture, $"500,000 edges: {drawn.Areas.Count} catchment areas up to 20 km drawn"),
            drawn.Seconds.Draw, "s"));
    }

    private static void Measure(List<Measurement> rows, List<string> notes, string what, CoverageOrder order, CoverageInputs inputs)
    {
        var outcome = CoverageRunner.Compute(order, inputs, 0, _ => { }, CancellationToken.None);
        var again = CoverageRunner.Compute(order, inputs, 0, _ => { }, CancellationToken.None);
        rows.Add(new(what, Math.Min(outcome.Seconds.Measure, again.Seconds.Measure), "s"));
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {outcome.Measured.Everywhere.Covered} "
            + $"of {outcome.Measured.Everywhere.Demand} covered; first run of the process {outcome.Seconds.Measure:0.00} s"));
    }

    private static double At(Random random, double from) => from + random.NextDouble() * Side * Step;

    // A crooked grid with one street in eight one-way.
    private static RoadNetwork Grid(Random random)
    {
        var corners = new (double, double)[Side * Side];
        for (var i = 0; i < corners.Length; i++)
            corners[i] = (104 + (i % Side + 0.6 * random.NextDouble()) * Step, 23 + (i / Side + 0.6 * random.NextDouble()) * Step);
        var builder = new RoadGraphBuilder();
        var shapes = new RoadShapes();
        void Join(int a, int b)
        {
            var metres = Geodesy.Geodesic.Distance(corners[a].Item1, corners[a].Item2, corners[b].Item1, corners[b].Item2);
            builder.Add(new RoadEdge(builder.Count, a, b, metres, random.Next(8) == 0 ? -1 : metres));
            shapes.Add([corners[a], corners[b]]);
        }
        for (var i = 0; i < corners.Length; i++)
        {
            if (i % Side + 1 < Side) Join(i, i + 1);
            if (i + Side < corners.Length) Join(i, i + Side);
        }
        return new RoadNetwork(builder.Build(), shapes);
    }
}
