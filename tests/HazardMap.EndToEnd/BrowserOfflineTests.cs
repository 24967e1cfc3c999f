using System.Net;
using HazardMap.EndToEnd.Worlds;
using Microsoft.Playwright;

namespace HazardMap.EndToEnd;

/// <summary>The app by a pond without signal.</summary>
[Collection(SampleUp.Name)]
public sealed class BrowserOfflineTests(SampleUp sample, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("/manifest.webmanifest", "application/manifest+json")]
    [InlineData("/sw.js", "text/javascript")]
    public async Task What_makes_the_app_installable_is_there_and_is_always_asked_for_anew(string path, string type)
    {
        using var answer = await sample.Up.Client.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.Contains("worker-src 'self'", string.Concat(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_without_a_network_opens_the_app_with_what_was_read_last_and_says_so()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Phone, 401);
        await visit["page-list"].TapAsync();
        await Assertions.Expect(visit["ledger-count"]).ToContainTextAsync("24,900 / 24,900");
        await visit.Page.EvaluateAsync("navigator.serviceWorker.ready.then(() => {})");
        await Assertions.Expect(visit.Page.Locator("html[data-ledger-kept=true]")).ToHaveCountAsync(1);
        visit.IsOffline = true;
        await visit.Page.Context.SetOfflineAsync(true);
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit["offline"]).ToBeVisibleAsync();
        await visit["page-list"].TapAsync();
        await Assertions.Expect(visit["ledger-count"]).ToContainTextAsync("24,900 / 24,900");
        await Assertions.Expect(visit["ledger-age"]).ToBeVisibleAsync();
    }

    [Fact]
    public async Task After_locating_the_nearest_waters_come_first_with_their_metres()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Phone);
        await visit.Page.Context.GrantPermissionsAsync(["geolocation"]);
        await visit.Page.Context.SetGeolocationAsync(new() { Longitude = 104.25f, Latitude = 23.37f, Accuracy = 10 });
        await visit["page-list"].TapAsync();
        await visit["ledger-near"].TapAsync();
        await Assertions.Expect(visit["row-distance"].First).ToContainTextAsync("m");
        var metres = await visit["row-distance"].EvaluateAllAsync<double[]>("all => all.map(one => Number(one.dataset.metres))");
        Assert.Equal(metres.Order(), metres);
    }

    [Fact]
    public async Task A_form_on_a_phone_has_switches_for_a_thumb_and_figures_by_a_keyboard_of_figures()
    {
        await using var visit = await BrowserVisit.LogInAsync(browser, sample, BrowserVisit.Window.Phone);
        await visit["page-list"].TapAsync();
        await visit["ledger-row"].First.TapAsync();
        Assert.StartsWith("geo:2", await visit["navigate"].GetAttributeAsync("href"), StringComparison.Ordinal);
        await visit["edit"].TapAsync();
        await Assertions.Expect(visit.Page.Locator("input[inputmode=decimal]").First).ToBeAttachedAsync();
        var small = await visit["edit-form"].Locator(".el-switch").EvaluateAllAsync<string[]>(
            """
            all => all.map(one => one.getBoundingClientRect())
              .filter(({ width, height }) => width < 44 || height < 44).map(({ width, height }) => `${width}x${height}`)
            """);
        Assert.Empty(small);
    }
}
