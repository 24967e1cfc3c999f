using System.Diagnostics;
using System.Text.Json;
using HazardMap.Proximity;
using HazardMap.Service.Database;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Service.Proximity;

/// <summary>
/// Keeps the stored scores equal to what a full run gives: whoever changes a hazard or a facility calls
/// <see cref="RescoreAsync"/> or <see cref="RescoreAroundAsync"/> in the same transaction, as its last step.
/// </summary>
/// <remarks>
/// Runs and edits queue on one transaction lock before they read: of two edits that touch the same pair the later one sees
/// the earlier, so that no score is left behind. The lock is held from scoring to commit, a few milliseconds.
/// </remarks>
internal static class RiskStore
{
    private const string QueueUp = "select pg_advisory_xact_lock(hashtext('hazardmap.risk'))";

    /// <summary>Scores everything and writes what changed.</summary>
    public static async Task<RiskRunReport> RunAsync(NpgsqlDataSource database, string? version, string actor, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginAsAsync(actor, stop);
        var report = await RunAsync(connection, version, stop);
        await transaction.CommitAsync(stop);
        return report;
    }

    /// <summary>The same inside a transaction of the caller, such as an import.</summary>
    public static async Task<RiskRunReport> RunAsync(NpgsqlConnection connection, string? version, CancellationToken stop)
    {
        var started = DateTime.UtcNow;
        await ExecuteAsync(connection, QueueUp, stop);
        var rule = RuleFiles.Find(version ?? await ActiveRuleAsync(connection, stop));
        var run = await FullRun.ScoreAsync(connection, rule, stop);
        var watch = Stopwatch.StartNew();
        var changed = await WriteAsync(connection, rule, run.Changes, stop);
        var report = run.Report(changed, watch.Elapsed.TotalSeconds);
        await RecordAsync(connection, report, started, stop);
        return report;
    }

    /// <summary>Scores everything, writes nothing, and compares with what is stored.</summary>
    public static async Task<RiskCheckReport> CheckAsync(NpgsqlDataSource database, string? version, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        // One snapshot: an edit that commits meanwhile is seen whole or not at all.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var rule = RuleFiles.Find(version ?? await ActiveRuleAsync(connection, stop));
        return (await FullRun.ScoreAsync(connection, rule, stop)).Check();
    }

    /// <summary>Scores some hazards again, in the caller's transaction, after it has changed them.</summary>
    /// <returns>How many scores changed.</returns>
    public static async Task<int> RescoreAsync(NpgsqlConnection connection, Guid[] hazards, CancellationToken stop)
    {
        if (hazards.Length == 0) return 0;
        await ExecuteAsync(connection, QueueUp, stop);
        var rule = RuleFiles.Find(await ActiveRuleAsync(connection, stop));
        var stored = await RiskReader.HazardsAsync(connection, hazards, stop);
        var scorer = await RiskReader.ScorerAsync(connection, rule, hazards, stop);
        var changes = stored.Select(h => (Row: h, New: new ScoreChange(h, scorer.ScoreOne(h.ToHazard(rule)), rule))).Where(c => c.New.IsChangeFrom(c.Row, rule));
        return await WriteAsync(connection, rule, [.. changes.Select(c => c.New)], stop);
    }

    /// <summary>
    /// Scores every hazard again that a facility at one of these places may count for, in the caller's transaction, after it
    /// has changed, added or removed the facility. Give the old and the new place when it moved.
    /// </summary>
    /// <returns>How many scores changed.</returns>
    public static async Task<int> RescoreAroundAsync(NpgsqlConnection connection, IEnumerable<(double Longitude, double Latitude)> places, CancellationToken stop)
    {
        await ExecuteAsync(connection, QueueUp, stop);
        var rule = RuleFiles.Find(await ActiveRuleAsync(connection, stop));
        var points = Ewkb.Factory.CreateMultiPointFromCoords([.. places.Select(p => new NetTopologySuite.Geometries.Coordinate(p.Longitude, p.Latitude))]);
        return await RescoreAsync(connection, await HazardsNearAsync(connection, points, WithAir(rule), stop), stop);
    }

    /// <summary>The rule that new scores are made with: that of the last full run.</summary>
    public static async Task<string> ActiveRuleAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Command("select rule from register.risk_runs order by started_at desc limit 1");
        return await command.ExecuteScalarAsync(stop) as string ?? RuleFiles.Default;
    }

    // PostGIS narrows, the scorer decides: PostGIS may find a distance 0.7% too long (see ShapeDistance).
    internal static double WithAir(RiskRule rule) => rule.CutoffMetres * 1.01 + 1;

    private static async Task<Guid[]> HazardsNearAsync(NpgsqlConnection connection, NetTopologySuite.Geometries.Geometry places, double metres, CancellationToken stop)
    {
        var ids = new List<Guid>();
        await using var command = connection.Command(EmbeddedSql.Of(typeof(RiskStore), "HazardsNear"), places, metres);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) ids.Add(reader.GetGuid(0));
        return [.. ids];
    }

    private static async Task<int> WriteAsync(NpgsqlConnection connection, RiskRule rule, IReadOnlyList<ScoreChange> changes, CancellationToken stop)
    {
        if (changes.Count == 0) return 0;
        await ExecuteAsync(connection, "drop table if exists pg_temp.rescored; create temp table rescored (hazard_id uuid, score double precision, level text) on commit drop", stop);
        await using (var copy = await connection.BeginBinaryImportAsync("copy rescored from stdin (format binary)", stop))
        {
            foreach (var change in changes)
            {
                await copy.StartRowAsync(stop);
                await copy.WriteAsync(change.Hazard, NpgsqlDbType.Uuid, stop);
                await copy.WriteAsync(change.Score, NpgsqlDbType.Double, stop);
                await copy.WriteAsync(change.Level.ToString(), NpgsqlDbType.Text, stop);
            }
            await copy.CompleteAsync(stop);
        }
        await using var update = connection.Command(EmbeddedSql.Of(typeof(RiskStore), "WriteScores"), rule.Version);
        return await update.ExecuteNonQueryAsync(stop);
    }

    private static async Task RecordAsync(NpgsqlConnection connection, RiskRunReport report, DateTime started, CancellationToken stop)
    {
        await using var command = connection.Command(EmbeddedSql.Of(typeof(RiskStore), "RecordRun"), report.Rule, started, report.Hazards, report.Facilities,
            report.Pairs, report.Changed, report.Seconds.Read, report.Seconds.Score, report.Seconds.Write, JsonSerializer.Serialize(report.Levels));
        await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = connection.Command(sql);
        await command.ExecuteNonQueryAsync(stop);
    }
}
