using System.Net;
using System.Net.Http.Json;
using HazardMap.EndToEnd.Worlds;

namespace HazardMap.EndToEnd;

/// <summary>The register on an office's own PostgreSQL, where we are nobody special.</summary>
public sealed class BorrowedServerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_plain_owner_is_told_up_front_what_an_administrator_runs_once_and_two_registers_live_on_one_server()
    {
        await using var one = await BorrowedDatabase.CreateAsync(extensions: null);
        await using var other = await BorrowedDatabase.CreateAsync(extensions: null);
        foreach (var database in new[] { one, other })
        {
            using var refused = database.Run("migrate");
            Assert.Equal(1, await refused.ExitCodeAsync());
            Assert.Contains("./hazardmap migrate --print-grants", refused.Errors, StringComparison.Ordinal);
            Assert.Contains("管理员", refused.Errors, StringComparison.Ordinal);
            Assert.Equal(0L, await database.AskAsync<long>("select count(*) from pg_namespace where nspname in ('journal', 'register')"));

            using var grants = database.Run("migrate", "--print-grants");
            Assert.True(await grants.ExitCodeAsync() == 0, grants.Errors);
            await database.AdministerAsync(grants.Output);
            await database.AdministerAsync(grants.Output); // once more does no harm
        }
        foreach (var database in new[] { one, other })
        {
            foreach (var command in new[] { "migrate", "status", "risk" })
            {
                using var run = database.Run(command);
                Assert.True(await run.ExitCodeAsync() == 0, $"{command}: {run.Errors}");
            }
            Assert.Equal(1L, await database.AskAsync<long>("""
                select count(*) from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase and d.datname = current_database()
                where 'default_transaction_read_only=on' = any (s.setconfig)
                """));
        }
    }

    [Fact]
    public async Task Roles_whose_settings_fit_are_not_altered_by_a_later_version()
    {
        await using var database = await BorrowedDatabase.CreateWithRegisterAsync();
        await database.AdministerAsync("update journal.scripts set sha256 = 'of a former version' where name = 'definitions'");
        using var migrate = database.Run("migrate");
        Assert.True(await migrate.ExitCodeAsync() == 0, migrate.Errors);
    }

    [Fact]
    public async Task Who_may_only_serve_starts_up_on_a_current_schema_and_edits_go_through()
    {
        await using var database = await BorrowedDatabase.CreateWithRegisterAsync();
        var least = await database.AddRoleAsync($"{database.Name}_least", "in role hazardmap_service");
        await using var up = await RunningUp.StartAsync(Executable.Path, _directory.Path, BorrowedDatabase.At(least), "--empty");
        Assert.Equal(HttpStatusCode.OK, (await up.Client.GetAsync("/health/ready")).StatusCode);
        await database.AdministerAsync("""
            insert into register.divisions (code, name, level, centre, source)
              values ('99', 'Borrowland', 'Prefecture', 'point(104.2 23.4)', 'test')
            """);
        var edit = await up.Client.PostAsync("/odata/People",
            JsonContent.Create(new { Name = "somebody", DivisionCode = "99" }, options: new()));
        Assert.True(edit.StatusCode == HttpStatusCode.Created, await edit.Content.ReadAsStringAsync());
        Assert.Equal(0, await up.StopAsync());
    }

    [Fact]
    public async Task The_token_file_fits_the_database_that_is_served()
    {
        await using var one = await BorrowedDatabase.CreateWithRegisterAsync();
        await using var other = await BorrowedDatabase.CreateWithRegisterAsync();
        foreach (var database in new[] { one, other, one })
        {
            await using var up = await RunningUp.StartAsync(Executable.Path, _directory.Path,
                BorrowedDatabase.At(database.ConnectionString), "--empty");
            Assert.Equal(HttpStatusCode.OK, (await up.Client.GetAsync("/api/status")).StatusCode);
            Assert.Equal(0, await up.StopAsync());
        }
    }

    [Fact]
    public async Task Psql_on_a_borrowed_server_reads_what_the_reader_may_and_no_more()
    {
        await using var database = await BorrowedDatabase.CreateWithRegisterAsync();
        using var masked = database.Run("psql", "--", "-Atc", "select current_user, count(*) from odata.people");
        Assert.True(await masked.ExitCodeAsync() == 0, masked.Errors);
        Assert.Equal("hazardmap_reader|0", masked.Output);
        using var names = database.Run("psql", "--", "-Atc", "select name, phone from register.people");
        Assert.NotEqual(0, await names.ExitCodeAsync());
        Assert.Contains("permission denied", names.Errors, StringComparison.Ordinal);
        using var admin = database.Run("psql", "--admin", "--", "-Atc", "select count(*) from register.people");
        Assert.Equal(0, await admin.ExitCodeAsync());
    }

    [Fact]
    public async Task An_administrators_time_limits_do_not_break_a_migration_or_a_run()
    {
        await using var database = await BorrowedDatabase.CreateAsync();
        await database.AdministerAsync($"""
            alter database {database.Name} set statement_timeout = '20ms';
            alter database {database.Name} set lock_timeout = '5ms';
            alter database {database.Name} set idle_in_transaction_session_timeout = '5ms'
            """);
        using var grants = database.Run("migrate", "--print-grants");
        Assert.True(await grants.ExitCodeAsync() == 0, grants.Errors);
        await database.AdministerAsync(grants.Output);
        foreach (var command in new[] { "migrate", "sample", "risk", "status" })
        {
            using var run = database.Run(command);
            Assert.True(await run.ExitCodeAsync(patienceSeconds: 180) == 0, $"{command}: {run.Errors}");
        }
    }

    [Fact]
    public async Task Who_finds_all_connections_in_use_waits_and_is_then_told_so_in_one_way()
    {
        await using var database = await BorrowedDatabase.CreateWithRegisterAsync();
        var few = await database.AddRoleAsync($"{database.Name}_few", "in role hazardmap_service connection limit 14");
        await using var up = await RunningUp.StartAsync(Executable.Path, _directory.Path, BorrowedDatabase.At(few), "--empty");
        var crowd = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => up.Client.GetAsync(
            i % 2 == 0 ? $"/odata/Hazards?$top={i + 1}" : $"/tiles/hazards/14/{i}/7000.mvt")));
        Assert.All(crowd, answer => Assert.True((int)answer.StatusCode is 200 or 204, answer.StatusCode.ToString()));

        await database.AdministerAsync($"""
            alter role {database.Name}_few connection limit 0;
            select pg_terminate_backend(pid) from pg_stat_activity where usename = '{database.Name}_few'
            """);
        up.Client.DefaultRequestHeaders.Add("Connection", "close");
        var refused = await Task.WhenAll(new[] { "/odata/Hazards", "/tiles/hazards/14/77/77.mvt", "/api/status" }.Select(RefusedAsync));
        Assert.All(refused, words => Assert.Equal(refused[0], words));
        Assert.Contains("TooManyConnections", refused[0], StringComparison.Ordinal);
        Assert.Contains("连接已全部占用", refused[0], StringComparison.Ordinal);
        await database.AdministerAsync($"alter role {database.Name}_few connection limit 14");
        Assert.Equal(HttpStatusCode.OK, (await up.Client.GetAsync("/api/status")).StatusCode);

        // Two looks: the first may meet a connection that has just been ended.
        async Task<string> RefusedAsync(string path)
        {
            await up.Client.GetAsync(path);
            var answer = await up.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            return await answer.Content.ReadAsStringAsync();
        }
    }
}
