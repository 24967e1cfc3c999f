using HazardMap.Service.Changes;
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
internal sealed class TileFreshness(NpgsqlDataSource database, TileCache cache, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>A reader that slept longer has perhaps missed forgotten changes and starts anew.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private Task running = Task.CompletedTask;
    private Task? queued;
    private readonly ChangeLog log = new(database);
    private long seenAt;

    /// <summary>Returns when every change committed before this call has dropped its tiles.</summary>
    /// <exception cref="NpgsqlException">The database is away.</exception>
    public Task CatchUpAsync(CancellationToken stop)
    {
        lock (gate)
            return (queued ??= RunAfterAsync(running)).WaitAsync(stop);
    }

    public ValueTask DisposeAsync() => log.DisposeAsync();

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
        if (clock.GetElapsedTime(seenAt) > Memory)
            log.Restart();
        var asked = clock.GetTimestamp();
        if (await log.ReadAsync(CancellationToken.None) is not { } changes)
            cache.Clear();
        else if (changes.Count > 0)
            cache.Drop(changes);
        seenAt = asked;
    }
}
