using Deque.AxeCore.Playwright;
using HazardMap.EndToEnd.Worlds;
using Microsoft.Playwright;

namespace HazardMap.EndToEnd;

/// <summary>Axe finds nothing serious on any page, in either layout.</summary>
[Collection(SampleUp.Name)]
public sealed class BrowserAccessibilityTests(SampleUp sample, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task The_door_is_accessible()
    {
        await using var visit = await BrowserVisit.OpenAsync(browser, sample.Up.Address, BrowserVisit.Window.Desk, 401);
        await visit.Page.GotoAsync(sample.Up.Address.AbsoluteUri);
        await Assertions.Expect(visit.Page.Locator("form")).ToBeVisibleAsync();
        await NothingSeriousAsync(visit.Page);
    }

    [Fact]
    public async Task The_desk_is_accessible_with_panel_form_and_layers_open()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Desk);
        await visit["legend-toggle"].ClickAsync();
        await visit["ledger-row"].First.ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[data-testid=risk][data-score]")).ToBeVisibleAsync();
        await NothingSeriousAsync(visit.Page);
        await visit["trips-when"].Locator("summary").ClickAsync();
        await visit["tab-worst"].ClickAsync();
        await Assertions.Expect(visit["worst-hazard"].First).ToBeVisibleAsync();
        await NothingSeriousAsync(visit.Page);
        await visit["edit"].ClickAsync();
        await Assertions.Expect(visit["save"]).ToBeVisibleAsync();
        await NothingSeriousAsync(visit.Page);
    }

    [Fact]
    public async Task Coverage_is_accessible()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Desk);
        await visit["tab-coverage"].ClickAsync();
        await Assertions.Expect(visit["coverage-share"]).ToBeVisibleAsync();
        await NothingSeriousAsync(visit.Page);
        await visit["coverage-page-runs"].ClickAsync();
        await visit["run-new"].ClickAsync();
        await Assertions.Expect(visit["run-no-roads"]).ToBeVisibleAsync();
        await NothingSeriousAsync(visit.Page);
        await visit["run-start"].ClickAsync();
        await Assertions.Expect(visit["run-histogram"]).ToBeVisibleAsync();
        await NothingSeriousAsync(visit.Page);
    }

    [Fact]
    public async Task The_field_is_accessible()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Phone);
        await visit["page-list"].TapAsync();
        await Assertions.Expect(visit["ledger-row"].First).ToBeVisibleAsync();
        await NothingSeriousAsync(visit.Page);
    }

    internal static async Task NothingSeriousAsync(IPage page)
    {
        var found = await page.RunAxe();
        var serious = found.Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{v.Id}: {v.Help}\n  " + string.Join("\n  ", v.Nodes.Take(4).Select(n => n.Html)));
        Assert.Empty(serious);
    }
}
