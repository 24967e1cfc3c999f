using System.Diagnostics;
using System.Globalization;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Sample;
using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>
/// <c>trips</c>: full runs by rule 2027-1 on Wenshan and on as many times the same country as are asked for, with the peak memory; edits
/// at each size; beside it PostGIS, which finds the same pairs, pulls and trips set by set.
/// </summary>
/// <remarks>HAZARDMAP_TRIPS_SIZES=1,10,361 measures others than 1 and 10; HAZARDMAP_TRIPS_POSTGIS=10 lets PostGIS try more than the
/// sample. Of 361 copies (9 million waters) HAZARDMAP_TRIPS_HAMLETS=1.5 makes four million hamlets of the sample's; it takes about an hour
/// and 40 GB of disk.</remarks>
internal static class TripBenchmark
{
    private const string Rule = "2027-1";
    private static readonly int LargestForPostGis =
        int.Parse(Environment.GetEnvironmentVariable("HAZARDMAP_TRIPS_POSTGIS") ?? "1", CultureInfo.InvariantCulture);

    public static async Task<Measurements> RunAsync(BenchmarkServer server, CancellationToken stop)
    {
        int[] sizes = [.. (Environment.GetEnvironmentVariable("HAZARDMAP_TRIPS_SIZES") ?? "1,10").Split(',')
            .Select(s => int.Parse(s, CultureInfo.InvariantCulture))];
        await using var database = await server.CreateRegisterAsync(stop);
        await SampleLoader.LoadAsync(database, SamplePlan.All[0], stop);
        // The scale is made once, of the country that all others are copies of.
        await RiskRun.RunAsync(database, Rule, "benchmark", stop);
        await using (var connection = await database.OpenConnectionAsync(stop)) await AddHamletsAsync(connection, stop);
        var country = await CopiedCountry.OfAsync(database, stop);
        var rows = new List<Measurement>();
        var notes = new List<string>();
        foreach (var copies in sizes)
        {
            var watch = Stopwatch.StartNew();
            await country.GrowToAsync(copies, stop);
            await Console.Error.WriteLineAsync($"[trips] {copies} copies are in after {watch.Elapsed.TotalSeconds:0} s");
            await MeasureAsync(server, database, copies, rows, notes, stop);
        }
        return new Measurements("trips: rule 2027-1 on the sample's country, copied", rows, notes);
    }

    private static async Task MeasureAsync(BenchmarkServer server, NpgsqlDataSource database, int copies, List<Measurement> rows,
        List<string> notes, CancellationToken stop)
    {
        var first = RiskProcess.Run(server.ConnectionStringOf(database));
        var again = RiskProcess.Run(server.ConnectionStringOf(database));
        var name = string.Create(CultureInfo.InvariantCulture, $"{first.Hazards:#,0} waters x {first.Facilities:#,0} places");
        rows.Add(new($"{name}: the first run after it grew: read and score", first.TotalSeconds - first.WriteSeconds, "s"));
        rows.Add(new(string.Create(CultureInfo.InvariantCulture, $"{name}: that run: write {first.Changed:#,0} scores"),
            first.WriteSeconds, "s"));
        rows.Add(new($"{name}: peak memory of that process", first.PeakMegabytes, "MB"));
        rows.Add(new($"{name}: a run that finds nothing changed, read (beside scoring)", again.ReadSeconds, "s"));
        rows.Add(new($"{name}: a run that finds nothing changed, score (beside reading)", again.ScoreSeconds, "s"));
        rows.Add(new($"{name}: a run that finds nothing changed, by the clock", again.TotalSeconds, "s"));
        rows.Add(new($"{name}: peak memory of that process", again.PeakMegabytes, "MB"));
        await using (var connection = await database.OpenConnectionAsync(stop))
            await connection.ExecuteAsync("vacuum analyze register.hazard_risks, register.risk_origins", stop);
        if (copies <= LargestForPostGis) await CompareAsync(database, name, again, rows, notes, stop);
        foreach (var (what, change) in new[] { ("a sign put up or taken down", "has_sign = not has_sign"),
            ("a depth measured", "depth_metres = coalesce(depth_metres, 0) + 1") })
        {
            var edit = await RiskBenchmark.EditMillisecondsAsync(server.ConnectionStringOf(database), change, stop);
            rows.Add(new($"{name}: {what}, update to commit, median", edit.Median, "ms"));
            rows.Add(new($"{name}: {what}, update to commit, p99", edit.P99, "ms"));
        }
        var check = await RiskRun.CheckAsync(database, null, stop);
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {again.Pairs:#,0} pairs within 3 km; the second run changed "
            + $"{again.Changed:#,0} scores; after the edits {check.Different:#,0} differ from a full run; load average of the machine then "
            + $"{File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
    }

    private static async Task CompareAsync(NpgsqlDataSource database, string name, RiskProcess ours, List<Measurement> rows,
        List<string> notes, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        var watch = Stopwatch.StartNew();
        var (pairs, trips) = await connection.RowAsync(PostGis, row => ((long)row.GetDecimal(0), row.GetDouble(1)), stop);
        rows.Add(new($"{name}: a run that finds nothing changed, by the clock", ours.TotalSeconds, "s",
            "PostGIS: ST_DWithin, ST_Distance and sums, without reaches", watch.Elapsed.TotalSeconds));
        notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"{name}: PostGIS found {pairs:#,0} pairs and {trips:#,0} trips of both ages"));
    }

    // More hamlets of the same villages, some hundred metres off; the children of a village are shared among all of its own.
    private static async Task AddHamletsAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var asked = Environment.GetEnvironmentVariable("HAZARDMAP_TRIPS_HAMLETS");
        if (!double.TryParse(asked, CultureInfo.InvariantCulture, out var times)) return;
        await connection.ExecuteAsync("""
            insert into register.settlements (code, name, kind, location, division_code, weight, is_synthetic, source)
            select code || '-more', name, kind, st_translate(location::geometry, 0.003, -0.002)::geography, division_code, weight,
                   is_synthetic, source
            from register.settlements order by md5(code) limit (select count(*) * ($1::double precision - 1) from register.settlements)
            """, stop, times);
    }

    // The published numbers: decay 40 and 350 m, staying away 0.5 and 1.5, towns 0.5; attraction of every water 1. Every pair is measured
    // once and kept, as a person who writes SQL would.
    private const string PostGis = """
        with pairs as materialized (
          select h.id, o.kind, o.key, o.is_town, o.children[1] as young, o.children[7] as old, k.young as k_young, k.old as k_old
          from register.risk_origins o
          join register.hazards h on st_dwithin(h.shape, o.location, 3000)
          cross join lateral (select st_distance(h.shape, o.location) as d offset 0) x
          cross join lateral (
            select avg(exp(-abs(d - r) / 40) + exp(-(d + r) / 40) + 2 * exp(-sqrt(d * d + r * r - 2 * sqrt(0.5) * d * r) / 40)
                     + 2 * exp(-sqrt(d * d + r * r) / 40) + 2 * exp(-sqrt(d * d + r * r + 2 * sqrt(0.5) * d * r) / 40)) / 8 as young,
                   avg(exp(-abs(d - r) / 350) + exp(-(d + r) / 350) + 2 * exp(-sqrt(d * d + r * r - 2 * sqrt(0.5) * d * r) / 350)
                     + 2 * exp(-sqrt(d * d + r * r) / 350) + 2 * exp(-sqrt(d * d + r * r + 2 * sqrt(0.5) * d * r) / 350)) / 8 as old
            from unnest(case when o.spread_metres = 0 then array[0.0::double precision]
              else array[0.6 * o.spread_metres, 1.3 * o.spread_metres, 2.1 * o.spread_metres] end) r) k),
        pulls as (
          select kind, key, 0.5 + sum(k_young) as z_young, 1.5 + sum(k_old) as z_old from pairs group by kind, key)
        select sum(pairs), sum(trips)
        from (select p.id, count(*) as pairs,
                     sum(case when p.is_town then 0.5 else 1 end * (p.young * p.k_young / z_young + p.old * p.k_old / z_old)) as trips
              from pairs p join pulls using (kind, key) group by p.id) waters
        """;
}
