using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Trips;
using NetTopologySuite.Geometries;
using Npgsql;

namespace HazardMap.Service.Risk.Runs;

/// <summary>
/// Keeps the stored scores equal to what a full run gives. Whoever changes a hazard, a facility or an incident calls
/// <see cref="ScoreWaitingAsync"/> in the same transaction, as its last step.
/// </summary>
internal static class RiskUpdate
{
    // More than this, and a full run is quicker.
    private const int ManyWaters = 20_000;

    /// <summary>
    /// Scores again what the caller's transaction has touched so far, or with <see cref="RiskCause.Queue"/> what anybody
    /// has left.
    /// </summary>
    /// <remarks>
    /// An edit waits for the lock like everybody, but not through a nation's full run: within a second it commits without its
    /// score, its rows stay in the queue, and the worker scores them after the run. So it is while the rule in force cannot
    /// be read.
    /// </remarks>
    /// <returns>How many scores changed.</returns>
    public static async Task<int> ScoreWaitingAsync(NpgsqlConnection connection, RiskCause cause, CancellationToken stop)
    {
        // A worker reads rows of others: it locks before it reads. An edit has its own rows, and mostly none.
        if (cause == RiskCause.Edit) await connection.ExecuteAsync("savepoint noted", stop);
        else await RiskLock.WaitAsync(connection, stop);
        var notes = await RiskQueue.TakeAsync(connection, all: cause == RiskCause.Queue, stop);
        if (notes.IsEmpty) return 0;
        if (cause == RiskCause.Edit && !await RiskLock.TryTakeAsync(connection, stop))
        {
            await LeaveToWorkerAsync(connection, stop);
            return 0;
        }
        return await RuleForAsync(connection, cause, stop) switch
        {
            ProximityRule rule => await ScoreAsync(connection, rule, notes, cause, stop),
            TripRule rule when await TripUpdate.ScoreAsync(connection, rule, notes, cause, stop) is { } changed => changed,
            TripRule => await LeaveManyAsync(connection, stop),
            _ => 0,
        };
    }

    private static async Task<int> ScoreAsync(
        NpgsqlConnection connection, ProximityRule rule, RiskNotes notes, RiskCause cause, CancellationToken stop)
    {
        var isAll = notes.Everything || (notes.Roads && rule.Distance.Mode == DistanceMode.Walk);
        if (!isAll && notes.Places.Count > 0)
            notes.Hazards.UnionWith(await HazardsNearAsync(connection, notes.Places, RiskReader.SearchMetres(rule), stop));
        if (isAll || notes.Hazards.Count > ManyWaters) return (await RiskRun.RunAsync(connection, null, stop, cause)).Changed;
        return await ScoreAsync(connection, rule, [.. notes.Hazards], cause, stop);
    }

    private static async Task<int> ScoreAsync(
        NpgsqlConnection connection, ProximityRule rule, Guid[] hazards, RiskCause cause, CancellationToken stop)
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

    // What takes longer than whoever edits should wait.
    private static async Task<int> LeaveManyAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await LeaveToWorkerAsync(connection, stop);
        return 0;
    }

    // The rows are in the queue again.
    private static Task LeaveToWorkerAsync(NpgsqlConnection connection, CancellationToken stop) =>
        connection.ExecuteAsync("rollback to savepoint noted", stop);

    // An inspector's edit does not fail because somebody broke the file of the rule in force: its score waits.
    private static async Task<RiskRule?> RuleForAsync(NpgsqlConnection connection, RiskCause cause, CancellationToken stop)
    {
        try
        {
            return RuleFiles.Find(await RuleShelf.InForceAsync(connection, stop));
        }
        catch (RefusalException) when (cause == RiskCause.Edit)
        {
            await LeaveToWorkerAsync(connection, stop);
            return null;
        }
    }

    private static Task<List<Guid>> HazardsNearAsync(
        NpgsqlConnection connection, IReadOnlyCollection<Coordinate> places, double metres, CancellationToken stop) =>
        connection.RowsAsync(EmbeddedSql.Of(typeof(RiskUpdate), "HazardsNear"), row => row.GetGuid(0), stop,
            places.Select(p => p.X).ToArray(), places.Select(p => p.Y).ToArray(), metres);
}
