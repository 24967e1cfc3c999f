using System.Diagnostics;
using System.Globalization;
using System.Net;
using HazardMap.EndToEnd.Worlds;
using HazardMap.Service.Database;

namespace HazardMap.EndToEnd;

/// <summary>kill -9 of the service, of the database and of both: what was acknowledged is kept, and the next start mends itself.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_database_killed_under_200_edits_comes_back_in_the_same_up_and_no_acknowledged_edit_is_lost()
    {
        await using var up = await RunningUp.StartAsync(_directory.Path, "--empty");
        var inspectors = await Inspectors.BeginAsync(_directory.Path);
        var work = inspectors.WorkAsync(200, () => up);
        for (var kill = 1; kill <= 2; kill++)
        {
            await Patience.UntilAsync(() => inspectors.Acknowledged >= 50 * kill || work.IsCompleted);
            if (work.IsCompleted) await work;
            Signals.Send(up.Server.ProcessId, "KILL");
        }
        await work;
        await inspectors.AssertNothingIsLostAsync(_directory.Path);
        Assert.Equal(200, inspectors.Acknowledged);
        Assert.Contains("PostgreSQL is back", up.Executable.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await up.StopAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_service_killed_under_200_edits_goes_on_in_the_next_up_with_or_without_its_database(bool databaseToo)
    {
        await using var first = await RunningUp.StartAsync(_directory.Path, "--empty");
        var current = first;
        var inspectors = await Inspectors.BeginAsync(_directory.Path);
        var work = inspectors.WorkAsync(200, () => current);
        await Patience.UntilAsync(() => inspectors.Acknowledged >= 80 || work.IsCompleted);
        var server = first.Server;
        first.Executable.Signal("KILL");
        if (databaseToo) Signals.Send(server.ProcessId, "KILL");
        await first.Executable.ExitCodeAsync();

        await using var second = await RunningUp.StartAsync(_directory.Path, "--empty");
        Assert.Equal(databaseToo, second.Server.ProcessId != server.ProcessId); // an orphan is taken over, not started twice
        current = second;
        await work;
        await inspectors.AssertNothingIsLostAsync(_directory.Path);
        Assert.Equal(0, await second.StopAsync());
        Assert.Null(Postmaster.Find(ClusterDirectory.At(_directory.Path)));
    }

    [Fact]
    public async Task While_the_database_is_away_the_service_answers_503_and_when_to_come_back()
    {
        await using var up = await RunningUp.StartAsync(_directory.Path, "--empty");
        var server = up.Server;
        Signals.Send(server.ProcessId, "STOP"); // neither dead nor answering
        Signals.Send(server.ProcessId, "KILL");
        var seen = new HashSet<HttpStatusCode>();
        await Patience.UntilAsync(() =>
        {
            using var answer = up.Client.GetAsync("/api/status").GetAwaiter().GetResult();
            seen.Add(answer.StatusCode);
            if (answer.StatusCode != HttpStatusCode.OK) Assert.NotNull(answer.Headers.RetryAfter);
            return answer.StatusCode == HttpStatusCode.OK && up.Executable.Errors.Contains("PostgreSQL is back", StringComparison.Ordinal);
        });
        Assert.Subset(new HashSet<HttpStatusCode> { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable }, seen);
        Assert.NotEqual(server.ProcessId, up.Server.ProcessId);
    }

    [Fact]
    public async Task A_pid_file_whose_number_now_belongs_to_another_program_does_not_keep_the_register_closed()
    {
        await using (var first = await RunningUp.StartAsync(_directory.Path, "--empty"))
        {
            var server = first.Server;
            first.Executable.Signal("KILL");
            Signals.Send(server.ProcessId, "KILL");
            await first.Executable.ExitCodeAsync();
        }
        using var stranger = SleeperOf(Path.Combine(_directory.Path, "postgres"));
        var file = Path.Combine(_directory.Path, "postgres", "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(file);
        lines[0] = stranger.Id.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(file, lines);
        await using var second = await RunningUp.StartAsync(_directory.Path, "--empty");
        Assert.Equal(HttpStatusCode.OK, (await second.Client.GetAsync("/health/ready")).StatusCode);
        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    [Fact]
    public async Task A_first_start_killed_at_any_moment_leaves_a_directory_that_the_next_start_completes()
    {
        foreach (var milliseconds in new[] { 250, 600, 1000, 1600, 2500 })
        {
            using var early = Executable.Start("up", "--data", _directory.Path, "--port", "0", "--empty");
            await Task.Delay(milliseconds);
            early.Signal("KILL");
            await early.ExitCodeAsync();
        }
        await using var up = await RunningUp.StartAsync(_directory.Path, "--empty");
        Assert.Equal(HttpStatusCode.OK, (await up.Client.GetAsync("/api/status")).StatusCode);
    }

    // A process of the database's own user: PostgreSQL takes a live one of its own for a running server.
    private static Process SleeperOf(string postgresDirectory)
    {
        if (!Environment.IsPrivilegedProcess) return Process.Start("sleep", "120");
        using var stat = Process.Start(
            new ProcessStartInfo("stat", ["-c", "%u", postgresDirectory]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var user = stat.StandardOutput.ReadToEnd().Trim();
        return Process.Start("setpriv", ["--reuid=" + user, "--clear-groups", "sleep", "120"]);
    }
}
