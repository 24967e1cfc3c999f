using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Hosting;

public sealed class HostingTests(ServedRegister register) : IClassFixture<ServedRegister>
{
    [Fact]
    public async Task Status_counts_what_is_there()
    {
        var status = await register.Administrator.GetFromJsonAsync<JsonElement>("/api/status");
        Assert.Equal(0, status.GetProperty("counts").GetProperty("hazards").GetInt64());
        Assert.False(status.GetProperty("synthetic").GetBoolean());
        Assert.StartsWith("schema/", status.GetProperty("schemaVersion").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, status.GetProperty("extent").ValueKind);
    }

    [Theory, InlineData("/health/live"), InlineData("/health/ready")]
    public async Task Health_needs_no_login(string path) => Assert.True((await register.Stranger.GetAsync(path)).IsSuccessStatusCode);

    [Fact]
    public async Task Metrics_count_requests_by_route_for_this_machine_only()
    {
        await register.Stranger.GetAsync("/health/live");
        Assert.Contains("route=\"/health/live\",status=\"200\"", await register.Stranger.GetStringAsync("/metrics"),
            StringComparison.Ordinal);
        using var forwarded = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        forwarded.Headers.Add("X-Forwarded-For", "203.0.113.9");
        Assert.Equal(404, (int)(await register.Stranger.SendAsync(forwarded)).StatusCode);
    }

    [Fact]
    public async Task An_unknown_path_is_404_and_an_error_object_to_those_who_are_logged_in()
    {
        var answer = await register.Administrator.GetAsync("/nothing/here");
        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Equal("NotFound",
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString());
    }
}
