using System.Globalization;
using HazardMap.EndToEnd.Worlds;
using HazardMap.Service.Database;
using HazardMap.Service.Tests.Risk.Crowd;
using Xunit.Abstractions;

namespace HazardMap.EndToEnd;

/// <summary>
/// kill -9 of the service amid a crowd of writers, runs, other rules and psql: the next start takes up what was noted, and
/// when all is quiet, scores, reaches, counts and histories are what a full run gives.
/// </summary>
/// <remarks><c>HAZARDMAP_CROWD_KILLS</c> asks for more kills than the default.</remarks>
public sealed class CrowdCrashTests(ITestOutputHelper output) : IDisposable
{
    private const int Writers = 6, AnswersAKill = 30;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_crowd_whose_service_is_killed_again_and_again_leaves_what_a_full_run_gives()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("HAZARDMAP_CROWD_KILLS"), CultureInfo.InvariantCulture, out var asked)
            ? asked : 1;
        var current = await RunningUp.StartAsync(_directory.Path, "--empty");
        await using (var register = await RegisterSession.OpenAsync(_directory.Path, ClusterRole.Superuser, CancellationToken.None))
        {
            await CrowdTown.BuildAsync(register.Database);
            var ledger = await CrowdLedger.OpenAsync(register.Database);
            CrowdDisturbance Disturb(int seed) => new(register.Database, () => current.Client, ledger, seed);
            using var enough = new CancellationTokenSource();
            var crowd = Task.WhenAll(Enumerable.Range(0, Writers)
                .Select(i => Task.Run(() => WorkAsync(new CrowdWriter(() => current.Client, ledger, 40 + i), enough.Token))));
            var disturbed = Task.WhenAll(Disturb(50).OrderRunsAsync("2026-2", crowd), Disturb(51).PastTheServiceAsync(crowd));
            for (var kill = 1; kill <= kills; kill++)
            {
                await AnswersAsync(ledger, AnswersAKill, crowd);
                var killed = current;
                killed.Executable.Signal("KILL");
                await killed.Executable.ExitCodeAsync();
                current = await RunningUp.StartAsync(_directory.Path, "--empty");
                await killed.DisposeAsync();
            }
            await AnswersAsync(ledger, AnswersAKill, crowd);
            await enough.CancelAsync();
            await Task.WhenAll(crowd, disturbed);
            output.WriteLine($"{kills} kills: {ledger}");
            await CrowdChecks.AssertQuietAndRightAsync(register.Database, "after kill -9");
            Assert.True(ledger.Wrong.IsEmpty, string.Join('\n', ledger.Wrong));
            await CrowdChecks.AssertNothingIsLostAsync(register.Database, ledger);
        }
        await using var up = current;
        Assert.Equal(0, await up.StopAsync());
    }

    private static async Task WorkAsync(CrowdWriter writer, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) await writer.WorkAsync(1);
    }

    private static async Task AnswersAsync(CrowdLedger ledger, int more, Task crowd)
    {
        var (from, until) = (ledger.Answered, DateTime.UtcNow.AddMinutes(1));
        while (ledger.Answered < from + more)
        {
            Assert.False(crowd.IsCompleted, crowd.Exception?.ToString());
            Assert.True(DateTime.UtcNow < until, $"never answered: {ledger}");
            await Task.Delay(20);
        }
    }
}
