using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using HazardMap.EndToEnd.Worlds;

namespace HazardMap.EndToEnd;

/// <summary>Behind an office's web server, which speaks HTTPS and passes requests on.</summary>
public sealed class ProxyTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_the_named_proxy_says_makes_every_link_the_cookie_and_the_address_that_limits_count()
    {
        await using var up = await RunningUp.StartAsync(_directory.Path, "--empty", "--proxy", "127.0.0.1", "--host", "map.example.gov.cn");
        foreach (var path in new[] { "/odata/", "/odata/Hazards", "/odata/Hazards?$count=true", "/tiles/hazards.json" })
        {
            var text = await AskAsync(up, path, "https", "map.example.gov.cn");
            Assert.Contains("https://map.example.gov.cn/", text, StringComparison.Ordinal);
            Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
        }
        var login = await SendAsync(up, HttpMethod.Get, (await up.LoginLinkAsync()).PathAndQuery, "https", "map.example.gov.cn");
        Assert.Contains("secure", Assert.Single(login.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("max-age=15552000", Assert.Single(login.Headers.GetValues("Strict-Transport-Security")));
        Assert.False((await SendAsync(up, HttpMethod.Get, "/health/live", "http", "map.example.gov.cn")).Headers
            .Contains("Strict-Transport-Security"));
        Assert.StartsWith("https://map.example.gov.cn/login?code=", (await up.LoginLinkAsync()).AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(up, HttpMethod.Get, "/metrics", "https", "map.example.gov.cn")).StatusCode);
        // Eleven failed log-ins of one address do not shut out another.
        for (var attempt = 0; attempt < 11; attempt++) await LogInAsync(up, "203.0.113.9");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await LogInAsync(up, "203.0.113.9")).StatusCode);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await LogInAsync(up, "203.0.113.10")).StatusCode);
        // The proxy may pass on a name that is not ours: that is somebody's forgery.
        Assert.Equal(HttpStatusCode.BadRequest,
            (await SendAsync(up, HttpMethod.Get, "/odata/", "https", "evil.example")).StatusCode);
    }

    [Fact]
    public async Task A_proxy_on_another_machine_is_let_in_by_plain_http_and_who_goes_past_it_is_not()
    {
        await using var up = await RunningUp.StartAsync(_directory.Path, "--empty", "--listen", "0.0.0.0", "--proxy", "127.0.0.3");
        Assert.Equal(HttpStatusCode.OK, (await FromAsync(up, IPAddress.Loopback)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await FromAsync(up, IPAddress.Parse("127.0.0.3"))).StatusCode);
        // This machine under the address by which others know it, which it is not called here by.
        var ours = Service.Hosting.MachineNames.Addresses();
        if (ours.FirstOrDefault(one => one.AddressFamily == AddressFamily.InterNetwork) is not { } other) return;
        var past = await FromAsync(up, other);
        Assert.Equal(HttpStatusCode.Forbidden, past.StatusCode);
        Assert.Contains("https", await past.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> FromAsync(RunningUp up, IPAddress address)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync(IPAddress.Loopback, up.Address.Port, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        return await client.GetAsync($"http://127.0.0.1:{up.Address.Port}/health/live");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("192.0.2.7")]
    public async Task From_anybody_else_forwarded_headers_are_ignored_and_a_foreign_host_is_refused(string? proxy)
    {
        await using var up = await RunningUp.StartAsync(_directory.Path, proxy is null ? ["--empty"] : ["--empty", "--proxy", proxy]);
        foreach (var path in new[] { "/odata/Hazards", "/tiles/hazards.json" })
        {
            var text = await AskAsync(up, path, "https", "evil.example");
            Assert.Contains(up.Address.GetLeftPart(UriPartial.Authority), text, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", text, StringComparison.Ordinal);
        }
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/odata/Hazards");
        foreign.Headers.Host = "evil.example";
        var refused = await up.Client.SendAsync(foreign);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var words = await refused.Content.ReadAsStringAsync();
        Assert.Contains("--host", words, StringComparison.Ordinal);
        Assert.Contains("未列入", words, StringComparison.Ordinal);
        foreach (var name in new[] { "localhost", "127.0.0.1", $"localhost:{up.Address.Port}" })
        {
            using var known = new HttpRequestMessage(HttpMethod.Get, "/odata/Hazards");
            known.Headers.Host = name;
            Assert.Equal(HttpStatusCode.OK, (await up.Client.SendAsync(known)).StatusCode);
        }
    }

    [Theory]
    [InlineData("--proxy", "nobody")]
    [InlineData("--host", "https://map.example.gov.cn/")]
    public async Task What_is_no_address_or_no_name_is_wrong_usage(string option, string value)
    {
        using var up = Executable.Start("up", "--data", _directory.Path, option, value);
        Assert.Equal(2, await up.ExitCodeAsync());
        Assert.Contains(option, up.Errors, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(RunningUp up, string path, string scheme, string host)
    {
        var answer = await SendAsync(up, HttpMethod.Get, path, scheme, host);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return text;
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningUp up, HttpMethod method, string path, string scheme, string host,
        HttpContent? content = null, string from = "203.0.113.5")
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("X-Forwarded-For", from);
        request.Headers.Add("X-Forwarded-Proto", scheme);
        request.Headers.Add("X-Forwarded-Host", host);
        using var straight = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(straight) { BaseAddress = up.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", up.Token);
        return await client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> LogInAsync(RunningUp up, string from) => SendAsync(up, HttpMethod.Post, "/api/session",
        "https", "map.example.gov.cn",
        JsonContent.Create(new { user = "admin", password = "wrong one" }, options: JsonSerializerOptions.Web), from);
}
