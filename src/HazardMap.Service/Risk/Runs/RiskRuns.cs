using System.Text.Json;
using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Database;
using HazardMap.Service.Register;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Trips;
using HazardMap.Service.Runs;
using Npgsql;

namespace HazardMap.Service.Risk.Runs;

/// <summary>Full runs as orders: POSTed to <c>/odata/RiskRuns</c> or made by the command, done by a worker,
/// watched and called off meanwhile.</summary>
internal static class RiskRuns
{
    /// <summary>Name of the entity set.</summary>
    public const string Set = "RiskRuns";

    /// <summary>Where orders stand.</summary>
    public const string Table = "register.risk_runs";

    /// <summary>What the worker does with an order.</summary>
    public static RunKind Kind { get; } = new(Set, Table, WorkAsync);

    /// <summary>Refuses an order for a rule that is not there, before it is taken.</summary>
    public static Task CheckOrderAsync(ODataChange change, CancellationToken stop)
    {
        if (change.Kind == ODataChangeKind.Insert && change.Value("Rule") is string rule) RuleFiles.Find(rule);
        return Task.CompletedTask;
    }

    /// <summary>Orders a run; whoever is awake does it. With a rule of trips it may make the scale anew.</summary>
    public static Task<Guid> OrderAsync(NpgsqlDataSource database, string? rule, bool makesScale, string actor, CancellationToken stop) =>
        database.ScalarAsync<Guid>("insert into register.risk_runs (rule, makes_scale, started_by) values ($1, $2, $3) returning id", stop,
            rule, makesScale, actor);

    /// <summary>Whether a run waits or goes on.</summary>
    public static Task<bool> IsOpenAsync(NpgsqlDataSource database, Guid id) =>
        database.ScalarAsync<bool>("select state in ('Queued', 'Running') from register.risk_runs where id = $1",
            CancellationToken.None, id);

    /// <summary>The runs that wait or go on.</summary>
    public static async Task<Guid[]> OpenAsync(NpgsqlDataSource database, CancellationToken stop) =>
        await database.ScalarAsync<Guid[]>(
            "select coalesce(array_agg(id), '{}') from register.risk_runs where state in ('Queued', 'Running')", stop) ?? [];

    /// <summary>What a run that is over did.</summary>
    /// <exception cref="RefusalException">It was called off or could not be done.</exception>
    public static async Task<RiskRunReport> ReportAsync(NpgsqlDataSource database, Guid id)
    {
        var run = await database.RowAsync(EmbeddedSql.Of(typeof(RiskRuns), "ReadRun"),
            row => (Error: row.TextOrNull(1), Report: row.GetString(0) == "Done" ? Report(row) : null), CancellationToken.None, id);
        return run.Report ?? throw new RefusalException("RunIsNotDone", run.Error ?? "The run was called off.",
            run.Error is null ? "运行已被取消。" : null);
    }

    private static RiskRunReport Report(NpgsqlDataReader row) => new(
        row.GetString(2), row.GetInt32(3), row.GetInt32(4), row.GetInt64(5), row.GetInt32(6), row.GetInt32(7), row.GetString(8),
        new RiskRunSeconds(row.GetDouble(9), row.GetDouble(10), row.GetDouble(11), row.GetDouble(12)),
        Levels(JsonSerializer.Deserialize<Dictionary<string, int>>(row.GetString(13))!));

    // The worst first, as everywhere.
    private static Dictionary<string, int> Levels(Dictionary<string, int> counts) =>
        Enum.GetNames<RiskLevel>().ToDictionary(l => l, counts.GetValueOrDefault, StringComparer.Ordinal);

    private static async Task WorkAsync(RunInHand run, CancellationToken stop)
    {
        await using var connection = await run.Database.OpenPatientlyAsync(stop);
        var (rule, makesScale, actor) = await OrderOfAsync(connection, run.Id, stop);
        var waters = await AboutHowManyAsync(connection, stop);
        await using var transaction = await connection.BeginAsAsync(actor, stop);
        // Writing takes longer than scoring, but only what is new is written.
        var progress = new RiskRunProgress(scored => run.Progress = 0.4 * scored / waters,
            (written, all) => run.Progress = 0.4 + 0.55 * written / all);
        var report = await RiskRun.RunAsync(connection, rule, RiskCause.Full(run.Id), progress, stop,
            makesScale ? ScaleWish.Anew : ScaleWish.Keep);
        await connection.ExecuteAsync(EmbeddedSql.Of(typeof(RiskRuns), "FillRun"), stop, [run.Id, report.Rule, .. report.Columns()]);
        await run.FinishAsync(connection, stop);
        await transaction.CommitAsync(stop);
    }

    private static Task<(string? Rule, bool MakesScale, string Actor)> OrderOfAsync(NpgsqlConnection connection, Guid id,
        CancellationToken stop) =>
        connection.RowAsync("select rule, makes_scale, started_by from register.risk_runs where id = $1",
            row => (row.TextOrNull(0), row.GetBoolean(1), row.GetString(2)), stop, id);

    // The planner's estimate where it has one: counting nine million rows for a progress bar takes a second.
    private static async Task<double> AboutHowManyAsync(NpgsqlConnection connection, CancellationToken stop) =>
        Math.Max(1, await connection.ScalarAsync<double>("""
            select case when reltuples > 100000 then reltuples else (select count(*) from register.hazards) end::float8
            from pg_class where oid = 'register.hazards'::regclass
            """, stop));
}
