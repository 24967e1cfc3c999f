using HazardMap.EndToEnd.Worlds;
using HazardMap.Service.Accounts;
using Microsoft.Playwright;

namespace HazardMap.EndToEnd;

/// <summary>A person who was handed a one-time code sets a password, turns the second factor on, and logs in with it.</summary>
[Collection(SampleUp.Name)]
public sealed class BrowserAccountTests(SampleUp sample, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Password = "船 灯 稻田 梯子";

    [Fact]
    public async Task A_first_log_in_sets_the_password_and_a_second_factor_is_asked_for_from_then_on()
    {
        using var add = Executable.Start("user", "add", "zhaoliu", "--role", "Administrator", "--display", "赵六",
            "--data", sample.Up.DataDirectory);
        var oneTimeCode = await add.FirstLineAsync(TimeSpan.FromSeconds(60));

        await using var visit = await BrowserVisit.OpenAsync(browser, sample.Up.Address, BrowserVisit.Window.Phone, 401, 422);
        await visit.Page.GotoAsync(sample.Up.Address.AbsoluteUri);
        await visit["first-login"].ClickAsync();
        await visit.Page.Locator("input[name=username]").FillAsync("zhaoliu");
        await visit.Page.Locator("input[name=onetime]").FillAsync(oneTimeCode.ToLowerInvariant());
        await visit.Page.Locator("input[name=new]").FillAsync("password");
        await visit["enter"].ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("过于常见");
        await visit.Page.Locator("input[name=new]").FillAsync(Password);
        await visit["enter"].ClickAsync();
        await visit.MapIsDrawnAsync();

        await visit["account"].ClickAsync();
        await Assertions.Expect(visit["device"]).ToContainTextAsync("本机");
        await visit["begin-code"].ClickAsync();
        var secret = FromBase32(await visit["totp-secret"].InnerTextAsync());
        await Assertions.Expect(visit["account-dialog"].Locator("img")).ToBeVisibleAsync();
        await visit.Page.Locator("input[name=code]").FillAsync(CodeOf(secret, -1));
        await visit["confirm-code"].ClickAsync();
        await Assertions.Expect(visit["recovery-codes"].Locator("li")).ToHaveCountAsync(10);
        await visit["account-close"].ClickAsync();
        await visit["leave"].ClickAsync();

        await visit.Page.Locator("input[name=username]").FillAsync("zhaoliu");
        await visit.Page.Locator("input[name=password]").FillAsync(Password);
        await visit["enter"].ClickAsync();
        await visit.Page.Locator("input[name=code]").FillAsync(CodeOf(secret, 0));
        await visit["enter"].ClickAsync();
        await visit.MapIsDrawnAsync();
    }

    private static string CodeOf(byte[] secret, int steps) => Totp.CodeOf(secret, Totp.StepOf(DateTimeOffset.UtcNow) + steps);

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Trim().Select(c => Convert.ToString(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
