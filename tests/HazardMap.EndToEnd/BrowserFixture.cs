using HazardMap.EndToEnd.Worlds;
using Microsoft.Playwright;

namespace HazardMap.EndToEnd;

/// <summary>Debian's chromium without a screen, one a test class: its GL is drawn by the processor.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>A map drawn by a busy processor takes its time; a test that passes never waits this long.</summary>
    public const int PatienceMilliseconds = 60_000;

    private static readonly string[] Flags = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking",
        "--disable-component-update"];
    private IPlaywright _playwright = null!;

    internal IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var shell = Path.Combine(Path.GetDirectoryName(Executable.Path)!, "wwwroot", "index.html");
        Assert.True(File.Exists(shell), $"{shell} is missing: build the service in Release, or with -p:BuildWebClient=true");
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = Environment.IsPrivilegedProcess ? [.. Flags, "--no-sandbox"] : Flags,
        });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
