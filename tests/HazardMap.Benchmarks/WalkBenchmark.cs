using System.Diagnostics;
using System.Globalization;
using HazardMap.Geodesy;
using HazardMap.Network;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Service.Network;
using HazardMap.Service.Risk.Rules;
using NetTopologySuite.Geometries;

namespace HazardMap.Benchmarks;

/// <summary>A full run by the walking rule on Porto's roads: as many waters and schools as Wenshan has, strewn beside the roads.</summary>
internal static class WalkBenchmark
{
    private const int Waters = 24_900, Rivers = 1_000, Schools = 7_000, Searches = 20;

    public static async Task<Measurements> RunAsync(BenchmarkServer server, CancellationToken stop)
    {
        await using var register = await server.CreateRegisterOfAsync("porto-roads.osm.pbf", stop);
        if (register is null) return new("walk", [], ["SKIPPED: porto-roads.osm.pbf is not on this machine"]);
        var network = await new RoadStore(register).ReadAsync(RoadProfile.Walk, stop);
        var random = new Random(4);
        var schools = Enumerable.Range(0, Schools).Select(_ => Beside(network, random))
            .Select(p => new RiskFacility(Guid.NewGuid(), p.Longitude, p.Latitude, random.Next(60), random.Next(600))).ToList();
        var traits = new HazardTraits(HazardKind.Pond, null, null, null, null, false, false, false, false, false);
        var waters = Enumerable.Range(0, Waters).Select(_ => Beside(network, random))
            .Select(p => new RiskHazard(Guid.NewGuid(), p.Longitude, p.Latitude, null, traits)).ToList();
        List<Measurement> rows = [];
        rows.Add(new("find the nearest road, once for all", Seconds(() => network.Index.Nearest(-8.6, 41.2)), "s"));
        var (walk, best, straight) = (RuleFiles.Proximity("2026-1-walk"), RuleFiles.Proximity("2026-2-walk"),
            RuleFiles.Proximity("2026-1"));
        var (straightPairs, walkPairs) = (0L, 0L);
        rows.Add(new("full run, straight",
            Seconds(() => straightPairs = new RiskScorer(straight, schools).Score(waters, new double[Waters], stop)), "s"));
        var scorer = new RiskScorer(walk, schools, network);
        var seconds = Seconds(() => walkPairs = scorer.Score(waters, new double[Waters], stop));
        rows.Add(new("full run, on foot", seconds, "s"));
        var bestScorer = new RiskScorer(best, schools, network);
        AddTurns(rows, "ponds", waters, bestScorer, scorer, stop);
        AddTurns(rows, "winding brooks of some 3 km", Brooks(network, random, traits), bestScorer, scorer, stop);
        rows.Add(new("one water scored again, on foot, 2026-2-walk", Median(waters.Take(400), w => bestScorer.ScoreOne(w)) * 1000, "ms"));
        rows.Add(new("one water scored again, on foot", Median(waters.Take(400), w => scorer.ScoreOne(w)) * 1000, "ms"));
        var starts = waters.Take(Searches).Select(
            w => network.Graph.NodeId(network.Graph.SourceOf(network.Index.Nearest(w.Longitude, w.Latitude)!.Value.Edge))).ToArray();
        var theirs = await PgRouting.DrivingDistanceAsync(register, "walk_edges", starts, 3000, stop);
        rows.Add(new("all that can be walked to a water within 3,000 m, each", seconds / Waters * 1000, "ms", "pgRouting 3.4",
            theirs.Seconds / Searches * 1000));
        return new Measurements("walk: proximity risk along paths", rows,
            [Text($"{Waters} waters, {Schools} schools, {network.Graph.EdgeCount} edges; {straightPairs} pairs straight, ")
                + Text($"{walkPairs} on foot. pgRouting is asked for {Searches} at once and reads the edges once; ")
                + "it does not find the nearest roads."]);
    }

    // The two walking rules in turn, from warm code: what is compared is compared alike.
    private static void AddTurns(List<Measurement> rows, string what, List<RiskHazard> waters, RiskScorer best, RiskScorer nearest,
        CancellationToken stop)
    {
        double Run(RiskScorer scorer) => Seconds(() => scorer.Score(waters, new double[waters.Count], stop));
        double[][] turns = [.. Enumerable.Range(0, 2).Select(_ => new[] { Run(nearest), Run(best) })];
        rows.Add(new($"{waters.Count} {what}, by the best point within 250 m (2026-2-walk)", turns.Min(t => t[1]), "s",
            "by the nearest point (2026-1-walk)", turns.Min(t => t[0])));
    }

    private static List<RiskHazard> Brooks(RoadNetwork network, Random random, HazardTraits traits) =>
        [.. Enumerable.Range(0, Rivers).Select(_ =>
        {
            var (x, y) = Beside(network, random);
            var course = new List<Coordinate>();
            for (var i = 0; i < 150; i++, x += 0.0004 * (random.NextDouble() - 0.3), y += 0.0004 * (random.NextDouble() - 0.5))
                course.Add(new Coordinate(x, y));
            return new RiskHazard(Guid.NewGuid(), x, y, ShapeIndex.Of(new LineString([.. course])), traits);
        })];

    // Up to 200 m from some place of the network.
    private static (double Longitude, double Latitude) Beside(RoadNetwork network, Random random)
    {
        var (longitude, latitude) = network.Shapes.At(random.Next(network.Graph.EdgeCount), random.NextDouble());
        return (longitude + 0.002 * (random.NextDouble() - 0.5), latitude + 0.002 * (random.NextDouble() - 0.5));
    }

    private static double Seconds(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<RiskHazard> waters, Action<RiskHazard> work)
    {
        double[] seconds = [.. waters.Select(w => Seconds(() => work(w))).Order()];
        return seconds[seconds.Length / 2];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
