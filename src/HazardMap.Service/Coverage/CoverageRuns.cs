using HazardMap.OData;
using HazardMap.Service.Database;
using HazardMap.Service.Network;
using HazardMap.Service.Register;
using HazardMap.Service.Runs;
using Npgsql;

namespace HazardMap.Service.Coverage;

/// <summary>Coverage runs as orders: POSTed to <c>/odata/CoverageRuns</c> or kept by the command, done by a worker.</summary>
internal static class CoverageRuns
{
    /// <summary>Name of the entity set.</summary>
    public const string Set = "CoverageRuns";

    /// <summary>Where orders stand.</summary>
    public const string Table = "register.coverage_runs";

    private const string Question =
        "select kind, mode, unit, bands, weights, beta, demand, demand_kinds, include_planned, draw_areas, requested_by "
            + "from register.coverage_runs where id = $1";

    /// <summary>What the worker does with an order.</summary>
    public static RunKind Kind(RoadNetworks networks) => new(Set, Table, (run, stop) => WorkAsync(networks, run, stop));

    /// <summary>Refuses an order that makes no sense, before it is taken.</summary>
    public static Task CheckOrderAsync(ODataChange change, CancellationToken stop)
    {
        if (change.Kind != ODataChangeKind.Insert) return Task.CompletedTask;
        string? Text(string name) => change.Value(name) as string;
        CoverageOrder.Parse(Text("Kind"), Text("Mode"), Text("Unit"), Text("Bands"), Text("Weights"), change.Value("Beta") as double?,
            Text("Demand"), Text("DemandKinds"), change.Value("IncludePlanned") is true, change.Value("DrawAreas") is not false);
        return Task.CompletedTask;
    }

    /// <summary>Orders a run; whoever is awake does it.</summary>
    public static Task<Guid> OrderAsync(NpgsqlDataSource database, CoverageOrder order, string? name, Guid? baseline, string actor,
        CancellationToken stop) =>
            database.ScalarAsync<Guid>("""
                insert into register.coverage_runs (name, kind, mode, unit, bands, weights, beta, demand, demand_kinds, include_planned,
                  draw_areas, baseline_id, requested_by)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id
                """, stop, name, order.Kind.ToString(), order.Mode.ToString(), order.Unit.ToString(), Text(order.Bands),
                order.Weights is null ? null : Text(order.Weights), order.Beta,
                order.Demand.ToString(), order.DemandKinds is null ? null : string.Join(' ', order.DemandKinds), order.IncludePlanned,
                order.DrawAreas, baseline, actor);

    /// <summary>Answers <c>CoverageRuns(id)/HazardMap.Show()</c>: the map shows this run.</summary>
    public static async Task ShowAsync(NpgsqlDataSource database, Guid id, CancellationToken stop)
    {
        if (await database.ScalarAsync<Guid?>("update register.coverage_runs set shown_at = clock_timestamp() where id = $1 "
            + "and state = 'Done' returning id", stop, id) is null)
            throw new ODataRefusalException(409, "RunIsNotDone",
                "Only a run that is done can be shown.") { Details = [new("zh", "只能显示已完成的运行。")] };
    }

    private static string Text(IEnumerable<double> numbers) =>
        string.Join(' ', numbers.Select(n => n.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));

    private static async Task WorkAsync(RoadNetworks networks, RunInHand run, CancellationToken stop)
    {
        var (order, actor) = await OrderOfAsync(run, stop);
        var outcome = await CoverageRunner.RunAsync(run.Database, networks, order, share => run.Progress = share, stop);
        await using var connection = await run.Database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(actor, stop);
        await CoverageWriter.WriteAsync(connection, run.Id, outcome, stop);
        await run.FinishAsync(connection, stop);
        await transaction.CommitAsync(stop);
    }

    private static Task<(CoverageOrder Order, string Actor)> OrderOfAsync(RunInHand run, CancellationToken stop) =>
        run.Database.RowAsync(Question, row => (
            CoverageOrder.Parse(row.TextOrNull(0), row.TextOrNull(1), row.TextOrNull(2), row.TextOrNull(3), row.TextOrNull(4),
                row.ValueOrNull<double>(5),
                row.TextOrNull(6), row.TextOrNull(7), row.GetBoolean(8), row.GetBoolean(9)), row.GetString(10)), stop, run.Id);
}
