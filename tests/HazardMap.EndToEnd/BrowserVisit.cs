using System.Collections.Concurrent;
using HazardMap.EndToEnd.Worlds;
using Microsoft.Playwright;

namespace HazardMap.EndToEnd;

/// <summary>
/// One reader at one window. Whatever the test looks at, the visit ends by asserting that the console stayed clean, that
/// nothing was asked of another host, and that no answer was a failure of the service.
/// </summary>
internal sealed class BrowserVisit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly HashSet<int> _expectedStatuses;
    private int _tiles;

    private BrowserVisit(IBrowserContext context, IPage page, Uri address, IEnumerable<int> expected)
    {
        _context = context;
        Page = page;
        Address = address;
        _expectedStatuses = [.. expected];
        Page.Console += (_, message) =>
        {
            if (message.Type == "error" && !IsExpected(message.Text)) _complaints.Enqueue("console: " + message.Text);
        };
        Page.PageError += (_, error) => _complaints.Enqueue("exception: " + error);
        context.Request += (_, request) =>
        {
            if (!IsOurs(request.Url)) _complaints.Enqueue("outside: " + request.Url);
        };
        context.Response += (_, response) =>
        {
            if (response.Status >= 400 && !_expectedStatuses.Contains(response.Status))
                _complaints.Enqueue($"{response.Status}: {response.Url}");
            if (response.Status == 200 && response.Url.EndsWith(".mvt", StringComparison.Ordinal)) Interlocked.Increment(ref _tiles);
        };
    }

    public IPage Page { get; }

    public Uri Address { get; }

    /// <summary>The test has cut the network: what the browser itself says of that is no complaint.</summary>
    public bool IsOffline { get; set; }

    /// <summary>Vector tiles that came so far.</summary>
    public int TilesLoaded => _tiles;

    public ILocator this[string testId] => Page.GetByTestId(testId);

    /// <summary>A stranger's visit.</summary>
    public static async Task<BrowserVisit> OpenAsync(BrowserFixture browser, Uri address, Window window, params int[] expectedStatuses)
    {
        var opened = await browser.Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = window.Width, Height = window.Height },
            Locale = window.Locale,
            HasTouch = window.IsPhone,
            IsMobile = window.IsPhone,
            ReducedMotion = ReducedMotion.Reduce,
            IgnoreHTTPSErrors = address.Scheme == Uri.UriSchemeHttps, // its root is not one of the browser's
        });
        opened.SetDefaultTimeout(BrowserFixture.PatienceMilliseconds);
        return new(opened, await opened.NewPageAsync(), address, expectedStatuses);
    }

    /// <summary>A visit that begins with a one-time link and waits until the map is drawn.</summary>
    public static async Task<BrowserVisit> LogInAsync(BrowserFixture browser, SampleUp sample, Window window, params int[] expectedStatuses)
    {
        var visit = await OpenAsync(browser, sample.Up.Address, window, expectedStatuses);
        await visit.Page.GotoAsync((await sample.FreshLoginLinkAsync()).AbsoluteUri);
        await visit.MapIsDrawnAsync();
        return visit;
    }

    public Task MapIsDrawnAsync() => Page.WaitForSelectorAsync("[data-testid=map][data-drawn=true]");

    /// <summary>How many colours the map shows (in steps of 32), and whether any of the named ones is among them.</summary>
    public async Task<Picture> PictureAsync()
    {
        var bytes = await this["map"].ScreenshotAsync();
        return await Page.EvaluateAsync<Picture>(
            """
            async (encoded) => {
              const image = new Image()
              image.src = 'data:image/png;base64,' + encoded
              await image.decode()
              const canvas = document.createElement('canvas')
              canvas.width = image.width
              canvas.height = image.height
              const context = canvas.getContext('2d')
              context.drawImage(image, 0, 0)
              const { data } = context.getImageData(0, 0, image.width, image.height)
              const coarse = new Set(), exact = new Set()
              for (let i = 0; i < data.length; i += 4) {
                coarse.add((data[i] >> 5) * 64 + (data[i + 1] >> 5) * 8 + (data[i + 2] >> 5))
                exact.add('#' + [data[i], data[i + 1], data[i + 2]].map((value) => value.toString(16).padStart(2, '0')).join(''))
              }
              return { colours: coarse.size, exact: [...exact] }
            }
            """,
            Convert.ToBase64String(bytes));
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        Assert.True(_complaints.IsEmpty, string.Join('\n', _complaints));
    }

    private bool IsOurs(string url) =>
        url.StartsWith("blob:", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal)
        || url.StartsWith(Address.GetLeftPart(UriPartial.Authority) + "/", StringComparison.Ordinal);

    // The browser itself reports every refused request; the refusals a test asks for are not complaints.
    private bool IsExpected(string text) =>
        (IsOffline && text.Contains("net::ERR_", StringComparison.Ordinal))
        || _expectedStatuses.Any(status => text.Contains(FormattableString.Invariant($"status of {status}"), StringComparison.Ordinal));

    internal sealed record Window(int Width, int Height, string Locale, bool IsPhone = false)
    {
        public static readonly Window Desk = new(1440, 900, "zh-CN");
        public static readonly Window Phone = new(390, 844, "zh-CN", IsPhone: true);
    }

    internal sealed class Picture
    {
        public int Colours { get; set; }

        public string[] Exact { get; set; } = [];
    }
}
