using System.Globalization;
using HazardMap.EndToEnd.Worlds;

namespace HazardMap.EndToEnd;

/// <summary>kill -9 between a commit and its answer: a repeatable request that is sent again is answered, not done again.</summary>
public sealed class RepeatableCrashTests : IDisposable
{
    private const int Phones = 4;
    private const int Edits = 40;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Edits_sent_again_after_the_service_and_the_database_were_killed_are_done_once_and_answered_the_same()
    {
        var current = await RunningUp.StartAsync(_directory.Path, "--empty");
        var phones = await Repeaters.BeginAsync(_directory.Path, Phones);
        var work = phones.WorkAsync(Edits, () => current);
        for (var kill = 1; kill <= 3; kill++)
        {
            await Patience.UntilAsync(() => phones.Answered >= Phones * Edits * kill / 4 || work.IsCompleted);
            if (work.IsCompleted) await work;
            var killed = current;
            if (kill == 2) Signals.Send(killed.Server.ProcessId, "KILL");
            killed.Executable.Signal("KILL");
            await killed.Executable.ExitCodeAsync();
            current = await RunningUp.StartAsync(_directory.Path, "--empty");
            await killed.DisposeAsync();
        }
        await work;
        await using var up = current;
        await phones.AssertEachWasDoneOnceAsync(_directory.Path, Edits);
        await phones.SendAllAgainAsync(up);
        await phones.AssertEachWasDoneOnceAsync(_directory.Path, Edits);
        Assert.True(phones.Sendings > 2 * Phones * Edits, string.Create(CultureInfo.InvariantCulture, $"{phones.Sendings} sendings"));
        Assert.Equal(0, await up.StopAsync());
    }
}
