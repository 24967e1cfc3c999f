using HazardMap.OData;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>What a new day changes of scores by a rule of trips, queued when it begins.</summary>
internal static class RiskDay
{
    /// <summary>Queues what the days since the last look changed: fences that nobody has looked at for too long, divisions that begin or
    /// end, and at New Year everything, for a year more has been recorded.</summary>
    public static async Task FollowAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        if (!await database.ScalarAsync<bool>("select day < current_date from register.risk_day", stop)) return;
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync("a new day", stop);
        var rule = RuleFiles.Find(await RuleShelf.InForceAsync(connection, stop)) as TripRule;
        await connection.ExecuteAsync(EmbeddedSql.Of(typeof(RiskDay), "FollowDay"), stop, rule is not null,
            (int)(rule?.Fence.InspectedWithinDays.Value ?? 0));
        await transaction.CommitAsync(stop);
    }
}
