using Microsoft.Playwright;

namespace HazardMap.EndToEnd.Worlds;

/// <summary>A phone's browser with the app itself, behind a network that drops answers and doubles requests.</summary>
internal sealed class FieldBrowser : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Random _random;
    private IPage _page;

    private FieldBrowser(IBrowserContext context, IPage page, Random random) => (_context, _page, _random) = (context, page, random);

    public static async Task<FieldBrowser> OpenAsync(BrowserFixture browser, RunningUp up, int seed)
    {
        var context = await browser.Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = 390, Height = 844 }, Locale = "zh-CN", HasTouch = true, IsMobile = true,
            // Routes see only what no service worker answers.
            ServiceWorkers = ServiceWorkerPolicy.Block,
        });
        context.SetDefaultTimeout(BrowserFixture.PatienceMilliseconds);
        var page = await context.NewPageAsync();
        await page.GotoAsync((await up.LoginLinkAsync()).AbsoluteUri);
        await page.GetByTestId("sync-badge").WaitForAsync();
        return new FieldBrowser(context, page, new Random(seed));
    }

    /// <summary>Takes up a file of edits, as somebody does whose old phone broke; the app sends them by itself.</summary>
    public async Task TakeUpAsync(byte[] rescue)
    {
        await _context.RouteAsync("**/odata/Hazards(*)", SpoilAsync);
        await OpenQueueAsync();
        await _page.GetByTestId("queue-import").SetInputFilesAsync(new FilePayload
        {
            Name = "queue.json", MimeType = "application/json", Buffer = rescue,
        });
        await _page.GetByTestId("queue-notice").WaitForAsync();
    }

    /// <summary>The browser dies and is opened again.</summary>
    public async Task DieAsync(Uri address)
    {
        await _page.CloseAsync(new() { RunBeforeUnload = false });
        _page = await _context.NewPageAsync();
        for (var tries = 0; ; tries++)
        {
            try
            {
                await _page.GotoAsync(address.AbsoluteUri);
                await _page.GetByTestId("sync-badge").WaitForAsync(new() { Timeout = 10_000 });
                return;
            }
            catch (Exception away) when (away is PlaywrightException or TimeoutException && tries < 10)
            {
                await Task.Delay(500);
            }
        }
    }

    /// <summary>Waits until nothing is left to send.</summary>
    public async Task UntilAllIsSentAsync()
    {
        var badge = _page.GetByTestId("sync-badge");
        await Assertions.Expect(badge).ToHaveAttributeAsync("data-unsent", "0", new() { Timeout = 600_000 });
    }

    private async Task OpenQueueAsync()
    {
        await _page.GetByTestId("sync-badge").TapAsync();
        await _page.GetByTestId("sync-tab-queue").TapAsync();
    }

    private async Task SpoilAsync(IRoute route)
    {
        try
        {
            int luck;
            lock (_random) luck = route.Request.Method == "PATCH" ? _random.Next(100) : 100;
            if (luck < 10) await route.AbortAsync("connectionreset");
            else if (luck < 25)
            {
                await route.FetchAsync();
                await route.AbortAsync("connectionreset"); // done, and never heard of
            }
            else if (luck < 35)
            {
                await route.FetchAsync();
                await route.ContinueAsync();
            }
            else await route.ContinueAsync();
        }
        catch (PlaywrightException)
        {
            // The service or the page is gone.
            try
            {
                await route.AbortAsync("connectionreset");
            }
            catch (PlaywrightException)
            {
                // handled, or nobody waits for it any more
            }
        }
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
