using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using HazardMap.EndToEnd.Worlds;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.EndToEnd;

/// <summary>PostgreSQL's package is upgraded while the register is served.</summary>
public sealed class PostgresUpgradeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ServerTree _tree = new();

    public void Dispose()
    {
        _directory.Dispose();
        _tree.Dispose();
    }

    [Fact]
    public async Task An_upgrade_under_a_running_up_lets_transactions_end_restarts_the_server_and_edits_and_tiles_go_on()
    {
        await using var up = await RunningUp.StartAsync(Executable.Path, _directory.Path, _tree.Environment, "--empty");
        await using var owner = await SettleAsync(up);
        await EditAsync(up, "before");
        await using var connection = await owner.OpenConnectionAsync();
        await using var import = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("insert into register.people (name, division_code, source) values ('half done', '99', 'test')",
            CancellationToken.None);
        var former = up.Server.ProcessId;
        _tree.Upgrade();
        await Task.Delay(TimeSpan.FromSeconds(6));
        Assert.Equal(former, up.Server.ProcessId);
        await import.CommitAsync();

        var watch = Stopwatch.StartNew();
        await Patience.UntilAsync(() => up.Executable.Errors.Contains("runs with its new files", StringComparison.Ordinal));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 15);
        Assert.NotEqual(former, up.Server.ProcessId);
        await EditAsync(up, "after");
        Assert.True((await up.Client.GetAsync("/tiles/hazards/14/12900/7000.mvt")).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.OK, (await up.Client.GetAsync("/health/ready")).StatusCode);
        Assert.Contains("数据库程序文件已被替换", up.Executable.Errors, StringComparison.Ordinal);
        Assert.Equal(1L, await owner.ScalarAsync<long>("select count(*) from register.people where name = 'half done'",
            CancellationToken.None));
        Assert.Equal(0, await up.StopAsync());
    }

    [Fact]
    public async Task A_server_that_can_load_no_library_is_not_ready_and_says_what_to_do_and_is_ready_again_once_it_can()
    {
        await using var up = await RunningUp.StartAsync(Executable.Path, _directory.Path, _tree.Environment, "--empty");
        await using var owner = await SettleAsync(up);
        await EditAsync(up, "before");
        _tree.ReplaceLibrary();
        await Patience.UntilAsync(() => up.Executable.Errors.Contains("runs with its new files", StringComparison.Ordinal));
        var ready = await up.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("systemctl restart postgresql", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var edit = await up.Client.PostAsync("/odata/People", Person("between"));
        var words = await edit.Content.ReadAsStringAsync();
        Assert.True(edit.StatusCode == HttpStatusCode.ServiceUnavailable, words);
        Assert.Contains("DatabaseNeedsRestart", words, StringComparison.Ordinal);
        Assert.Contains("软件包升级", words, StringComparison.Ordinal);
        Assert.NotNull(edit.Headers.RetryAfter);
        using var risk = Executable.Start(_tree.Environment, "risk", "--data", _directory.Path);
        Assert.Equal(1, await risk.ExitCodeAsync());
        Assert.Contains("systemctl restart postgresql", risk.Errors, StringComparison.Ordinal);
        Assert.Contains("systemctl restart postgresql", up.Executable.Errors, StringComparison.Ordinal);

        _tree.PutLibraryBack();
        await Patience.UntilAsync(() => up.Client.GetAsync("/health/ready").Result.IsSuccessStatusCode);
        await EditAsync(up, "after");
        Assert.Equal(0, await up.StopAsync());
    }

    [Fact]
    public async Task A_server_left_behind_by_a_killed_up_and_upgraded_since_is_restarted_by_the_next_command()
    {
        await using (var up = await RunningUp.StartAsync(Executable.Path, _directory.Path, _tree.Environment, "--empty"))
        {
            up.Executable.Signal("KILL");
            await up.Executable.ExitCodeAsync();
        }
        _tree.Upgrade();
        using var status = Executable.Start(_tree.Environment, "risk", "--data", _directory.Path);
        Assert.True(await status.ExitCodeAsync() == 0, status.Errors);
    }

    private static async Task EditAsync(RunningUp up, string name)
    {
        var answer = await up.Client.PostAsync("/odata/People", Person(name));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    private static JsonContent Person(string name) => JsonContent.Create(new { Name = name, DivisionCode = "99" }, options: new());

    // A division to edit in, and the owner's way to the database.
    private static async Task<NpgsqlDataSource> SettleAsync(RunningUp up)
    {
        var secrets = ClusterSecrets.Of(ClusterDirectory.At(up.DataDirectory));
        var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = up.Server.Port, Database = "hazardmap", Username = "postgres", Password = secrets.Superuser,
        });
        await owner.ExecuteAsync("""
            insert into register.divisions (code, name, level, centre, source)
              values ('99', 'Upgradeland', 'Prefecture', 'point(104.2 23.4)', 'test')
            """, CancellationToken.None);
        return owner;
    }
}
