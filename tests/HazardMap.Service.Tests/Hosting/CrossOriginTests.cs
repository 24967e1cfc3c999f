using HazardMap.Service.Hosting;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Hosting;

/// <summary>Pages of other origins may call the service when they are listed, and not otherwise.</summary>
public sealed class CrossOriginTests(ServedRegister register) : IClassFixture<ServedRegister>
{
    private const string Map = "https://map.example:8443";

    [Fact]
    public async Task No_origin_may_unless_it_is_listed()
    {
        using var read = await AskAsync(register.Administrator, HttpMethod.Get, Map);
        using var before = await AskAsync(register.Administrator, HttpMethod.Options, Map);
        Assert.False(read.Headers.Contains("Access-Control-Allow-Origin") || before.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_listed_origin_reads_and_changes_with_a_token_and_never_with_a_cookie()
    {
        await using var app = HazardMapApp.Build(new(register.ConnectionString, "http://127.0.0.1:0")
        {
            Origins = CrossOrigin.Read($" {Map}, http://localhost:5173"),
        });
        await app.StartAsync();
        using var stranger = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var before = await AskAsync(stranger, HttpMethod.Options, Map);
        Assert.Equal((204, Map), ((int)before.StatusCode, Header(before, "Access-Control-Allow-Origin")));
        Assert.Contains("PATCH", Header(before, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("if-match", Header(before, "Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", register.Token);
        using var read = await AskAsync(stranger, HttpMethod.Get, Map);
        Assert.Equal((200, Map), ((int)read.StatusCode, Header(read, "Access-Control-Allow-Origin")));
        Assert.Contains("ETag", Header(read, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.False(read.Headers.Contains("Access-Control-Allow-Credentials"));
        using var refused = await AskAsync(stranger, HttpMethod.Get, Map, "/odata/Nothing");
        Assert.Equal((404, Map), ((int)refused.StatusCode, Header(refused, "Access-Control-Allow-Origin")));
        using var other = await AskAsync(stranger, HttpMethod.Get, "https://map.example");
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("map.example")]
    [InlineData("https://map.example/")]
    [InlineData("https://map.example/app")]
    [InlineData("ftp://map.example")]
    public void What_is_no_origin_is_refused_before_anything_is_served(string text)
    {
        var refusal = Assert.Throws<RefusalException>(() => CrossOrigin.Read($"{Map},{text}"));
        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(text, refusal.MessageZh, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient http, HttpMethod method, string origin, string path = "/odata/Hazards")
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Origin", origin);
        if (method == HttpMethod.Options)
        {
            request.Headers.Add("Access-Control-Request-Method", "PATCH");
            request.Headers.Add("Access-Control-Request-Headers", "if-match,content-type,authorization");
        }
        return http.SendAsync(request);
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(',', answer.Headers.GetValues(name));
}
