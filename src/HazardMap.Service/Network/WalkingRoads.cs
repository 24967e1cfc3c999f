using System.Collections.Concurrent;
using HazardMap.Network;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Network;

/// <summary>The walking network as one transaction sees it: an import that has not committed yet scores with its own roads.</summary>
/// <remarks>
/// One network a database is kept in memory. It is known by the roads' revision and the transaction that wrote it: a
/// revision that was rolled back is never taken for the next one of the same number.
/// </remarks>
internal static class WalkingRoads
{
    private static readonly ConcurrentDictionary<string, Held> Networks = new(StringComparer.Ordinal);

    /// <summary>The network in the connection's own snapshot; empty where no roads are loaded.</summary>
    public static async Task<RoadNetwork> OfAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var database = $"{connection.Host}:{connection.Port}/{connection.Database}";
        while (true)
        {
            var stamp = await StampAsync(connection, stop);
            if (Networks.TryGetValue(database, out var held) && held.Stamp == stamp) return held.Network;
            var network = await RoadStore.ReadAsync(connection, RoadProfile.Walk, stop);
            // Outside a snapshot of its own a statement may see more than the one before.
            if (await StampAsync(connection, stop) != stamp) continue;
            Networks[database] = new Held(stamp, network);
            return network;
        }
    }

    private static async Task<string> StampAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Command("select revision || '/' || xmin from register.road_revision");
        return (string)(await command.ExecuteScalarAsync(stop))!;
    }

    private sealed record Held(string Stamp, RoadNetwork Network);
}
