using Npgsql;

namespace HazardMap.Service.Tiles;

/// <summary>
/// Keeps a cache of tiles honest: after <see cref="CatchUpAsync"/> it holds nothing older than any edit that was
/// acknowledged before the call.
/// </summary>
/// <remarks>
/// NOTIFY arrives some time after the edit's answer, so it can't do this. One short query asks the log of changes what
/// became visible since the last look; requests that arrive while it runs share the next one.
/// </remarks>
internal sealed class TileFreshness(TileStore store, TileCache cache, TimeProvider clock)
{
    /// <summary>A reader that slept longer has perhaps missed forgotten changes and starts anew.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private Task running = Task.CompletedTask;
    private Task? queued;
    private string? seen;
    private long seenAt;

    /// <summary>Returns when every change committed before this call has dropped its tiles.</summary>
    /// <exception cref="NpgsqlException">The database is away.</exception>
    public Task CatchUpAsync(CancellationToken stop)
    {
        lock (gate)
            return (queued ??= RunAfterAsync(running)).WaitAsync(stop);
    }

    /// <summary>The snapshot of the last look.</summary>
    public string? Seen => Volatile.Read(ref seen);

    private async Task RunAfterAsync(Task before)
    {
        await Task.Yield(); // the caller holds the gate
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate)
            (running, queued) = (queued!, null);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var last = seen is not null && clock.GetElapsedTime(seenAt) < Memory ? seen : null;
        var (snapshot, changes) = await store.ReadChangesAsync(last, CancellationToken.None);
        if (last is null || changes is null)
            cache.Clear();
        else if (changes.Count > 0)
            cache.Drop(changes);
        seenAt = clock.GetTimestamp();
        Volatile.Write(ref seen, snapshot);
    }
}
