using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HazardMap.EndToEnd.Worlds;
using HazardMap.Service.Database;
using Xunit.Abstractions;

namespace HazardMap.EndToEnd;

/// <summary>
/// Edits that were made without a network, sent by phones whose answers are dropped and whose requests are doubled and reordered, while
/// browsers, service and database are killed, a water is deleted, another closed, and an area taken away: each is applied exactly once or
/// stands as a visible conflict; none is lost, none doubled, none stuck.
/// </summary>
/// <remarks><c>HAZARDMAP_LONG=1</c>: 10,000 edits by 20 clients, five of them browsers, and 50 kills.</remarks>
public sealed class SyncCrashTests(BrowserFixture browser, ITestOutputHelper output) : IClassFixture<BrowserFixture>, IDisposable
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("HAZARDMAP_LONG") == "1";
    private static readonly (int Phones, int Browsers, int Edits, int Kills, int Ponds) Size =
        IsLong ? (15, 5, 500, 50, 40) : (5, 1, 24, 3, 9);
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Each_edit_is_applied_once_or_stands_as_a_conflict_whatever_is_killed_meanwhile()
    {
        var port = FreePort();
        var current = await RunningUp.StartAtAsync(_directory.Path, port, "--empty");
        var team = await FieldTeam.GatherAsync(_directory.Path, Size.Phones + Size.Browsers, Size.Ponds);
        var phones = Task.WhenAll(Enumerable.Range(0, Size.Phones).Select(client =>
            Task.Run(() => team.WorkAsync(client, team.Edits(client, Size.Edits), () => current))));
        var browsers = new List<FieldBrowser>();
        for (var i = 0; i < Size.Browsers; i++)
        {
            var app = await FieldBrowser.OpenAsync(browser, current, i);
            await app.TakeUpAsync(team.RescueOf(team.Edits(Size.Phones + i, Size.Edits)));
            browsers.Add(app);
        }
        HashSet<Guid> troubled = [team.Ponds[0], team.Ponds[1]];
        for (var kill = 1; kill <= Size.Kills; kill++)
        {
            var enough = Size.Phones * Size.Edits * kill / (Size.Kills + 1);
            await Patience.UntilAsync(() => phones.IsCompleted || team.Answered.Count >= enough);
            if (phones.IsFaulted) await phones;
            var killed = current;
            if (kill == (Size.Kills + 1) / 2) await TroubleAsync(killed, team);
            if (kill % 2 == 0) Signals.Send(killed.Server.ProcessId, "KILL");
            killed.Executable.Signal("KILL");
            await killed.Executable.ExitCodeAsync();
            current = await RunningUp.StartAtAsync(_directory.Path, port, "--empty");
            await killed.DisposeAsync();
            if (browsers.Count > 0) await browsers[kill % browsers.Count].DieAsync(current.Address);
        }
        await phones;
        foreach (var app in browsers) await app.UntilAllIsSentAsync();
        var (applied, kept) = await team.AssertNothingIsLostOrDoubledAsync(_directory.Path, troubled);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{team.Made.Count} edits, {team.Sendings} sendings by phones, {Size.Kills} kills: {applied} applied, {kept} in conflict"));
        Assert.True(kept > 0, "nobody quarrelled");
        foreach (var app in browsers) await app.DisposeAsync();
        await using var up = current;
        Assert.Equal(0, await up.StopAsync());
    }

    /// <summary>A water is deleted, another closed, and the area of the first phone's account taken away.</summary>
    private async Task TroubleAsync(RunningUp up, FieldTeam team)
    {
        await using var register = await RegisterSession.OpenAsync(_directory.Path, ClusterRole.Superuser, CancellationToken.None);
        await register.Database.ExecuteAsync("delete from register.hazards where id = $1", CancellationToken.None, team.Ponds[0]);
        await register.Database.ExecuteAsync("update register.hazards set status = 'Closed' where id = $1", CancellationToken.None,
            team.Ponds[1]);
        await register.Database.ExecuteAsync("update account.grants set area = '990002' where account = 'li'", CancellationToken.None);
        Assert.Equal(HttpStatusCode.NotFound, (await up.Client.GetAsync($"odata/Hazards({team.Ponds[0]})")).StatusCode);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
