using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;

namespace HazardMap.Service.Sync.Events;

/// <summary>
/// Gives changes their place as they become visible, and hands each to every subscriber, in order. Who does not keep up is dropped and
/// comes back with the place that he heard last.
/// </summary>
internal sealed class EventFeed(NpgsqlDataSource database, ILogger<EventFeed> log) : BackgroundService
{
    private const int Unread = 2000;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250), Idle = TimeSpan.FromSeconds(1), Rest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(30);
    private readonly ConcurrentDictionary<Channel<RegisterEvent>, byte> _subscribers = new();
    private EventPlace _last;

    /// <summary>Events as they stand in the database.</summary>
    public EventLog Log { get; } = new(database);

    /// <summary>Subscribers now.</summary>
    public int Count => _subscribers.Count;

    /// <summary>Events from about now on; one may be told that was there before. Ends early for a reader who does not keep up.</summary>
    public (ChannelReader<RegisterEvent> Events, Action End) Subscribe()
    {
        var channel = Channel.CreateBounded<RegisterEvent>(new BoundedChannelOptions(Unread) { SingleReader = true });
        _subscribers.TryAdd(channel, 0);
        return (channel.Reader, () => _subscribers.TryRemove(channel, out _));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var swept = 0L;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = _subscribers.IsEmpty ? Idle : Beat;
            try
            {
                await RoundAsync(stoppingToken);
                if (Environment.TickCount64 - swept >= (long)SweepEvery.TotalMilliseconds)
                {
                    swept = Environment.TickCount64;
                    await SyncSweep.RunAsync(database, EventLog.Kept, stoppingToken);
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                pause = Rest;   // the database is away; what became visible meanwhile gets its place later
                if (failure is not NpgsqlException) log.LogError(failure, "Events could not be read; trying again");
            }
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        foreach (var channel in _subscribers.Keys) channel.Writer.TryComplete();
    }

    private async Task RoundAsync(CancellationToken stop)
    {
        await Log.OrderAsync(stop);
        var now = await Log.LastAsync(stop);
        if (now.Era != _last.Era)
        {
            // Places of another era mean nothing: everybody comes back, and is told so.
            if (_last.Era != 0) EndAll();
            _last = now;
            return;
        }
        while (now.Seq > _last.Seq)
        {
            var events = await Log.AfterAsync(_last, stop);
            if (events.Count == 0)
            {
                _last = now;
                return;
            }
            foreach (var told in events) Publish(told);
            _last = events[^1].Place;
        }
    }

    private void Publish(RegisterEvent told)
    {
        foreach (var channel in _subscribers.Keys)
        {
            if (!channel.Writer.TryWrite(told) && _subscribers.TryRemove(channel, out _)) channel.Writer.TryComplete();
        }
    }

    private void EndAll()
    {
        foreach (var channel in _subscribers.Keys)
            if (_subscribers.TryRemove(channel, out _)) channel.Writer.TryComplete();
    }
}
