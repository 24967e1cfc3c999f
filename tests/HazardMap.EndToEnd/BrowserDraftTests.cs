using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.EndToEnd.Worlds;
using Microsoft.Playwright;

namespace HazardMap.EndToEnd;

/// <summary>What somebody typed about a water is lost by nothing but their own word.</summary>
[Collection(SampleUp.Name)]
public sealed class BrowserDraftTests(SampleUp sample, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Mine = "水务站（草稿）";

    [Fact]
    public async Task Escape_another_row_and_the_cross_ask_once_and_a_kept_draft_comes_back_with_a_word()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Desk);
        await EditAsync(visit, 10);
        await visit["edit-OwnerUnit"].PressAsync("Escape");
        await visit["stay"].ClickAsync();
        await Assertions.Expect(visit["edit-OwnerUnit"]).ToHaveValueAsync(Mine);
        await visit["close-panel"].ClickAsync();
        await visit["keep-draft"].ClickAsync();
        await Assertions.Expect(visit["hazard-panel"]).ToHaveCountAsync(0);

        await visit["ledger-row"].Nth(10).ClickAsync();
        await Assertions.Expect(visit["draft-restored"]).ToBeVisibleAsync();
        await Assertions.Expect(visit["edit-OwnerUnit"]).ToHaveValueAsync(Mine);
        await visit["ledger-row"].Nth(11).ClickAsync();
        await visit["drop-draft"].ClickAsync();
        await Assertions.Expect(visit["edit-form"]).ToHaveCountAsync(0);
        await visit["ledger-row"].Nth(10).ClickAsync();
        await Assertions.Expect(visit["four-ones"]).ToBeVisibleAsync();
        await Assertions.Expect(visit["edit-form"]).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_turned_phone_and_a_reload_bring_the_draft_back()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Desk);
        await EditAsync(visit, 12);
        await visit.Page.SetViewportSizeAsync(390, 844);
        await Assertions.Expect(visit["sheet"]).ToBeVisibleAsync();
        await Assertions.Expect(visit["edit-OwnerUnit"]).ToHaveValueAsync(Mine);
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit["draft-restored"]).ToBeVisibleAsync();
        await Assertions.Expect(visit["edit-OwnerUnit"]).ToHaveValueAsync(Mine);
    }

    [Fact]
    public async Task A_session_that_ends_in_the_background_asks_in_place_and_the_form_stays()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Desk, 401);
        await EditAsync(visit, 13);
        await visit.Page.Context.ClearCookiesAsync();
        await visit["save"].DispatchEventAsync("click"); // something in the background may have asked before, which covers the button
        await Assertions.Expect(visit.Page.Locator("input[name=username]")).ToBeVisibleAsync();
        await Assertions.Expect(visit["edit-OwnerUnit"]).ToHaveValueAsync(Mine);

        // Logged in again, here in another tab by a link, the work goes on where it stood.
        var tab = await visit.Page.Context.NewPageAsync();
        await tab.GotoAsync((await sample.FreshLoginLinkAsync()).AbsoluteUri);
        await tab.CloseAsync();
        await visit["logged-in-elsewhere"].ClickAsync();
        await visit["save"].ClickAsync();
        await Assertions.Expect(visit["facts"]).ToContainTextAsync(Mine);
    }

    [Fact]
    public async Task A_failed_save_does_not_stand_under_a_green_word_of_an_earlier_one()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Desk, 500);
        await EditAsync(visit, 14);
        await visit["save"].ClickAsync();
        await Assertions.Expect(visit["saved"]).ToBeVisibleAsync();
        await visit.Page.RouteAsync("**/odata/Hazards(*)", route => route.Request.Method == "PATCH"
            ? route.FulfillAsync(new() { Status = 500, Body = "{}" }) : route.ContinueAsync());
        await visit["edit"].ClickAsync();
        await visit["edit-OwnerUnit"].FillAsync("水务站（未存）");
        await visit["save"].ClickAsync();
        await Assertions.Expect(visit["edit-failure"]).ToBeVisibleAsync();
        await Assertions.Expect(visit["saved"]).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_nobody_else_changed_is_saved_over_a_colleagues_inspection()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Desk, 412);
        var id = await EditAsync(visit, 15);
        await ChangeAsync(id, """{ "DepthMetres": 3.25 }""");
        await visit["save"].ClickAsync();
        await Assertions.Expect(visit["saved"]).ToBeVisibleAsync();
        await Assertions.Expect(visit["conflict"]).ToHaveCountAsync(0);
        var now = await WaterAsync(id);
        Assert.Equal((Mine, 3.25), (now.GetProperty("OwnerUnit").GetString(), now.GetProperty("DepthMetres").GetDouble()));
    }

    [Fact]
    public async Task The_same_field_changed_twice_shows_all_three_and_who_and_is_chosen_field_by_field()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Desk, 412);
        var id = await EditAsync(visit, 16);
        var before = (await WaterAsync(id)).GetProperty("OwnerUnit").GetString()!;
        await ChangeAsync(id, """{ "OwnerUnit": "水务站（他人）", "DepthMetres": 4.5 }""");
        await visit["save"].ClickAsync();
        foreach (var told in new[] { before, "水务站（他人）", Mine, "admin" })
            await Assertions.Expect(visit["conflict"]).ToContainTextAsync(told);
        await Assertions.Expect(visit["conflict"].Locator("tbody tr")).ToHaveCountAsync(1);
        await visit["choose-theirs-OwnerUnit"].CheckAsync();
        await visit["save-chosen"].ClickAsync();
        await Assertions.Expect(visit["facts"]).ToContainTextAsync("水务站（他人）");
    }

    [Fact]
    public async Task A_water_deleted_meanwhile_says_by_whom_and_keeps_what_was_typed_to_copy()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Desk, 404, 412);
        var id = await NewWaterAsync();
        await visit.Page.EvaluateAsync($"location.hash = 'hazard={id}'");
        await visit["edit"].ClickAsync();
        await visit["edit-OwnerUnit"].FillAsync(Mine);
        using var delete = new HttpRequestMessage(HttpMethod.Delete, $"/odata/Hazards({id})");
        delete.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await sample.Up.Client.SendAsync(delete);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await visit["save"].ClickAsync();
        await Assertions.Expect(visit["gone"]).ToContainTextAsync("删除");
        await Assertions.Expect(visit["gone"]).ToContainTextAsync("admin");
        Assert.Contains(Mine, await visit["gone-draft"].InputValueAsync(), StringComparison.Ordinal);
    }

    private static async Task<string> EditAsync(BrowserVisit visit, int row)
    {
        var id = (await visit["ledger-row"].Nth(row).GetAttributeAsync("data-id"))!;
        await visit["ledger-row"].Nth(row).ClickAsync();
        await visit["edit"].ClickAsync();
        await visit["edit-OwnerUnit"].FillAsync(Mine);
        return id;
    }

    // Of its own: others count the sample's waters.
    private async Task<string> NewWaterAsync()
    {
        using var made = await sample.Up.Client.PostAsJsonAsync("/odata/Hazards", new
        {
            Code = "DRAFT-1", Name = "新挖的坑塘", Kind = "Pond", DivisionCode = "532624",
            Shape = new { type = "Point", coordinates = new[] { 104.7, 23.1 } },
        }, JsonSerializerOptions.Default);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Id").GetString()!;
    }

    private async Task<JsonElement> WaterAsync(string id) => await sample.Up.Client.GetFromJsonAsync<JsonElement>($"/odata/Hazards({id})");

    private async Task ChangeAsync(string id, string changes)
    {
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/odata/Hazards({id})")
        {
            Content = new StringContent(changes, null, "application/json"),
        };
        patch.Headers.TryAddWithoutValidation("If-Match", (await WaterAsync(id)).GetProperty("@odata.etag").GetString());
        using var answer = await sample.Up.Client.SendAsync(patch);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
