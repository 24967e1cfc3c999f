using System.Collections.Concurrent;
using System.Threading.Channels;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Tiles;
using Npgsql;

namespace HazardMap.Service.Changes;

/// <summary>One announcement with its place in the order of announcements.</summary>
internal readonly record struct Change(long Number, string Json);

/// <summary>
/// Listens to the database's announcements on a connection of its own and hands each to every subscriber. When the
/// connection is lost, announcements may be too: subscribers are then told that many things changed.
/// </summary>
internal sealed class ChangeFeed(NpgsqlDataSource database, ILogger<ChangeFeed> log) : BackgroundService
{
    /// <summary>What a subscriber may leave unread before it is dropped.</summary>
    public const int Unread = 1000;

    private static readonly TimeSpan[] Patience = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2)];
    private readonly ConcurrentDictionary<Channel<Change>, byte> _subscribers = new();
    private long _number;

    /// <summary>Tokens or accounts changed, or may have while nobody listened.</summary>
    public event EventHandler? AccountsChanged;

    /// <summary>Names this run of the process, so that numbers of an earlier one aren't mistaken for its own.</summary>
    public string Run { get; } = Guid.NewGuid().ToString("N")[..8];

    /// <summary>The last announcement's number.</summary>
    public long Number => Volatile.Read(ref _number);

    /// <summary>Subscribers now.</summary>
    public int Count => _subscribers.Count;

    /// <summary>What is said when nobody knows what was missed: everything that a layer of the map is redrawn by.</summary>
    public static IReadOnlyList<string> Everything { get; } =
        [.. LayerStyle.RedrawnBy().Select(entity => $$"""{"entity":"{{entity}}","many":true}""")];

    /// <summary>Announcements from now on; ends early for a reader who doesn't keep up.</summary>
    public (ChannelReader<Change> Changes, IDisposable Subscription) Subscribe()
    {
        var channel = Channel.CreateBounded<Change>(new BoundedChannelOptions(Unread) { SingleReader = true });
        _subscribers.TryAdd(channel, 0);
        return (channel.Reader, new Subscription(() => _subscribers.TryRemove(channel, out _)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await ListenAsync(() => failures = 0, stoppingToken);
            }
            catch (Exception lost) when (lost is NpgsqlException or TimeoutException or IOException)
            {
                log.LogInformation(lost, "Listening again in a moment");
                await Task.Delay(Patience[Math.Min(failures++, Patience.Length - 1)], stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
        }
        foreach (var channel in _subscribers.Keys)
            channel.Writer.TryComplete();
    }

    private async Task ListenAsync(Action listening, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        connection.Notification += (_, announced) =>
        {
            if (announced.Channel == AccountStore.Channel) AccountsChanged?.Invoke(this, EventArgs.Empty);
            else if (Announcement.IsOurs(announced.Payload)) Publish(announced.Payload);
        };
        await connection.ExecuteAsync($"listen {AccountStore.Channel}", stop);
        await connection.ExecuteAsync("listen hazardmap_changes", stop);
        listening();
        AccountsChanged?.Invoke(this, EventArgs.Empty);
        foreach (var everything in Everything)
            Publish(everything);
        while (true)
        {
            // A dead peer is noticed by asking it now and then.
            if (!await connection.WaitAsync(TimeSpan.FromSeconds(15), stop))
            {
                await using var alive = new NpgsqlCommand("select 1", connection) { CommandTimeout = 5 };
                await alive.ExecuteNonQueryAsync(stop);
            }
        }
    }

    private void Publish(string json)
    {
        var change = new Change(Interlocked.Increment(ref _number), json);
        foreach (var channel in _subscribers.Keys)
        {
            if (!channel.Writer.TryWrite(change) && _subscribers.TryRemove(channel, out _))
                channel.Writer.TryComplete();
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
