using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Service.Risk;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Sample;
using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>
/// <c>nation</c>: full runs by the service's own command on Wenshan and 10, 40, 100 and 361 times as much of the same
/// country (9 million waters, 2 million facilities), with its peak memory; the peers where they finish; edits at the largest size.
/// </summary>
/// <remarks>HAZARDMAP_NATION_SIZES=1,10 measures fewer. The largest takes about half an hour and 30 GB of disk.</remarks>
internal static class NationBenchmark
{
    private const int LargestForPostGis = 40, LargestForStrTree = 100;

    private static readonly int[] Sizes = [.. (Environment.GetEnvironmentVariable("HAZARDMAP_NATION_SIZES") ?? "1,10,40,100,361")
        .Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture))];

    public static async Task<Measurements> RunAsync(BenchmarkServer server, CancellationToken stop)
    {
        await using var database = await server.CreateRegisterAsync(stop);
        await SampleLoader.LoadAsync(database, SamplePlan.All[0], stop);
        var country = await CopiedCountry.OfAsync(database, stop);
        var rows = new List<Measurement>();
        var notes = new List<string>();
        var growth = new List<(double Hazards, double Seconds)>();
        foreach (var copies in Sizes)
        {
            var watch = Stopwatch.StartNew();
            await country.GrowToAsync(copies, stop);
            await Console.Error.WriteLineAsync($"[nation] {copies} copies are in after {watch.Elapsed.TotalSeconds:0} s");
            var run = RiskProcess.Run(server.ConnectionStringOf(database));
            var again = RiskProcess.Run(server.ConnectionStringOf(database));
            rows.AddRange(Rows(run, again));
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"{run.Hazards:#,0} waters: {run.Pairs:#,0} pairs within 3 km; the second run changed {again.Changed:#,0} scores"));
            growth.Add((run.Hazards, again.TotalSeconds));
            await CompareAsync(database, copies, run.Hazards, rows, notes, stop);
        }
        await country.SettleDownAsync(stop);
        var edit = await RiskBenchmark.EditMillisecondsAsync(server.ConnectionStringOf(database), stop);
        rows.Add(new($"one edit of {growth[^1].Hazards:#,0} waters re-scored, update to commit, median", edit.Median, "ms"));
        rows.Add(new($"one edit of {growth[^1].Hazards:#,0} waters re-scored, update to commit, p99", edit.P99, "ms"));
        if (growth.Count > 1)
            rows.Add(new("growth exponent of a run that finds nothing changed, second smallest to largest size",
                Exponent(growth[Math.Min(1, growth.Count - 2)], growth[^1]), "(1 = linear)"));
        return new Measurements("nation: the sample's country, copied", rows, notes);
    }

    private static IEnumerable<Measurement> Rows(RiskProcess run, RiskProcess again)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{run.Hazards:#,0} x {run.Facilities:#,0}");
        yield return new($"{size}: read (beside scoring)", run.ReadSeconds, "s");
        yield return new($"{size}: score (beside reading)", run.ScoreSeconds, "s");
        yield return new($"{size}: read and score, by the clock", run.TotalSeconds - run.WriteSeconds, "s");
        yield return new($"{size}: write every score", run.WriteSeconds, "s");
        yield return new($"{size}: a run that finds nothing changed, by the clock", again.TotalSeconds, "s");
        yield return new($"{size}: peak memory of the process", run.PeakMegabytes, "MB");
    }

    // The same pairs in memory and by the peers; processor-bound, hence without the database's time except for PostGIS itself.
    private static async Task CompareAsync(NpgsqlDataSource database, int copies, int waters, List<Measurement> rows,
        List<string> notes, CancellationToken stop)
    {
        if (copies > LargestForStrTree) return;
        await using var connection = await database.OpenConnectionAsync(stop);
        var rule = RuleFiles.Proximity("2026-1");
        var facilities = await RiskReader.AllFacilitiesAsync(connection, stop);
        var size = string.Create(CultureInfo.InvariantCulture, $"{waters:#,0} waters in memory: scoring, both cores");
        var ours = await InMemoryAsync(connection, facilities, rule, size, rows, notes, stop);
        var peer = new NtsPeer(await RiskReader.AllHazardsAsync(connection, stop).ToListAsync(stop), facilities, rule);
        var (nts, _, ntsPairs) = RiskBenchmark.Best(peer.Pairs, repeats: 2);
        rows.Add(new(size, ours, "s", "NTS: STRtree and its distances in planes, both cores", nts));
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"{waters:#,0} waters: pairs NTS {ntsPairs:#,0}"));
        if (copies > LargestForPostGis) return;
        var (postgis, postgisPairs) = await PostGisPeer.PairsAsync(connection, stop, repeats: copies > 10 ? 1 : 2);
        rows.Add(new(size, ours, "s", "PostGIS ST_DWithin + ST_Distance, set-based", postgis));
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"{waters:#,0} waters: pairs PostGIS {postgisPairs:#,0}"));
    }

    // Ours, and an STRtree that is lent our distances: what the grid alone is worth.
    private static async Task<double> InMemoryAsync(NpgsqlConnection connection, List<RiskFacility> facilities, ProximityRule rule,
        string size,
        List<Measurement> rows, List<string> notes, CancellationToken stop)
    {
        var hazards = await RiskReader.AllHazardsAsync(connection, stop).Select(h => h.ToHazard(rule)).ToListAsync(stop);
        var (ours, _, pairs) = RiskBenchmark.Best(() => new RiskScorer(rule, facilities).Score(hazards, new double[hazards.Count], stop));
        var (tree, _, treePairs) = RiskBenchmark.Best(() => StrTreePeer.Pairs(hazards, facilities, rule), repeats: 3);
        rows.Add(new(size, ours, "s", "NTS STRtree + our own distances, both cores", tree));
        notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"{hazards.Count:#,0} waters: pairs ours {pairs:#,0}, STRtree {treePairs:#,0}"));
        return ours;
    }

    private static double Exponent((double Hazards, double Seconds) small, (double Hazards, double Seconds) large) =>
        Math.Log(large.Seconds / small.Seconds) / Math.Log(large.Hazards / small.Hazards);
}

/// <summary>What <c>hazardmap-service risk</c> printed, and the most memory it held.</summary>
internal sealed record RiskProcess(int Hazards, int Facilities, long Pairs, int Changed, double ReadSeconds, double ScoreSeconds,
    double WriteSeconds, double TotalSeconds, double PeakMegabytes)
{
    public static RiskProcess Run(string connectionString)
    {
        var run = MeasuredProcess.RunService(["risk"], connectionString);
        var report = JsonDocument.Parse(run.Output).RootElement;
        var seconds = report.GetProperty("seconds");
        return new RiskProcess(report.GetProperty("hazards").GetInt32(), report.GetProperty("facilities").GetInt32(),
            report.GetProperty("pairs").GetInt64(),
            report.GetProperty("changed").GetInt32(), seconds.GetProperty("read").GetDouble(), seconds.GetProperty("score").GetDouble(),
            seconds.GetProperty("write").GetDouble(), seconds.GetProperty("total").GetDouble(), run.PeakMegabytes);
    }
}
