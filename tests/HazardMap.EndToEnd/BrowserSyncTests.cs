using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.EndToEnd.Worlds;
using Microsoft.Playwright;

namespace HazardMap.EndToEnd;

/// <summary>What an inspector enters without a network is kept, counted in sight, sent when there is one, and answered for.</summary>
[Collection(SampleUp.Name)]
public sealed class BrowserSyncTests(SampleUp sample, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task An_edit_without_a_network_waits_over_a_reload_and_is_sent_with_a_receipt()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Phone, 401);
        var id = await OpenAsync(visit, 20);
        await visit["edit"].TapAsync();
        await visit["edit-OwnerUnit"].FillAsync("塘边水务站");
        await CutAsync(visit, isCut: true);
        await visit["save"].TapAsync();
        await Assertions.Expect(visit["saved"]).ToBeVisibleAsync();
        await Assertions.Expect(visit["sync-badge"]).ToHaveAttributeAsync("data-unsent", "1");
        await visit.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => {})");
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit["sync-badge"]).ToHaveAttributeAsync("data-unsent", "1");
        await CutAsync(visit, isCut: false);
        await Assertions.Expect(visit["sync-badge"]).ToHaveAttributeAsync("data-unsent", "0");
        Assert.Equal("塘边水务站", (await ReadAsync(id)).GetProperty("OwnerUnit").GetString());
        await visit["sync-badge"].TapAsync();
        await visit["sync-tab-queue"].TapAsync();
        await Assertions.Expect(visit["receipt"].First).ToHaveAttributeAsync("data-state", "sent");
    }

    [Fact]
    public async Task What_two_people_changed_is_shown_side_by_side_and_decided()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Phone, 401);
        var id = await OpenAsync(visit, 21);
        await visit["edit"].TapAsync();
        await visit["edit-OwnerUnit"].FillAsync("我的单位");
        await CutAsync(visit, isCut: true);
        await visit["save"].TapAsync();
        await Assertions.Expect(visit["sync-badge"]).ToHaveAttributeAsync("data-unsent", "1");
        await ChangeAsync(id, "他人的单位");
        await CutAsync(visit, isCut: false);
        await Assertions.Expect(visit["sync-badge"]).ToHaveAttributeAsync("data-unsent", "0");
        Assert.Equal("他人的单位", (await ReadAsync(id)).GetProperty("OwnerUnit").GetString());
        await visit["sync-badge"].TapAsync();
        await visit["sync-tab-conflicts"].TapAsync();
        await Assertions.Expect(visit["open-conflict"]).ToContainTextAsync("我的单位");
        await Assertions.Expect(visit["open-conflict"]).ToContainTextAsync("他人的单位");
        await visit["decide-mine"].TapAsync();
        await Assertions.Expect(visit["open-conflict"]).ToHaveCountAsync(0);
        Assert.Equal("我的单位", (await ReadAsync(id)).GetProperty("OwnerUnit").GetString());
    }

    [Fact]
    public async Task A_full_device_says_so_and_the_form_keeps_what_was_typed()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Phone, 401);
        await OpenAsync(visit, 22);
        await visit["edit"].TapAsync();
        await visit["edit-OwnerUnit"].FillAsync("存不下的单位");
        await visit.Page.EvaluateAsync("""
            void (IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError') })
            """);
        await CutAsync(visit, isCut: true);
        await visit["save"].TapAsync();
        await Assertions.Expect(visit["edit-failure"]).ToBeVisibleAsync();
        await Assertions.Expect(visit["edit-OwnerUnit"]).ToHaveValueAsync("存不下的单位");
        await Assertions.Expect(visit["sync-badge"]).ToHaveAttributeAsync("data-unsent", "0");
    }

    [Fact]
    public async Task A_kept_area_lists_what_is_overdue_and_opens_and_takes_edits_without_a_network()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Phone, 401);
        // From its second visit on the app has all of itself at hand.
        await visit.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => {})");
        await visit.Page.ReloadAsync();
        await visit.MapIsDrawnAsync();
        // Two thousand tiles are not this test's.
        await visit.Page.EvaluateAsync("Object.defineProperty(window, 'caches', { value: undefined })");
        await visit["sync-badge"].TapAsync();
        await visit["area-code"].SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await visit["area-download"].TapAsync();
        await Assertions.Expect(visit["area-kept"]).ToBeVisibleAsync();
        await Assertions.Expect(visit["due-row"].First).ToBeVisibleAsync();
        await CutAsync(visit, isCut: true);
        await visit["due-row"].First.TapAsync();
        await visit["edit"].TapAsync();
        await visit["edit-OwnerUnit"].FillAsync("离线填写");
        await visit["save"].TapAsync();
        await Assertions.Expect(visit["sync-badge"]).ToHaveAttributeAsync("data-unsent", "1");
        await Assertions.Expect(visit["facts"]).ToContainTextAsync("离线填写");
        await CutAsync(visit, isCut: false);
        await Assertions.Expect(visit["sync-badge"]).ToHaveAttributeAsync("data-unsent", "0");
    }

    [Theory, InlineData("sync-tab-area"), InlineData("sync-tab-queue"), InlineData("sync-tab-conflicts")]
    public async Task The_pages_have_targets_for_a_thumb(string tab)
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Phone);
        await visit["sync-badge"].TapAsync();
        await visit[tab].TapAsync();
        var small = await visit["sync-page"].Locator("button, select, label.button").EvaluateAllAsync<string[]>("""
            all => all.map((one) => [one.textContent, one.getBoundingClientRect()])
              .filter(([, { width, height }]) => width > 0 && (width < 44 || height < 44))
              .map(([text, { width, height }]) => `${text} ${width}x${height}`)
            """);
        Assert.Empty(small);
    }

    private static async Task CutAsync(BrowserVisit visit, bool isCut)
    {
        if (isCut) visit.IsOffline = true;
        await visit.Page.Context.SetOfflineAsync(isCut);
    }

    /// <summary>Opens the n-th water of the list; its id.</summary>
    private static async Task<Guid> OpenAsync(BrowserVisit visit, int n)
    {
        await visit["page-list"].TapAsync();
        await visit["ledger-row"].Nth(n % 10).ScrollIntoViewIfNeededAsync();
        await visit["ledger-row"].Nth(n % 10).TapAsync();
        await Assertions.Expect(visit["edit"]).ToBeVisibleAsync();
        return Guid.Parse(new Uri(visit.Page.Url).Fragment.Split('=')[1]);
    }

    private Task<JsonElement> ReadAsync(Guid id) => sample.Up.Client.GetFromJsonAsync<JsonElement>($"odata/Hazards({id})");

    private async Task ChangeAsync(Guid id, string unit)
    {
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"odata/Hazards({id})") { Content = JsonContent.Create(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["OwnerUnit"] = unit }, options: JsonSerializerOptions.Default) };
        patch.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await sample.Up.Client.SendAsync(patch);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
