using System.Diagnostics;
using HazardMap.Catchment;
using HazardMap.Network;

namespace HazardMap.Benchmarks;

/// <summary>24,900 demand points, 104 pools, three bands, all measures, on a made-up network of half a million edges.</summary>
internal static class NetworkCoverage
{
    private const int Side = 500;
    private const double Step = 0.0015; // degrees: about 160 m
    private static readonly double[] Bands = [5000, 10_000, 20_000];

    /// <summary>Measures snapping, searching and the accessibility of every method.</summary>
    public static void Run(List<Measurement> rows)
    {
        var network = Grid(new Random(3));
        var random = new Random(4);
        var watch = Stopwatch.StartNew();
        var index = network.Index;
        rows.Add(new("500,000 edges: index for snapping", watch.Elapsed.TotalSeconds, "s"));
        watch.Restart();
        var demand = Places(index, random, 24_900);
        var supply = Places(index, random, 104);
        rows.Add(new("500,000 edges: snap 25,004 points", watch.Elapsed.TotalSeconds, "s"));
        watch.Restart();
        var costs = new PlaceCosts(network.Graph, demand).Within(supply, Bands[^1], Environment.ProcessorCount);
        rows.Add(new($"500,000 edges: ways from 104 pools to 24,900 points within 20 km: {costs.Count:#,0} pairs", watch.Elapsed.TotalSeconds, "s"));
        watch.Restart();
        AllMeasures(costs, random);
        rows.Add(new("24,900 x 104: 2SFCA, E2SFCA (steps, Gaussian), 3SFCA in three bands", watch.Elapsed.TotalSeconds, "s"));
    }

    private static void AllMeasures(IReadOnlyList<PlaceCost> costs, Random random)
    {
        double[] capacities = [.. Enumerable.Range(0, 104).Select(_ => random.Next(100, 5000))];
        double[] people = [.. Enumerable.Range(0, 24_900).Select(_ => random.Next(0, 300))];
        AccessCost[] access = [.. costs.Select(c => new AccessCost(c.From, c.To, c.Cost))];
        Decay[] decays = [new Decay.None(), new Decay.Steps(Bands, [1, 0.68, 0.22]), new Decay.Gaussian(1e8)];
        foreach (var band in Bands)
        {
            foreach (var decay in decays) Accessibility.Of(new(AccessMethod.TwoStep, band, decay, capacities, people, access));
            Accessibility.Of(new(AccessMethod.ThreeStep, band, decays[1], capacities, people, access));
        }
    }

    private static RoadPlace[] Places(RoadIndex index, Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => index.Nearest(104 + random.NextDouble() * Side * Step, 23 + random.NextDouble() * Side * Step)!.Value)];

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
