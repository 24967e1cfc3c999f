using System.Diagnostics;
using System.Globalization;
using HazardMap.Network;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Service.Network;
using HazardMap.Service.Risk.Rules;

namespace HazardMap.Benchmarks;

/// <summary>A full run by the walking rule on Porto's roads: as many waters and schools as Wenshan has, strewn beside the roads.</summary>
internal static class WalkBenchmark
{
    private const int Waters = 24_900, Schools = 7_000, Searches = 20;

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
        var (walk, straight) = (RuleFiles.Find("2026-1-walk"), RuleFiles.Find("2026-1"));
        var (straightPairs, walkPairs) = (0L, 0L);
        rows.Add(new("full run, straight",
            Seconds(() => straightPairs = new RiskScorer(straight, schools).Score(waters, new double[Waters], stop)), "s"));
        var scorer = new RiskScorer(walk, schools, network);
        var seconds = Seconds(() => walkPairs = scorer.Score(waters, new double[Waters], stop));
        rows.Add(new("full run, on foot", seconds, "s"));
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
