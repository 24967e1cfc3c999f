using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Tracking;

/// <summary>$asof: the rows of a moment, from a function that the host gives; everything else as ever. Who may see what then is tried with
/// all paths in <see cref="Access.IslePaths"/>.</summary>
[Collection(nameof(Isles))]
public sealed class AsOfTests(Isles isles) : IDisposable
{
    private const string Then = "2026-01-01T00:00:00Z";

    private readonly HttpClient _all = isles.Client("*", personal: true);

    public void Dispose()
    {
        _all.Dispose();
        Assert.Empty(isles.Unexpected);
    }

    [Theory]
    [InlineData("Huts?$asof=tomorrow", 400)]
    [InlineData("Huts?$asof=2026-01-01", 400)]
    [InlineData("Huts?$asof=9000-01-01T00:00:00Z", 400)]
    [InlineData("Huts?$asof=", 400)]
    [InlineData("Huts?$expand=Visits($asof=2026-01-01T00:00:00Z)", 400)]
    [InlineData("Huts?$deltatoken=x&$asof=2026-01-01T00:00:00Z", 400)]
    [InlineData("Islands('N1')/Isles.Forecast()?$asof=2026-01-01T00:00:00Z", 501)]
    public async Task What_cannot_be_asked_of_a_moment_is_refused_by_name(string url, int status)
    {
        using var answer = await _all.GetAsync(url);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains("$asof", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_is_not_changed()
    {
        using var answer = await _all.PatchAsync($"Huts(1)?$asof={Then}", new StringContent("{}", null, "application/json"));
        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Links_to_the_rest_of_a_page_and_of_an_expansion_are_of_the_same_moment()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"Huts?$asof={Then}&$expand=Visits");
        request.Headers.Add("Prefer", "maxpagesize=1, track-changes");
        using var answer = await _all.SendAsync(request);
        var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.False(answer.Headers.Contains("Preference-Applied") && page["@odata.deltaLink"] is not null);
        Assert.Contains("$asof=2026-01-01T00%3A00%3A00Z", (string?)page["@odata.nextLink"], StringComparison.Ordinal);
        var rest = await _all.JsonAsync((string)page["@odata.nextLink"]!);
        Assert.NotEmpty(rest["value"]!.AsArray());
    }
}
