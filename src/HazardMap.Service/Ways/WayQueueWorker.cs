using HazardMap.OData;
using HazardMap.Service.Database;
using HazardMap.Service.Runs;
using Npgsql;

namespace HazardMap.Service.Ways;

/// <summary>Brings the ways to school up to date, a second or two after a change. How much waits and since when is in the status.</summary>
internal sealed class WayQueueWorker([FromKeyedServices(RunWorker.Pool)] NpgsqlDataSource database,
    ILogger<WayQueueWorker> log) : QueueWorker(log)
{
    private const string Waits =
        "select exists (select from register.way_queue) or exists (select from register.way_state where as_of < current_date)";

    /// <summary>Follows what waits, in one transaction. False when nothing did.</summary>
    public static async Task<bool> CatchUpAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        if (!await database.ScalarAsync<bool>(Waits, stop)) return false;
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync("ways queue", stop);
        var isUpdated = await WayUpdate.FollowChangesAsync(connection, stop);
        await transaction.CommitAsync(stop);
        return isUpdated;
    }

    /// <inheritdoc />
    protected override Task CatchUpAsync(CancellationToken stop) => CatchUpAsync(database, stop);
}
