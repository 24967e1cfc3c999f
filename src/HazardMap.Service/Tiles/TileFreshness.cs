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

    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private Task? _queued;
    private readonly ChangeLog _log = new(database);
    private long _seenAt;

    /// <summary>Returns when every change committed before this call has dropped its tiles.</summary>
    /// <exception cref="NpgsqlException">The database is away.</exception>
    public Task CatchUpAsync(CancellationToken stop)
    {
        lock (_gate)
            return (_queued ??= RunAfterAsync(_running)).WaitAsync(stop);
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private async Task RunAfterAsync(Task before)
    {
        await Task.Yield(); // the caller holds the gate
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
            (_running, _queued) = (_queued!, null);
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (clock.GetElapsedTime(_seenAt) > Memory)
            _log.Restart();
        var asked = clock.GetTimestamp();
        if (await _log.ReadAsync(CancellationToken.None) is not { } changes)
            cache.Clear();
        else if (changes.Count > 0)
            cache.Drop(changes);
        _seenAt = asked;
    }
}
