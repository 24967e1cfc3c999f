using System.Text;
using System.Text.Json.Nodes;
using HazardMap.Service.Tests.Worlds;
using Microsoft.Extensions.Logging;

namespace HazardMap.Service.Tests.Hosting;

/// <summary>What a route refuses is told in both languages, in the one shape of errors, and is nothing for the log.</summary>
public sealed class ApiRefusalTests : IClassFixture<ServedRegister>, IDisposable
{
    private readonly ServedRegister _register;
    private readonly LogRecorder _log = new();

    public ApiRefusalTests(ServedRegister register)
    {
        _register = register;
        register.Service<ILoggerFactory>().AddProvider(_log);
    }

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData("GET /api/coverage", 422), InlineData("GET /api/coverage?kind=Pool&within=5000&demand=pupils", 422)]
    [InlineData("GET /api/coverage?kind=SwimmingPool&within=far&demand=pupils", 422)]
    [InlineData("GET /api/coverage?kind=SwimmingPool&within=1e999&demand=pupils", 422)]
    [InlineData("GET /api/coverage?kind=%ff&within=5000&demand=pupils", 422)]
    [InlineData("POST /api/coverage", 405), InlineData("PUT /api/session", 405), InlineData("DELETE /api/status", 405)]
    [InlineData("PATCH /api/roads", 405), InlineData("POST /api/changes", 405), InlineData("POST /tiles/hazards/9/1/1.mvt", 405)]
    [InlineData("GET /api/nothing", 404), InlineData("GET /api/nothing.txt", 404), InlineData("GET /api/session/more.json", 404)]
    [InlineData("GET /tiles/hazards/9/%ff/1.mvt", 400), InlineData("GET /tiles/nothing/9/1/1.mvt", 404)]
    [InlineData("GET /tiles/hazards/9/1/1.mvt?properties=%00", 400), InlineData("GET /tiles/nothing/9/1/1.png", 404)]
    public async Task A_refused_call_says_why_in_both_languages_and_leaves_the_log_alone(string call, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.Split(' ')[0]), call.Split(' ')[1]);
        await IsRefusedAsync(_register.Administrator, request, status);
    }

    // A character below U+0100 stands for the byte of that number.
    [Theory]
    [InlineData("{\"user\":", 400), InlineData("", 400), InlineData("[]", 400), InlineData("null", 400)]
    [InlineData("{\"user\":1}", 400)]
    [InlineData("{\"user\":\"\u00ff\",\"password\":\"x\"}", 400), InlineData("{\"user\":\"\\ud800\",\"password\":\"x\"}", 400)]
    [InlineData("{\"user\":\"\\u0000\",\"password\":\"x\"}", 422), InlineData("{}", 422)]
    [InlineData("{\"user\":\"x\",\"user\":\"y\"}", 400)]
    [InlineData("{\"user\":\"x\",\"password\":\"y\"}", 401)]
    [InlineData("\u00ef\u00bb\u00bf{\"user\":\"x\",\"password\":\"y\"}", 401)]
    [InlineData("{\"user\":\"x\",\"password\":\"y\"}", 415, "text/plain"), InlineData("{}", 415, null)]
    [InlineData("{\"user\":\"x\",\"password\":\"y\"}", 415, "application/json;charset=gbk")]
    [InlineData("{\"user\":\"x\",\"password\":\"y\"}", 415, "application/json", "made-up")]
    [InlineData("{\"user\":\"x\",\"password\":\"y\"}", 401, "application/json;charset=utf-8")]
    public async Task A_log_in_that_cannot_be_read_says_why(
        string body, int status, string? type = "application/json", string? coding = null)
    {
        using var stranger = _register.FromElsewhere();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/session")
        {
            Content = new ByteArrayContent(Encoding.Latin1.GetBytes(body)),
        };
        if (type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (coding is not null) request.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        await IsRefusedAsync(stranger, request, status);
    }

    [Fact]
    public async Task Too_many_tries_and_a_body_without_end_are_told_too()
    {
        using var stranger = _register.FromElsewhere();
        for (var i = 0; i < 10; i++)
            await stranger.PostAsync("/api/session", new StringContent("{}", Encoding.UTF8, "application/json"));
        await IsRefusedAsync(stranger, new(HttpMethod.Post, "/api/session"), 429);
        using var other = _register.FromElsewhere();
        var large = new StringContent($$"""{"user":"{{new string('x', 100_000)}}"}""", Encoding.UTF8, "application/json");
        await IsRefusedAsync(other, new(HttpMethod.Post, "/api/session") { Content = large }, 413);
    }

    private async Task IsRefusedAsync(HttpClient client, HttpRequestMessage request, int status)
    {
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        var error = JsonNode.Parse(text)!["error"]!;
        Assert.NotEmpty((string)error["code"]!);
        Assert.NotEmpty((string)error["message"]!);
        var chinese = (string)error["details"]!.AsArray().Single(x => (string?)x!["code"] == "zh")!["message"]!;
        Assert.Contains(chinese, x => x > '\u4e00');
        Assert.Empty(_log.Lines);
    }
}
