using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.EndToEnd.Worlds;
using Microsoft.Playwright;

namespace HazardMap.EndToEnd;

/// <summary>What a clerk sees under a rule of trips, 2027-1. The rule that was in force before is in force again afterwards.</summary>
[Collection(SampleUp.Name)]
public sealed class BrowserTripTests(SampleUp sample, BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncLifetime
{
    private const string Rule = "2027-1";
    private string _before = "";

    public async Task InitializeAsync()
    {
        var rules = await sample.Up.Client.GetFromJsonAsync<JsonElement>("/odata/RiskRules?$filter=IsActive eq true&$select=Version");
        _before = rules.GetProperty("value")[0].GetProperty("Version").GetString()!;
        await TurnToAsync(Rule);
    }

    public Task DisposeAsync() => TurnToAsync(_before);

    [Fact]
    public async Task A_water_says_in_plain_words_what_its_number_is_who_comes_when_and_where_they_would_go()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Desk);
        await Assertions.Expect(visit["ledger"].GetByRole(AriaRole.Columnheader).Last).ToHaveTextAsync("人/千年");
        await visit["ledger-row"].First.ClickAsync();
        await Assertions.Expect(visit["trips-sentence"]).ToContainTextAsync("每千年预计儿童溺亡");
        await Assertions.Expect(visit["trips"]).ToContainTextAsync("通俗地说：假如有 1000 处同样的水域");
        await Assertions.Expect(visit["trips-places"].GetByRole(AriaRole.Listitem).First).ToContainTextAsync("人次");

        var times = visit["trips-when"];
        await times.Locator("summary").ClickAsync();
        await times.GetByRole(AriaRole.Button, new() { Name = "15 时" }).ClickAsync();
        await Assertions.Expect(times.GetByRole(AriaRole.Status)).ToContainTextAsync("15 时：约");

        var moved = visit["trips-moved"].Last;
        await moved.Locator("summary").ClickAsync();
        await Assertions.Expect(moved).ToContainTextAsync("人次");
        await Assertions.Expect(visit["what-if"]).ToContainTextAsync("永久关闭（销号）");
        await Assertions.Expect(visit["what-if"]).ToContainTextAsync("填埋：");

        await visit["language"].ClickAsync();
        await Assertions.Expect(visit["trips-sentence"]).ToContainTextAsync("deaths of children expected in 1,000 years");
        await BrowserAccessibilityTests.NothingSeriousAsync(visit.Page);
    }

    [Fact]
    public async Task Where_a_level_is_not_sure_both_colours_are_told()
    {
        var unsure = await sample.Up.Client.GetFromJsonAsync<JsonElement>(
            "/odata/Hazards?$filter=RiskLevel eq 'Orange' and OtherLevel eq 'Red'&$orderby=RiskScore desc&$top=1&$select=Id");
        var id = unsure.GetProperty("value")[0].GetProperty("Id").GetString();
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Desk);
        await visit["ledger-level"].SelectOptionAsync("Orange");
        var row = visit.Page.Locator($"[data-testid=ledger-row][data-id='{id}']");
        await row.ClickAsync();
        Assert.Equal(2, await row.Locator(".level svg").CountAsync());
        await Assertions.Expect(visit["trips-sentence"]).ToContainTextAsync("红或橙");
        await Assertions.Expect(visit["hazard-panel"].Locator("[data-level=Red]")).ToBeVisibleAsync();
        await Assertions.Expect(visit["hazard-panel"].Locator("[data-level=Orange]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_map_is_coloured_for_any_hour_without_another_tile_and_its_legend_has_two_axes()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Desk);
        await visit["legend-toggle"].ClickAsync();
        await Assertions.Expect(visit["trips-legend"].Locator("tbody tr")).ToHaveCountAsync(4);
        await BrowserAccessibilityTests.NothingSeriousAsync(visit.Page);
        await visit["legend-toggle"].ClickAsync();

        await visit["visits-toggle"].ClickAsync();
        await Assertions.Expect(visit["visits-at"]).ToHaveTextAsync("8 月 · 假日 · 15 时");
        await BrowserAccessibilityTests.NothingSeriousAsync(visit.Page);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "放大", Exact = true }).ClickAsync();
        await visit.Page.AddStyleTagAsync(new() { Content = "[data-testid=visits] { opacity: 0 }" });   // its legend has the colours, too
        await visit.Page.WaitForTimeoutAsync(3000);
        var loaded = visit.TilesLoaded;
        var busy = await visit.PictureAsync();
        await visit["visits-SchoolDay"].ClickAsync();
        await visit["visits-hour"].FillAsync("3");
        await Assertions.Expect(visit["visits-at"]).ToHaveTextAsync("8 月 · 上学日 · 3 时");
        await visit.Page.WaitForTimeoutAsync(1500);
        Assert.Equal(loaded, visit.TilesLoaded);
        Assert.Contains("#7d3fa3", busy.Exact, StringComparer.Ordinal);
        Assert.DoesNotContain("#7d3fa3", (await visit.PictureAsync()).Exact, StringComparer.Ordinal);
    }

    private async Task TurnToAsync(string version)
    {
        async Task<string> InForceAsync() => (await sample.Up.Client.GetFromJsonAsync<JsonElement>(
            "/odata/RiskRules?$filter=IsActive eq true&$select=Version")).GetProperty("value")[0].GetProperty("Version").GetString()!;
        if (await InForceAsync() == version) return;
        using var ordered = await sample.Up.Client.PostAsJsonAsync("/odata/RiskRuns", new { Rule = version });
        ordered.EnsureSuccessStatusCode();
        await Patience.UntilAsync(async () => await InForceAsync() == version);
    }
}
