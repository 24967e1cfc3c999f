using System.Globalization;
using System.Net.Http.Headers;
using HazardMap.Service.Hosting;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Tiles;
using HazardMap.Service.Tests.Worlds;
using Microsoft.AspNetCore.Builder;
using Xunit.Abstractions;

namespace HazardMap.Service.Tests.Risk.Crowd;

/// <summary>The crowd's town, served by two services on one database.</summary>
public sealed class CrowdRegister : ServedRegister, IAsyncLifetime
{
    private WebApplication _second = null!;

    /// <summary>The administrator's client of the second service.</summary>
    internal HttpClient Elsewhere { get; private set; } = null!;

    public new async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _second = HazardMapApp.Build(new(ConnectionString, "http://127.0.0.1:0"));
        await _second.StartAsync();
        Elsewhere = new HttpClient { BaseAddress = new Uri(_second.Urls.First()) };
        Elsewhere.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public new async Task DisposeAsync()
    {
        Elsewhere.Dispose();
        await _second.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override Task FillAsync() => CrowdTown.BuildAsync(Database);
}

/// <summary>
/// Eight writers at once, over HTTP at two services, in each other's way, while runs, other rules, runs called off, imports and psql go on:
/// when all is quiet, what was kept up to date is what a full run gives, and nothing acknowledged is lost.
/// </summary>
/// <remarks><c>HAZARDMAP_CROWD_REQUESTS</c> asks for more requests than the default, <c>HAZARDMAP_CROWD_SEED</c> for others.</remarks>
public sealed class CrowdTests(CrowdRegister town, ITestOutputHelper output) : IClassFixture<CrowdRegister>
{
    private const int Writers = 8;

    [Theory]
    [InlineData("2026-1"), InlineData("2026-1-walk"), InlineData("2026-2"), InlineData("2026-3"), InlineData("2026-2-walk"),
     InlineData("2027-1")]
    public async Task A_crowd_leaves_what_a_full_run_gives(string rule)
    {
        var (requests, seed) = (Asked("HAZARDMAP_CROWD_REQUESTS", 96), Asked("HAZARDMAP_CROWD_SEED", 20261122));
        output.WriteLine($"{requests} requests, seed {seed}");
        await town.ExecuteAsync("update register.facilities set capacity = 0");
        await RiskRun.RunAsync(town.Database, rule, "test", default);
        var ledger = await CrowdLedger.OpenAsync(town.Database);
        await using var events = await LevelEvents.ListenAsync(town.Database);
        var work = Task.WhenAll(Enumerable.Range(0, Writers).Select(i =>
            new CrowdWriter(() => i % 2 == 0 ? town.Administrator : town.Elsewhere, ledger, seed + i).WorkAsync(requests / 4 / Writers)));
        await Task.WhenAll(work, Disturb(ledger, seed + 100).OrderRunsAsync(rule, work),
            Disturb(ledger, seed + 101).PastTheServiceAsync(work),
            Disturb(ledger, seed + 102).ImportAsync(town.ConnectionString, work), LookAsync(work),
            Disturb(ledger, seed + 103).RunLongAsync(TimeSpan.FromSeconds(requests > 2000 ? 4 : 0.4), work));
        await Disturb(ledger, seed).OrderAsync(rule);
        output.WriteLine(ledger.ToString());
        await CrowdChecks.AssertQuietAndRightAsync(town.Database, $"{rule}, seed {seed}");
        await AssertMapsAreCurrentAsync();
        await events.AssertToldOnceAsync(town.Database);
        Assert.True(ledger.Wrong.IsEmpty, string.Join('\n', ledger.Wrong));
        await CrowdChecks.AssertNothingIsLostAsync(town.Database, ledger);
        Assert.InRange(ledger.Slowest.Seconds, 0, 8);
    }

    private CrowdDisturbance Disturb(CrowdLedger ledger, int seed) => new(town.Database, () => town.Administrator, ledger, seed);

    // So that there is something in the caches.
    private async Task LookAsync(Task until)
    {
        while (!until.IsCompleted)
        {
            foreach (var (path, _) in Tiles())
                foreach (var client in new[] { town.Administrator, town.Elsewhere }) await client.GetByteArrayAsync(path);
            await Task.Delay(200);
        }
    }

    private async Task AssertMapsAreCurrentAsync()
    {
        foreach (var (path, sql) in Tiles())
        {
            var drawn = await town.ScalarAsync<byte[]>(sql);
            Assert.Equal(drawn, await town.Administrator.GetByteArrayAsync(path));
            Assert.Equal(drawn, await town.Elsewhere.GetByteArrayAsync(path));
        }
    }

    private static IEnumerable<(Uri Path, string Sql)> Tiles()
    {
        foreach (var zoom in new[] { 5, 8, 12 })
        {
            var (x, y, _, _) = ValleyOfWaters.Locate(104.01, 23.01, zoom);
            foreach (var layer in new[] { "hazards", "facilities" })
                yield return (new Uri($"tiles/{layer}/{zoom}/{x}/{y}.mvt", UriKind.Relative), $"select tiles.{layer}({zoom}, {x}, {y})");
        }
    }

    private static int Asked(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var asked) ? asked : otherwise;
}
