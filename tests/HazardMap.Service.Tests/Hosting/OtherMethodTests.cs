using System.Text.Json.Nodes;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Hosting;

/// <summary>Whatever is served says which methods it has, to whom it says that it is there.</summary>
public sealed class OtherMethodTests(ServedRegister register) : IClassFixture<ServedRegister>
{
    [Theory]
    [InlineData("/api/status", "GET, OPTIONS")]
    [InlineData("/api/session", "DELETE, GET, OPTIONS, POST")]
    [InlineData("/api/coverage", "GET, OPTIONS")]
    [InlineData("/api/roads", "GET, OPTIONS")]
    [InlineData("/api/changes", "GET, OPTIONS")]
    [InlineData("/health/live", "GET, OPTIONS")]
    [InlineData("/health/ready", "GET, OPTIONS")]
    [InlineData("/login", "GET, OPTIONS")]
    [InlineData("/tiles/hazards.json", "GET, HEAD, OPTIONS")]
    [InlineData("/tiles/layers.json", "GET, HEAD, OPTIONS")]
    [InlineData("/tiles/hazards/style.json", "GET, HEAD, OPTIONS")]
    [InlineData("/tiles/hazards/9/402/221.mvt", "GET, HEAD, OPTIONS")]
    [InlineData("/", "GET, HEAD, OPTIONS")]
    [InlineData("/odata/", "GET, HEAD, OPTIONS")]
    [InlineData("/odata/Hazards", "GET, HEAD, OPTIONS, PATCH, POST")]
    [InlineData("/odata/Divisions('5326')", "GET, HEAD, OPTIONS")]
    public async Task A_method_that_is_not_there_is_405_with_those_that_are(string path, string allowed)
    {
        using var options = await register.Administrator.SendAsync(new HttpRequestMessage(HttpMethod.Options, path));
        Assert.Equal((204, allowed), ((int)options.StatusCode, Allow(options)));
        foreach (var method in new[] { "PUT", "PATCH", "POST", "DELETE" }.Where(x => !allowed.Split(", ").Contains(x)))
        {
            using var answer = await register.Administrator.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode == 405, $"{method} {path}: {(int)answer.StatusCode} {text}");
            Assert.Equal(allowed, Allow(answer));
            Assert.NotNull(JsonNode.Parse(text)!["error"]!["message"]);
        }
    }

    [Fact]
    public async Task Where_nothing_is_no_method_is_there()
    {
        using var answer = await register.Administrator.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/nothing/here"));
        Assert.Equal(404, (int)answer.StatusCode);
    }

    private static string Allow(HttpResponseMessage answer) => string.Join(", ", answer.Content.Headers.Allow);
}
