using HazardMap.Service.Database;
using HazardMap.Service.Runs;
using Npgsql;

namespace HazardMap.Service.Field;

/// <summary>Lets overdue defects climb, in one statement.</summary>
internal sealed class ClimbWorker(NpgsqlDataSource database, ILogger<ClimbWorker> log) : QueueWorker(log)
{
    /// <summary>Lets climb what is due to; one level at a time.</summary>
    public static Task<int> ClimbAsync(NpgsqlDataSource database, CancellationToken stop) =>
        database.ScalarAsync<int>("select register.climb_rectifications()", stop);

    /// <inheritdoc />
    protected override Task CatchUpAsync(CancellationToken stop) => ClimbAsync(database, stop);
}
