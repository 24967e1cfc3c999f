using HazardMap.OData;
using HazardMap.Service.Database;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HazardMap.Service.Runs;

/// <summary>The rows that order runs: taken, kept up to date, called off.</summary>
/// <remarks>
/// Whoever is at a run holds an advisory lock on its id, which dies with his connection. A row that says Running and
/// whose lock is free was left by a service that died: it is taken up again, three times at most.
/// </remarks>
internal static class RunOrders
{
    private const int MostAttempts = 3;

    /// <summary>Takes the first order that nobody is at; the connection holds it until <see cref="ReleaseAsync"/>.</summary>
    public static async Task<Guid?> TakeAsync(NpgsqlConnection connection, RunKind kind, CancellationToken stop)
    {
        foreach (var id in await OpenAsync(connection, kind, stop))
        {
            if (!await TryLockAsync(connection, id, stop)) continue;
            if (await BeginAsync(connection, kind, id, stop)) return id;
            await ReleaseAsync(connection, id);
        }
        return null;
    }

    /// <summary>Lets go of an order.</summary>
    public static Task ReleaseAsync(NpgsqlConnection connection, Guid id) =>
        connection.ExecuteAsync("select pg_advisory_unlock(hashtextextended($1::text, 0))", CancellationToken.None, id);

    /// <summary>Writes how far it is; true when somebody has called it off.</summary>
    public static Task<bool> ReportAsync(NpgsqlDataSource database, RunKind kind, RunInHand run, CancellationToken stop) =>
        database.ScalarAsync<bool>($"update {kind.Table} set progress = $2 where id = $1 and state = 'Running' returning cancel_requested",
            stop, run.Id, run.Progress);

    /// <summary>Ends a run that is not done: failed with a reason, cancelled, or back in the queue.</summary>
    public static async Task EndAsync(NpgsqlDataSource database, RunKind kind, Guid id, RunState state, string? error)
    {
        await using var connection = await database.OpenPatientlyAsync();
        var over = state == RunState.Queued ? "started_at = null, attempts = attempts - 1" : "finished_at = clock_timestamp()";
        await connection.ExecuteAsync($"update {kind.Table} set state = $2, error = $3, {over} where id = $1 and state = 'Running'",
            CancellationToken.None, id, state.ToString(), error);
    }

    /// <summary>Answers <c>HazardMap.Cancel()</c>: a waiting run is cancelled at once, a running one within a second.</summary>
    public static async Task CancelAsync(NpgsqlDataSource database, string table, Guid id, CancellationToken stop)
    {
        var state = await database.ScalarAsync<string>(
            $"""
            update {table} set cancel_requested = true,
                   state = case state when 'Queued' then 'Cancelled' else state end,
                   finished_at = case state when 'Queued' then clock_timestamp() end
            where id = $1 and state in ('Queued', 'Running') returning state
            """, stop, id);
        if (state is null)
            throw new ODataRefusalException(409, "RunIsOver",
                "The run is over; there is nothing to cancel.") { Details = [new("zh", "运行已结束，无法取消。")] };
    }

    /// <summary>
    /// Sees an order through from a command: it is done here, unless a service that runs is quicker to take it, and called off when the
    /// command is stopped.
    /// </summary>
    /// <exception cref="OperationCanceledException">The command was stopped.</exception>
    public static async Task SeeThroughAsync(NpgsqlDataSource database, RunKind kind, Guid id, CancellationToken stop)
    {
        using var worker = new RunWorker(database, [kind], NullLogger<RunWorker>.Instance);
        await using var calledOff = stop.Register(() => _ = CancelAsync(database, kind.Table, id, CancellationToken.None));
        while (await database.ScalarAsync<bool>($"select state in ('Queued', 'Running') from {kind.Table} where id = $1",
            CancellationToken.None, id))
            if (!await worker.WorkOnceAsync(CancellationToken.None)) await Task.Delay(100, CancellationToken.None);
        stop.ThrowIfCancellationRequested();
    }

    private static Task<List<Guid>> OpenAsync(NpgsqlConnection connection, RunKind kind, CancellationToken stop) =>
        connection.RowsAsync($"select id from {kind.Table} where state in ('Queued', 'Running') order by requested_at, id limit 100",
            row => row.GetGuid(0), stop);

    private static Task<bool> TryLockAsync(NpgsqlConnection connection, Guid id, CancellationToken stop) =>
        connection.ScalarAsync<bool>("select pg_try_advisory_lock(hashtextextended($1::text, 0))", stop, id);

    // Whoever was at it before is gone: the lock was free.
    private static Task<bool> BeginAsync(NpgsqlConnection connection, RunKind kind, Guid id, CancellationToken stop) =>
        connection.ScalarAsync<bool>(
            $"""
            update {kind.Table} set attempts = attempts + 1, progress = 0,
                   state = case when cancel_requested then 'Cancelled' when attempts < $2 then 'Running' else 'Failed' end,
                   started_at = case when attempts < $2 then clock_timestamp() else started_at end,
                   finished_at = case when cancel_requested or attempts >= $2 then clock_timestamp() end,
                   error = case when attempts >= $2 then 'The service died ' || $2 || ' times while it was at this run.' end
            where id = $1 and state in ('Queued', 'Running') returning state = 'Running'
            """, stop, id, MostAttempts);
}
