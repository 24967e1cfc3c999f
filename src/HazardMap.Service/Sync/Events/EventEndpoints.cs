using System.Threading.Channels;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Hosting;

namespace HazardMap.Service.Sync.Events;

/// <summary>
/// <c>GET /api/events</c>: server-sent events, one for each change that the caller may read, in the order in which they became visible,
/// resumed by <c>Last-Event-ID</c> also after a restart. An event <c>reset</c> says that what lies between is forgotten: read again.
/// </summary>
internal static class EventEndpoints
{
    private const int MostListeners = 1000;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/events", StreamAsync).OpenTo(Roles.Everybody);

    private static async Task StreamAsync(
        HttpContext http, EventFeed feed, TokenCache tokens, ODataModel model, IHostApplicationLifetime host)
    {
        if (feed.Count >= MostListeners)
        {
            http.Response.Headers.RetryAfter = "30";
            await Errors.WriteAsync(http, 503, "TooManyListeners", "Too many listeners. Try again later.",
                "监听者过多，请稍后再试。");
            return;
        }
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        var (events, end) = feed.Subscribe();
        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["X-Accel-Buffering"] = "no";
            var stream = new EventStream(http, tokens, new EventRights(model));
            if (await CatchUpAsync(stream, http, feed, ending.Token) is { } place) await FollowAsync(stream, events, place, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader has gone, or the service stops: both end a stream as they should.
        }
        finally
        {
            end();
        }
    }

    /// <summary>Tells what was missed since the place that the reader heard last; null: he has no right to listen any more.</summary>
    private static async Task<EventPlace?> CatchUpAsync(EventStream stream, HttpContext http, EventFeed feed, CancellationToken stop)
    {
        await http.Response.WriteAsync("retry: 2000\n\n", stop);
        await feed.Log.OrderAsync(stop);
        var last = await feed.Log.LastAsync(stop);
        var heard = http.Request.Headers["Last-Event-ID"].ToString();
        var place = heard.Length == 0 ? null : EventPlace.Read(heard);
        if (place is null || !await feed.Log.ReachesAsync(place.Value, stop))
        {
            await stream.MarkAsync(heard.Length == 0 ? "ready" : "reset", last, stop);
            return last;
        }
        while (await feed.Log.AfterAsync(place.Value, stop) is { Count: > 0 } missed)
        {
            foreach (var happened in missed)
                if (!await stream.TellAsync(happened, stop)) return null;
            place = missed[^1].Place;
        }
        await stream.MarkAsync("ready", place.Value, stop);
        return place;
    }

    private static async Task FollowAsync(EventStream stream, ChannelReader<RegisterEvent> events, EventPlace place, CancellationToken stop)
    {
        while (true)
        {
            using var beat = CancellationTokenSource.CreateLinkedTokenSource(stop);
            beat.CancelAfter(Heartbeat);
            try
            {
                if (!await events.WaitToReadAsync(beat.Token)) return; // it did not keep up, or the service stops: the reader comes back
                while (events.TryRead(out var happened))
                {
                    if (happened.Place.Era == place.Era && !happened.Place.IsAfter(place)) continue;
                    if (!await stream.TellAsync(happened, stop)) return;
                }
                await stream.FlushAsync(stop);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                if (!await stream.BeatAsync(stop)) return;
            }
        }
    }
}
