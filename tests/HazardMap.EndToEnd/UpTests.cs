using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.EndToEnd.Worlds;

namespace HazardMap.EndToEnd;

/// <summary>The life of one data directory, from nothing to stopped.</summary>
public sealed class UpTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_fresh_start_serves_below_a_directory_only_root_may_enter_and_a_second_start_goes_on_where_it_was()
    {
        string token;
        await using (var first = await RunningUp.StartAsync(_directory.Path, "--empty"))
        {
            token = first.Token;
            Assert.Equal(HttpStatusCode.OK, (await first.Client.GetAsync("/health/ready")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await first.Client.GetAsync("/api/status")).StatusCode);
            Assert.DoesNotContain("code=", first.Executable.Errors, StringComparison.Ordinal);   // it may be kept in a log
            Assert.Contains($"./hazardmap login --data {_directory.Path}", first.Executable.Errors, StringComparison.Ordinal);
            Assert.Contains("/login?code=", (await first.LoginLinkAsync()).AbsoluteUri, StringComparison.Ordinal);
            Assert.Equal(0, await first.StopAsync());
        }
        var watch = Stopwatch.StartNew();
        await using var second = await RunningUp.StartAsync(_directory.Path, "--empty");
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 15);
        Assert.Equal(token, second.Token);
        Assert.Equal(HttpStatusCode.OK, (await second.Client.GetAsync("/api/status")).StatusCode);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_stops_service_and_server_in_good_order(string signal)
    {
        await using var up = await RunningUp.StartAsync(_directory.Path, "--empty");
        var server = up.Server;
        Assert.Equal(0, await up.StopAsync(signal));
        Assert.False(server.IsAlive());
        Assert.False(File.Exists(Path.Combine(_directory.Path, "postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task A_login_link_is_shown_on_a_terminal()
    {
        using var terminal = Executable.OnATerminal("up", "--data", _directory.Path, "--port", "0", "--empty");
        await Patience.UntilAsync(() => terminal.Output.Contains("ready http", StringComparison.Ordinal));
        Assert.Contains("/login?code=", terminal.Output, StringComparison.Ordinal);
        using var notice = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_directory.Path, "up.json")));
        Signals.Send(notice.RootElement.GetProperty("Pid").GetInt32(), "TERM");
        await terminal.ExitCodeAsync();
    }

    [Fact]
    public async Task What_lies_in_the_directory_is_its_owner_s_alone_also_when_others_made_it_before()
    {
        Directory.CreateDirectory(_directory.Path);
        File.SetUnixFileMode(_directory.Path, (UnixFileMode)0b111_101_101);
        await using var up = await RunningUp.StartAsync(_directory.Path, "--empty");
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(_directory.Path));
        var files = Directory.GetFiles(_directory.Path)
            .Concat(new[] { "hazardmap.conf", "postgresql.conf", "pg_hba.conf" }.Select(f => Path.Combine(_directory.Path, "postgres", f)));
        foreach (var file in files)
            Assert.True(File.GetUnixFileMode(file) == (UnixFileMode)0b110_000_000, $"{file}: {File.GetUnixFileMode(file)}");
    }

    [Fact]
    public async Task Tokens_are_listed_and_revoked_and_the_administrator_s_file_never_holds_a_dead_one()
    {
        await using var up = await RunningUp.StartAsync(_directory.Path, "--empty");
        var first = up.Token;
        using (var list = Executable.Start("token", "--data", _directory.Path))
        {
            Assert.Equal(0, await list.ExitCodeAsync());
            using var told = JsonDocument.Parse(list.Output);
            var token = Assert.Single(told.RootElement.EnumerateArray());
            Assert.Equal("admin", token.GetProperty("account").GetString());
            Assert.True(token.GetProperty("inAdministratorsFile").GetBoolean());
            using var revoke = Executable.Start("token", "revoke", token.GetProperty("id").GetString()!, "--data", _directory.Path);
            Assert.Equal(0, await revoke.ExitCodeAsync());
        }
        var second = up.Token;
        Assert.NotEqual(first, second, StringComparer.Ordinal);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await StatusAsync(up, first), await StatusAsync(up, second)));
        Assert.Equal(0, await SetPasswordAsync("admin", "水深危险 2026-summer"));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await StatusAsync(up, second), await StatusAsync(up, up.Token)));
        using var unknown = Executable.Start("token", "revoke", "0123456789ab", "--data", _directory.Path);
        Assert.Equal(1, await unknown.ExitCodeAsync());
    }

    [Fact]
    public async Task A_second_up_on_the_same_directory_is_refused_and_told_who_holds_it()
    {
        await using var first = await RunningUp.StartAsync(_directory.Path, "--empty");
        using var second = Executable.Start("up", "--data", _directory.Path, "--port", "0");
        Assert.Equal(1, await second.ExitCodeAsync());
        Assert.Contains($"pid {first.Executable.ProcessId}, {first.Address.GetLeftPart(UriPartial.Authority)}", second.Errors,
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await first.Client.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task A_command_works_beside_a_running_up_and_on_a_stopped_cluster_and_leaves_both_as_they_were()
    {
        await using (var up = await RunningUp.StartAsync(_directory.Path, "--empty"))
        {
            Assert.Equal(0, await HazardsAsync());
            Assert.True(up.Server.IsAlive());
            await up.StopAsync();
        }
        var counts = await Task.WhenAll(HazardsAsync(), HazardsAsync(), HazardsAsync());
        Assert.Equal(new int[3], counts);
        Assert.Null(Service.Database.Postmaster.Find(Service.Database.ClusterDirectory.At(_directory.Path)));
    }

    [Fact]
    public async Task Psql_reads_and_may_not_write()
    {
        await using var up = await RunningUp.StartAsync(_directory.Path, "--empty");
        using var read = Executable.Start("psql", "--data", _directory.Path, "--", "-Atc", "select current_user, count(*) from hazards");
        Assert.Equal(0, await read.ExitCodeAsync());
        Assert.Equal("hazardmap_reader|0", read.Output);
        using var write = Executable.Start("psql", "--data", _directory.Path, "--", "-c", "set default_transaction_read_only = off", "-c",
            "delete from register.hazards");
        Assert.NotEqual(0, await write.ExitCodeAsync());
        Assert.Contains("permission denied", write.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_set_on_the_command_line_logs_in_and_a_short_one_or_a_stranger_is_refused()
    {
        await using var up = await RunningUp.StartAsync(_directory.Path, "--empty");
        Assert.Equal(1, await SetPasswordAsync("admin", "short"));
        Assert.Equal(1, await SetPasswordAsync("nobody", "水深危险 2026-summer"));
        Assert.Equal(0, await SetPasswordAsync("admin", "水深危险 2026-summer"));
        using var stranger = new HttpClient { BaseAddress = up.Address };
        var session = await stranger.PostAsJsonAsync("/api/session", new { user = "admin", password = "水深危险 2026-summer" });
        Assert.True(session.IsSuccessStatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningUp up, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/session");
        request.Headers.Authorization = new("Bearer", token);
        using var stranger = new HttpClient { BaseAddress = up.Address };
        return (await stranger.SendAsync(request)).StatusCode;
    }

    private async Task<int> SetPasswordAsync(string name, string password)
    {
        using var command = Executable.StartFed(password + "\n", "user", "password", name, "--data", _directory.Path);
        return await command.ExitCodeAsync();
    }

    private async Task<int> HazardsAsync()
    {
        using var status = Executable.Start("status", "--data", _directory.Path);
        Assert.True(await status.ExitCodeAsync() == 0, status.Errors);
        using var json = JsonDocument.Parse(status.Output);
        return json.RootElement.GetProperty("counts").GetProperty("hazards").GetInt32();
    }
}
