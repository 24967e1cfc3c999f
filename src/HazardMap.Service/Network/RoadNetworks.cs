using HazardMap.Network;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Network;

/// <summary>A network in memory, and what the roads were when it was read.</summary>
/// <param name="Revision">Number of changes of the roads until then (<c>register.road_revision</c>).</param>
/// <param name="Network">Graph and shapes; shared, nothing changes in it.</param>
internal sealed record HeldNetwork(long Revision, RoadNetwork Network)
{
    private readonly Lazy<Islands> islands = new(() => Islands.Unconnected(Network.Graph));
    private readonly Lazy<string> digest = new(() => NetworkDigest.Of(Network));

    /// <summary>The parts of the network that no road joins, the largest first.</summary>
    public Islands Islands => islands.Value;

    /// <summary>SHA-256 of all edges and where they run.</summary>
    public string Digest => digest.Value;
}

/// <summary>
/// The walking and the driving network in memory: read on first use, read again when the roads have changed since.
/// </summary>
/// <remarks>
/// Each use asks the database for the roads' revision, one short statement, so that an answer is never older than an import
/// that was acknowledged before the question. Who still works on an older network keeps it until he is done.
/// </remarks>
internal sealed class RoadNetworks(NpgsqlDataSource database) : IDisposable
{
    private readonly Slot walk = new(), drive = new();

    /// <summary>The network as it is now; empty where no roads are loaded.</summary>
    public async ValueTask<HeldNetwork> OfAsync(RoadProfile profile, CancellationToken stop)
    {
        var slot = profile == RoadProfile.Walk ? walk : drive;
        var revision = await RevisionAsync(stop);
        if (slot.Held is { } held && held.Revision >= revision) return held;
        await slot.Loading.WaitAsync(stop);
        try
        {
            if (slot.Held is { } loaded && loaded.Revision >= revision) return loaded;
            return slot.Held = await new RoadStore(database).ReadHeldAsync(profile, stop);
        }
        finally
        {
            slot.Loading.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        walk.Loading.Dispose();
        drive.Loading.Dispose();
    }

    private Task<long> RevisionAsync(CancellationToken stop) =>
        database.ScalarAsync<long>("select revision from register.road_revision", stop);

    private sealed class Slot
    {
        public SemaphoreSlim Loading { get; } = new(1);

        public HeldNetwork? Held { get; set; }
    }
}
