using HazardMap.EndToEnd.Worlds;
using Microsoft.Playwright;

namespace HazardMap.EndToEnd;

/// <summary>The same app on a phone in the field, and at the door.</summary>
[Collection(SampleUp.Name)]
public sealed class BrowserFieldTests(SampleUp sample, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int ThumbPixels = 44;

    [Fact]
    public async Task On_a_phone_the_map_fills_the_screen_and_the_sheet_holds_list_and_water()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Phone);
        Assert.Equal(390, (await visit["map"].BoundingBoxAsync())!.Width);
        await visit["page-list"].TapAsync();
        await visit["ledger-row"].First.TapAsync();
        await Assertions.Expect(visit["sheet"]).ToHaveAttributeAsync("data-height", "half");
        await Assertions.Expect(visit["hazard-panel"].Locator("h2")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("[data-testid=risk][data-score]")).ToBeAttachedAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
            "the page scrolls sideways");
    }

    [Fact]
    public async Task On_a_phone_every_button_is_large_enough_for_a_thumb()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Phone);
        foreach (var page in new[] { "page-layers", "page-coverage", "page-worst", "page-list" })
        {
            await visit[page].TapAsync();
            await visit.Page.WaitForTimeoutAsync(500);
            var small = await visit.Page.EvaluateAsync<string[]>(
                """
                (least) => [...document.querySelectorAll('button, select, input:not([type=checkbox])')]
                  .filter((one) => one.offsetParent && !one.closest('[role=columnheader], th'))
                  .filter((one) => one.getBoundingClientRect().height < least && !one.classList.contains('grip'))
                  .map((one) => one.outerHTML.slice(0, 120))
                """,
                ThumbPixels);
            Assert.Empty(small);
        }
    }

    [Fact]
    public async Task A_safe_water_is_inspected_in_four_taps_and_a_defect_goes_its_way_from_the_same_panel()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Phone);
        await visit["page-list"].TapAsync();
        await visit["ledger-row"].First.TapAsync();             // 1
        await visit["inspect"].TapAsync();                      // 2
        await visit["all-is-well"].TapAsync();                  // 3
        await visit["save-inspection"].TapAsync();              // 4
        await Assertions.Expect(visit["saved"]).ToHaveTextAsync("巡查已保存。");
        await Assertions.Expect(visit["inspections"].Locator("li").First).ToContainTextAsync("正常");
        await Assertions.Expect(visit["four-ones"]).ToContainTextAsync("齐全");

        await visit["inspect"].TapAsync();
        await visit["seen-HasRing"].Locator("[data-state=false]").TapAsync();
        await visit["seen-defect"].FillAsync("救生圈缺失");
        await visit["save-inspection"].TapAsync();
        await Assertions.Expect(visit["inspections"].Locator("li").First).ToContainTextAsync("有隐患");
        var defect = visit["rectifications"].Locator("li").Filter(new() { HasText = "救生圈缺失" }).First;
        await defect.GetByTestId("step-Assign").TapAsync();
        await defect.GetByTestId("step-person").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await defect.GetByTestId("step-save").TapAsync();
        await Assertions.Expect(defect.GetByTestId("step-Complete")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_stranger_sees_how_to_log_in_and_a_wrong_password_says_so()
    {
        await using var visit = await BrowserVisit.OpenAsync(browser, sample.Up.Address, BrowserVisit.Window.Desk, 401);
        await visit.Page.GotoAsync(sample.Up.Address.AbsoluteUri);
        await Assertions.Expect(visit.Page.GetByText("一次性登录链接")).ToBeVisibleAsync();
        await visit.Page.Locator("input[name=username]").FillAsync("nobody");
        await visit.Page.Locator("input[name=password]").FillAsync("nothing");
        await visit["enter"].ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("用户名或密码不正确。");
    }

    [Fact]
    public async Task Who_logs_out_is_at_the_door_again()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Desk, 401);
        await visit["leave"].ClickAsync();
        await Assertions.Expect(visit.Page.Locator("input[name=username]")).ToBeVisibleAsync();
    }
}
