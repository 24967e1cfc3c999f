using System.Diagnostics;
using HazardMap.OData;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Trips;
using Npgsql;

namespace HazardMap.Service.Risk.Runs;

/// <summary>Who hears how far a run is.</summary>
/// <param name="Scored">How many waters have been scored.</param>
/// <param name="Written">How many new scores have been written, of how many.</param>
internal sealed record RiskRunProgress(Action<int> Scored, Action<int, int> Written)
{
    public static readonly RiskRunProgress ToNobody = new(_ => { }, (_, _) => { });
}

/// <summary>Scores every water and writes what changed; or writes nothing and tells what would.</summary>
internal static class RiskRun
{
    /// <summary>Scores everything and writes what changed. A version makes that rule the one in force.</summary>
    public static async Task<RiskRunReport> RunAsync(NpgsqlDataSource database, string? version, string actor, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(actor, stop);
        var report = await RunAsync(connection, version, stop);
        await transaction.CommitAsync(stop);
        return report;
    }

    /// <summary>The same inside a transaction of the caller, such as an import; the run is recorded there.</summary>
    public static async Task<RiskRunReport> RunAsync(
        NpgsqlConnection connection, string? version, CancellationToken stop, RiskCause? cause = null, RiskRunProgress? progress = null,
        ScaleWish wish = ScaleWish.Keep)
    {
        var started = DateTime.UtcNow;
        var report = await RunAsync(connection, version, cause ?? RiskCause.Import, progress ?? RiskRunProgress.ToNobody, stop, wish);
        await connection.ExecuteAsync(EmbeddedSql.Of(typeof(RiskRun), "RecordRun"), stop, [report.Rule, started, .. report.Columns()]);
        return report;
    }

    /// <summary>The run itself.</summary>
    public static async Task<RiskRunReport> RunAsync(
        NpgsqlConnection connection, string? version, RiskCause cause, RiskRunProgress progress, CancellationToken stop,
        ScaleWish wish = ScaleWish.Keep)
    {
        await RiskLock.WaitAsync(connection, stop);
        await RiskQueue.ClearAsync(connection, stop);
        var rule = RuleFiles.Find(version ?? await RuleShelf.InForceAsync(connection, stop));
        var run = await FullRun.ScoreAsync(connection, rule, stop, progress.Scored, wish);
        var watch = Stopwatch.StartNew();
        var (scores, levels) = await RiskWriter.WriteAsync(
            connection, rule.Version, run.Changes, run.ChangeCount, cause, n => progress.Written(n, run.ChangeCount), stop);
        await ReachStore.WriteAsync(connection, rule, run.Reaches, hazards: null, stop);
        if (run.Trips is { } trips)
        {
            if (trips.Scale is { } scale)
                await ScaleStore.AddAsync(connection, (TripRule)rule, scale, run.Hazards, isAskedFor: wish == ScaleWish.Anew, stop);
            await OriginStore.WriteAsync(connection, trips.Origins, trips.Pulls, stop);
        }
        if (version is not null) await RuleShelf.ChooseAsync(connection, rule, stop);
        return run.Report(scores, levels, watch.Elapsed.TotalSeconds);
    }

    /// <summary>Scores everything, writes nothing, and compares with what is stored.</summary>
    public static async Task<RiskCheckReport> CheckAsync(NpgsqlDataSource database, string? version, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        // One snapshot: an edit that commits meanwhile is seen whole or not at all.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var rule = RuleFiles.Find(version ?? await RuleShelf.InForceAsync(connection, stop));
        return (await FullRun.ScoreAsync(connection, rule, stop)).Check();
    }
}
