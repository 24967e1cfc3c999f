using HazardMap.OData.Tests.Differential.Reference;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Differential;

/// <summary>Why the reference stack is our examiner and not our server: what README says of it, tried.</summary>
public sealed class ReferenceFactsTests(Coast coast) : IClassFixture<Coast>, IAsyncLifetime
{
    private ReferenceServer _reference = null!;

    public async Task InitializeAsync() => _reference = await ReferenceServer.StartAsync(coast.Source);

    public Task DisposeAsync() => _reference.DisposeAsync().AsTask();

    [Fact]
    public async Task It_has_no_geography_on_the_server()
    {
        const string point = "geography'SRID=4326;Point(104 23)'";
        var heard = await Heard.AskAsync(_reference.Http,
            "Lighthouses?$select=Id&$filter=" + Uri.EscapeDataString($"geo.distance({point},{point}) lt 5"), pageSize: 0);
        Assert.False(heard.Answered, heard.Text);
        Assert.Contains("geo.distance", heard.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_links_in_the_order_of_what_may_be_null_lose_or_repeat_rows()
    {
        const string url = "Lighthouses?$select=Id&$orderby=LastSeenAt desc";
        var (mine, theirs) = (await Heard.AskAsync(coast.Http, url, pageSize: 50),
            await Heard.AskAsync(_reference.Http, url, pageSize: 50));
        Assert.Equal((603, 603), (mine.Rows.Count, mine.Rows.Distinct(StringComparer.Ordinal).Count()));
        Assert.True(theirs.Rows.Count != 603 || theirs.Rows.Distinct(StringComparer.Ordinal).Count() != 603,
            $"{theirs.Rows.Count} {theirs.Rows.Distinct(StringComparer.Ordinal).Count()}");
    }

    [Theory]
    [InlineData("Lighthouses?$select=Name&$filter=case(Lit:1,true:2) eq 1")]
    [InlineData("Lighthouses?$select=Name&$filter=Steps divby 2 eq 150")]
    [InlineData("Lighthouses?$select=Name&$filter=matchespattern(Name,'^P')")]
    [InlineData("Lighthouses?$apply=groupby((rollup($all,Kind)),aggregate($count as N))")]
    [InlineData("Lighthouses?$apply=topcount(2,Steps)")]
    [InlineData("Lighthouses?$apply=concat(identity,aggregate($count as N))")]
    [InlineData("Harbours?$select=Name&$expand=Lighthouses($filter=Height gt @h;@h=100)")]
    [InlineData("Lighthouses/$filter(Steps gt 3)?$select=Name")]
    public async Task It_does_not_know_what_we_answer(string url)
    {
        using var theirs = await _reference.Http.GetAsync(url);
        Assert.False(theirs.IsSuccessStatusCode, $"{url}\n{await theirs.Content.ReadAsStringAsync()}");
        await coast.Http.JsonAsync(url);
    }

    [Theory]
    [InlineData("$filter=substring(Name,-3) eq 'ros'")]
    [InlineData("$search=wonders")]
    public async Task It_passes_over_what_it_does_not_know(string option)
    {
        var url = "Lighthouses?$select=Name&" + option;
        Assert.Equal(["Pharos"], await coast.Http.NamesAsync(url));
        Assert.NotEqual(["Pharos"], await _reference.Http.NamesAsync(url));
    }

    [Fact]
    public async Task It_gives_no_deltas()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "Harbours?$select=Code");
        request.Headers.Add("Prefer", "odata.track-changes");
        using var response = await _reference.Http.SendAsync(request);
        Assert.DoesNotContain("deltaLink", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
