using System.Diagnostics;
using HazardMap.Risk.Rules;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using NetTopologySuite.Geometries;
using Npgsql;

namespace HazardMap.Service.Risk.Runs;

/// <summary>Who hears how far a run is.</summary>
/// <param name="Scored">How many waters have been scored.</param>
/// <param name="Written">How many new scores have been written, of how many.</param>
internal sealed record RiskRunProgress(Action<int> Scored, Action<int, int> Written)
{
    public static readonly RiskRunProgress ToNobody = new(_ => { }, (_, _) => { });
}

/// <summary>
/// Keeps the stored scores equal to what a full run gives. Triggers note what each change touches; whoever changes a
/// hazard, a facility or an incident calls <see cref="SettleAsync"/> in the same transaction, as its last step.
/// </summary>
/// <remarks>
/// Runs and edits take turns at one transaction lock before they read: of two edits that touch the same pair the later one
/// sees the earlier, so that no score is left behind. The turn lasts from scoring to commit, a few milliseconds. Nobody
/// whose turn it is waits for a row of somebody who waits for his (see <c>geodata/functions/risk_lock.sql</c>).
/// </remarks>
internal static class RiskStore
{
    private const string WaitForTurn = "select register.wait_to_lock_risk_scores()";

    // Below PostgreSQL's deadlock_timeout, see register.lock_risk_scores.
    private const string TakeTurn = "select register.lock_risk_scores('0.9 s')";
    private const int ManyWaters = 20_000;

    /// <summary>Scores everything and writes what changed. A version makes that rule the one in force.</summary>
    public static async Task<RiskRunReport> RunAsync(NpgsqlDataSource database, string? version, string actor, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginAsAsync(actor, stop);
        var report = await RunAsync(connection, version, stop);
        await transaction.CommitAsync(stop);
        return report;
    }

    /// <summary>The same inside a transaction of the caller, such as an import; the run is recorded there.</summary>
    public static async Task<RiskRunReport> RunAsync(NpgsqlConnection connection, string? version, CancellationToken stop, RiskCause? cause = null)
    {
        var started = DateTime.UtcNow;
        var report = await RunAsync(connection, version, cause ?? RiskCause.Import, RiskRunProgress.ToNobody, stop);
        await using var command = connection.Command(EmbeddedSql.Of(typeof(RiskStore), "RecordRun"), [report.Rule, started, .. report.Columns()]);
        await command.ExecuteNonQueryAsync(stop);
        return report;
    }

    /// <summary>The run itself.</summary>
    public static async Task<RiskRunReport> RunAsync(NpgsqlConnection connection, string? version, RiskCause cause, RiskRunProgress progress, CancellationToken stop)
    {
        await connection.ExecuteAsync(WaitForTurn, stop);
        // What is noted now is about to be read; what is noted later stays for later.
        await connection.ExecuteAsync("delete from register.risk_queue", stop);
        var rule = RuleFiles.Find(version ?? await ActiveRuleAsync(connection, stop));
        var run = await FullRun.ScoreAsync(connection, rule, stop, progress.Scored);
        var watch = Stopwatch.StartNew();
        var (scores, levels) = await RiskWriter.WriteAsync(connection, rule.Version, run.Changes, run.ChangeCount, cause, n => progress.Written(n, run.ChangeCount), stop);
        await ReachStore.WriteAsync(connection, rule, run.Reaches, hazards: null, stop);
        if (version is not null) await RuleShelf.ChooseAsync(connection, rule, stop);
        return run.Report(scores, levels, watch.Elapsed.TotalSeconds);
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

    /// <summary>
    /// Scores again what the caller's transaction has touched so far, or with <see cref="RiskCause.Queue"/> what anybody
    /// has left.
    /// </summary>
    /// <remarks>
    /// An edit waits for its turn like everybody, but not through a nation's full run: within a second its notes stay in the
    /// queue, it commits without its score, and the worker catches up after the run. So it is while the rule in force
    /// cannot be read.
    /// </remarks>
    /// <returns>How many scores changed.</returns>
    public static async Task<int> SettleAsync(NpgsqlConnection connection, RiskCause cause, CancellationToken stop)
    {
        // A worker reads what others noted: its turn comes first. An edit has its own notes, and mostly none.
        await connection.ExecuteAsync(cause == RiskCause.Edit ? "savepoint noted" : WaitForTurn, stop);
        var (hazards, places, roads, everything) = await TakeAsync(connection, all: cause == RiskCause.Queue, stop);
        if (!everything && !roads && hazards.Count + places.Count == 0) return 0;
        if (cause == RiskCause.Edit && !await IsMyTurnAsync(connection, stop))
        {
            await LeaveToWorkerAsync(connection, stop);
            return 0;
        }
        if (await RuleForAsync(connection, cause, stop) is not { } rule) return 0;
        if (everything || (roads && rule.Distance.Mode == DistanceMode.Walk)) return (await RunAsync(connection, null, stop, cause)).Changed;
        if (places.Count > 0) hazards.UnionWith(await HazardsNearAsync(connection, places, WithAir(rule), stop));
        if (hazards.Count > ManyWaters) return (await RunAsync(connection, null, stop, cause)).Changed;
        return await RescoreAsync(connection, rule, [.. hazards], cause, stop);
    }

    /// <summary>The rule that new scores are made with: the last that a full run was asked to use.</summary>
    public static async Task<string> ActiveRuleAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Command("select rule from register.active_risk_rule");
        return await command.ExecuteScalarAsync(stop) as string ?? RuleFiles.Default;
    }

    private static Task LeaveToWorkerAsync(NpgsqlConnection connection, CancellationToken stop) =>
        connection.ExecuteAsync("rollback to savepoint noted", stop);   // the notes are there again

    // An inspector's edit does not fail because somebody broke the file of the rule in force: its score waits.
    private static async Task<RiskRule?> RuleForAsync(NpgsqlConnection connection, RiskCause cause, CancellationToken stop)
    {
        try
        {
            return RuleFiles.Find(await ActiveRuleAsync(connection, stop));
        }
        catch (RefusalException) when (cause == RiskCause.Edit)
        {
            await LeaveToWorkerAsync(connection, stop);
            return null;
        }
    }

    // PostGIS narrows, the scorer decides: PostGIS may find a distance 0.7% too long (see ShapeDistance).
    internal static double WithAir(RiskRule rule) => rule.CutoffMetres * 1.01 + 1;

    /// <summary>Takes the turn before a water is deleted, for its score and its reaches go with it.</summary>
    /// <exception cref="HazardMap.OData.ODataRefusalException">503: a run is going on.</exception>
    public static async Task TakeTurnToDeleteAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await connection.ExecuteAsync("savepoint asked", stop);
        if (await IsMyTurnAsync(connection, stop)) return;
        await connection.ExecuteAsync("rollback to savepoint asked", stop);
        throw new OData.ODataRefusalException(503, "RiskIsBusy", "Risks are being scored; a water can be deleted when that is done. Try again.")
        {
            RetryAfterSeconds = 5, Details = [new("zh", "正在计算风险，完成后才能删除水域，请稍后再试。")],
        };
    }

    private static async Task<bool> IsMyTurnAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        try
        {
            await connection.ExecuteAsync(TakeTurn, stop);
            return true;
        }
        catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected) { return false; }
    }

    private static async Task<int> RescoreAsync(NpgsqlConnection connection, RiskRule rule, Guid[] hazards, RiskCause cause, CancellationToken stop)
    {
        if (hazards.Length == 0) return 0;
        var stored = await RiskReader.HazardsAsync(connection, hazards, stop);
        var scorer = await RiskReader.ScorerAsync(connection, rule, hazards, stop);
        var (changes, reaches) = (new List<ScoreChange>(), new List<ScoredReach>());
        using var search = scorer.Begin();
        foreach (var row in stored)
        {
            var hazard = row.ToHazard(rule);
            var change = new ScoreChange(row, scorer.ScoreOne(hazard, search), rule);
            if (change.IsChangeFrom(row, rule)) changes.Add(change);
            if (search.ReachScores is { } scores) reaches.AddRange(ScoredReach.Of(hazard, scores, rule));
        }
        await ReachStore.WriteAsync(connection, rule, reaches, hazards, stop);
        return (await RiskWriter.WriteAsync(connection, rule.Version, changes, cause, stop)).Scores;
    }

    private static async Task<(HashSet<Guid> Hazards, HashSet<Coordinate> Places, bool Roads, bool Everything)> TakeAsync(NpgsqlConnection connection, bool all, CancellationToken stop)
    {
        var (hazards, places, roads, everything) = (new HashSet<Guid>(), new HashSet<Coordinate>(), false, false);
        await using var command = connection.Command(EmbeddedSql.Of(typeof(RiskStore), "TakeFromQueue"), all);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            if (!await rows.IsDBNullAsync(0, stop)) hazards.Add(rows.GetGuid(0));
            else if (!await rows.IsDBNullAsync(1, stop)) places.Add(rows.GetFieldValue<Point>(1).Coordinate);
            else if (rows.GetBoolean(2)) roads = true;
            else everything = true;
        }
        return (hazards, places, roads, everything);
    }

    private static async Task<List<Guid>> HazardsNearAsync(NpgsqlConnection connection, IReadOnlyCollection<Coordinate> places, double metres, CancellationToken stop)
    {
        var ids = new List<Guid>();
        await using var command = connection.Command(EmbeddedSql.Of(typeof(RiskStore), "HazardsNear"), places.Select(p => p.X).ToArray(), places.Select(p => p.Y).ToArray(), metres);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) ids.Add(reader.GetGuid(0));
        return ids;
    }
}
