using System.Globalization;
using System.Threading.Channels;
using HazardMap.Service.Accounts;
using HazardMap.Service.Hosting;

namespace HazardMap.Service.Changes;

/// <summary><c>GET /api/changes</c>: server-sent events, one for each change of the register, so that open maps redraw.</summary>
internal static class ChangeEndpoints
{
    private const int MostListeners = 500;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    public static void MapChanges(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/changes", StreamAsync).OpenTo(Roles.Everybody);

    private static async Task StreamAsync(
        HttpContext http, ChangeFeed feed, TokenCache tokens, LoginWatch logins, IHostApplicationLifetime host)
    {
        if (feed.Count >= MostListeners)
        {
            http.Response.Headers.RetryAfter = "30";
            await Errors.WriteAsync(http, 503, "TooManyListeners", "Too many maps are open. Try again later.",
                "打开的地图过多，请稍后再试。");
            return;
        }
        using var login = await logins.BeginAsync(http, http.RequestAborted);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping, login.Ended);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var (changes, subscription) = feed.Subscribe();
        using (subscription)
        {
            try
            {
                await GreetAsync(http, feed, ending.Token);
                await RelayAsync(http, feed, tokens, changes, ending.Token);
            }
            catch (OperationCanceledException)
            {
                // The reader has gone, or the service stops: both end a stream as they should.
            }
        }
    }

    // A reader that comes back is told that things changed, unless it has heard everything.
    private static async Task GreetAsync(HttpContext http, ChangeFeed feed, CancellationToken stop)
    {
        await http.Response.WriteAsync("retry: 2000\n\n", stop);
        var heard = http.Request.Headers["Last-Event-ID"].ToString();
        var last = feed.Number;
        if (heard.Length > 0 && heard != Id(feed, last))
        {
            foreach (var everything in ChangeFeed.Everything)
                await http.Response.WriteAsync(Event(feed, new(last, everything)), stop);
        }
        await http.Response.Body.FlushAsync(stop);
    }

    // Ends with the log-in that opened it: at once when that is ended (LoginWatch), within a heartbeat when it expires. What the account
    // may see is looked at again with each change: what moved is announced before later changes are.
    private static async Task RelayAsync(HttpContext http, ChangeFeed feed, TokenCache tokens, ChannelReader<Change> changes,
        CancellationToken stop)
    {
        var response = http.Response;
        while (true)
        {
            using var beat = CancellationTokenSource.CreateLinkedTokenSource(stop);
            beat.CancelAfter(Heartbeat);
            try
            {
                if (!await changes.WaitToReadAsync(beat.Token))
                    return; // it did not keep up, or the service stops: the client comes back and is told
                if (await TerritoryAsync() is not { } territory) return;
                while (changes.TryRead(out var change))
                    if (Announcement.IsFor(territory, change.Json)) await response.WriteAsync(Event(feed, change), stop);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                if (await TerritoryAsync() is null) return;
                await response.WriteAsync(": still here\n\n", stop);
            }
            await response.Body.FlushAsync(stop);
        }

        async Task<Territory?> TerritoryAsync() =>
            await tokens.FindAsync(TokenAuthentication.TokenOf(http.Request).Token ?? "", stop) is { } account
                && new Rights(account).Of(Roles.Everybody) is { IsNowhere: false } territory ? territory : null;
    }

    private static string Event(ChangeFeed feed, Change change) =>
        $"event: changed\nid: {Id(feed, change.Number)}\ndata: {change.Json}\n\n";

    private static string Id(ChangeFeed feed, long number) => string.Create(CultureInfo.InvariantCulture, $"{feed.Run}-{number}");
}
