using System.Collections.Concurrent;
using HazardMap.Network;
using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Network;

/// <summary>A network in memory, and what the roads were when it was read.</summary>
/// <param name="Revision">Number of changes of the roads until then (<c>register.road_revision</c>).</param>
/// <param name="Network">Graph and shapes; shared, nothing changes in it.</param>
internal sealed record HeldNetwork(long Revision, RoadNetwork Network)
{
    private readonly Lazy<Islands> _islands = new(() => Islands.Unconnected(Network.Graph));
    private readonly Lazy<string> _digest = new(() => NetworkDigest.Of(Network));

    /// <summary>The parts of the network that no road joins, the largest first.</summary>
    public Islands Islands => _islands.Value;

    /// <summary>SHA-256 of all edges and where they run.</summary>
    public string Digest => _digest.Value;
}

/// <summary>
/// The walking and the driving network in memory, once for everybody in the process: read on first use, read again when
/// the roads have changed since.
/// </summary>
/// <remarks>
/// Each use asks the database for the roads' revision and the transaction that wrote it, one short statement, so that an
/// answer is never older than an import that was acknowledged before the question, and a revision that was rolled back is
/// never taken for the next one of the same number. Who still works on an older network keeps it until he is done.
/// </remarks>
internal sealed class RoadNetworks(NpgsqlDataSource database) : IDisposable
{
    private static readonly ConcurrentDictionary<(string Database, RoadProfile Profile), (Stamp Stamp, HeldNetwork Network)> InMemory =
        new();
    private readonly SemaphoreSlim _loading = new(1);

    /// <summary>The network as it is now; empty where no roads are loaded.
    /// Who comes while somebody reads the roads waits for them.</summary>
    public async Task<HeldNetwork> OfAsync(RoadProfile profile, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        if (Find(connection, profile, await StampAsync(connection, stop)) is { } held) return held;
        await _loading.WaitAsync(stop);
        try
        {
            return await OfAsync(connection, profile, stop);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>The network as the connection's transaction sees it: an import that has not committed yet scores with its own
    /// roads.</summary>
    /// <remarks>Nobody is waited for: an import that has cleared the roads holds them until it ends.</remarks>
    public static async Task<HeldNetwork> OfAsync(NpgsqlConnection connection, RoadProfile profile, CancellationToken stop)
    {
        while (true)
        {
            var stamp = await StampAsync(connection, stop);
            if (Find(connection, profile, stamp) is { } held) return held;
            var network = new HeldNetwork(stamp.Revision, await RoadStore.ReadAsync(connection, profile, stop));
            // Outside a snapshot of its own a statement may see more than the one before.
            if (await StampAsync(connection, stop) != stamp) continue;
            InMemory[KeyOf(connection, profile)] = (stamp, network);
            return network;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _loading.Dispose();

    private static HeldNetwork? Find(NpgsqlConnection connection, RoadProfile profile, Stamp stamp) =>
        InMemory.TryGetValue(KeyOf(connection, profile), out var held) && held.Stamp == stamp ? held.Network : null;

    private static (string, RoadProfile) KeyOf(NpgsqlConnection connection, RoadProfile profile) =>
        ($"{connection.Host}:{connection.Port}/{connection.Database}", profile);

    private static async Task<Stamp> StampAsync(NpgsqlConnection connection, CancellationToken stop) =>
        (await connection.RowAsync("select revision, xmin::text from register.road_revision",
            row => new Stamp(row.GetInt64(0), row.GetString(1)), stop))!;

    private sealed record Stamp(long Revision, string Transaction);
}
