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

    [Theory]
    [InlineData("GET", "/health/live", 200), InlineData("GET", "/login?code=x", 401), InlineData("GET", "/nothing", 401)]
    [InlineData("GET", "/odata/People", 401), InlineData("POST", "/api/session", 415), InlineData("GET", "/metrics", 200)]
    public async Task A_stranger_s_answers_carry_the_headers_of_safety(string method, string path, int status) =>
        await IsSafeAsync(register.Stranger, method, path, status);

    [Theory]
    [InlineData("GET", "/api/status", 200), InlineData("GET", "/nothing/here", 404), InlineData("GET", "/api/coverage", 422)]
    [InlineData("GET", "/odata/People", 200), InlineData("GET", "/odata/Inspections?$expand=Photos", 200)]
    [InlineData("GET", "/odata/People(01900000-0000-7000-8000-0000000000ff)", 404), InlineData("GET", "/odata/People?$filter=", 400)]
    [InlineData("GET", "/odata/Photos(01900000-0000-7000-8000-0000000000ff)/$value", 404), InlineData("DELETE", "/odata/People", 405)]
    [InlineData("DELETE", "/api/session", 409), InlineData("PUT", "/api/status", 405)]
    public async Task Answers_to_who_is_logged_in_carry_them_too_and_no_cache_keeps_them(string method, string path, int status)
    {
        var answer = await IsSafeAsync(register.Administrator, method, path, status);
        Assert.True(answer.Headers.CacheControl?.NoStore, $"{method} {path}: {answer.Headers.CacheControl}");
    }

    [Fact]
    public async Task What_is_nobody_s_may_be_kept() =>
        Assert.Equal("no-cache, private",
            (await IsSafeAsync(register.Administrator, "GET", "/odata/$metadata", 200)).Headers.CacheControl?.ToString());

    [Fact]
    public async Task An_unknown_path_is_404_and_an_error_object_to_those_who_are_logged_in()
    {
        var answer = await register.Administrator.GetAsync("/nothing/here");
        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Equal("NotFound",
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString());
    }

    private static async Task<HttpResponseMessage> IsSafeAsync(HttpClient client, string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var answer = await client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        foreach (var (name, value) in new[] { ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"), ("Content-Security-Policy", "frame-ancestors 'none'") })
        {
            Assert.True(answer.Headers.TryGetValues(name, out var told), $"{method} {path}: {name} is missing");
            Assert.Contains(value, Assert.Single(told), StringComparison.Ordinal);
        }
        return answer;
    }
}
