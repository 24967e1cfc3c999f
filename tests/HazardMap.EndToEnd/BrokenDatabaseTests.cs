using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HazardMap.EndToEnd.Worlds;
using HazardMap.Service.Database;

namespace HazardMap.EndToEnd;

/// <summary>Every command on every kind of database that is no register: refused by name, in both languages, nothing written.</summary>
public sealed class BrokenDatabaseTests : IDisposable
{
    private static readonly string[][] Reading =
        [["status"], ["export", "Hazards", Path.Combine(Path.GetTempPath(), "never.csv")], ["roads"],
            ["coverage", "--kind", "SwimmingPool", "--within", "5000", "--demand", "pupils"],
            ["psql", "--", "-c", "select 1"], ["serve", "--port", "0"]];

    private static readonly string[][] Migrating =
        [["migrate"], ["sample"], ["import", "/dev/null", "--as", "hazards"], ["psql", "--admin", "--", "-c", "select 1"]];

    private static readonly string[][] Writing = [["risk"], ["ways"], .. Migrating];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("postgresql://office:secret@127.0.0.1:5432/register", "ConnectionStringIsUri", "Port=5432;Database=register")]
    [InlineData("postgres://office:secret@db/register?sslmode=require", "ConnectionStringIsUri", "Host=db;")]
    [InlineData("Host=127.0.0.1;Username=office;Password=secret", "DatabaseNotNamed", "Database=")]
    [InlineData("Database=register;Username=office;Password=secret", "HostNotNamed", "Host=")]
    [InlineData("Host=127.0.0.1;Database=register;Colour=blue;Password=secret", "BadConnectionString", "colour")]
    [InlineData("host=127.0.0.1 dbname=register password=secret", "BadConnectionString", "Host=")]
    public async Task A_connection_string_that_names_no_database_is_refused_with_what_to_write(string given, string code, string remedy)
    {
        foreach (var command in Reading.Concat(Writing).Append(["up", "--data", _directory.Path, "--port", "0"]))
        {
            var words = await RefusedAsync(given, command);
            Assert.Contains(code, words, StringComparison.Ordinal);
            Assert.Contains(remedy, words, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_wrong_password_and_a_database_that_is_not_there_are_told_apart()
    {
        await using var database = await BorrowedDatabase.CreateAsync(extensions: null);
        foreach (var command in Reading.Concat(Writing))
        {
            Assert.Contains("DatabaseRefusesLogin", await RefusedAsync(database.ConnectionString.Replace("Password=borrowed",
                "Password=forgotten", StringComparison.Ordinal), command), StringComparison.Ordinal);
            Assert.Contains("NoSuchDatabase", await RefusedAsync(database.ConnectionString.Replace($"Database={database.Name}",
                "Database=hm_nowhere", StringComparison.Ordinal), command), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_database_without_a_register_is_named_by_whoever_wants_to_read_it()
    {
        await using var database = await BorrowedDatabase.CreateAsync();
        foreach (var command in Reading)
            Assert.Contains("NoRegisterInDatabase", await RefusedAsync(database.ConnectionString, command), StringComparison.Ordinal);
        Assert.Equal(0L, await SchemasAsync(database));
    }

    [Fact]
    public async Task A_foreign_schema_called_register_is_left_alone()
    {
        await using var database = await BorrowedDatabase.CreateAsync();
        await database.AdministerAsync($"create schema register; create table register.cash (amount integer)");
        foreach (var command in Reading.Concat(Writing).Append(["up", "--data", _directory.Path, "--port", "0"]))
            Assert.Contains("ForeignSchema, register", await RefusedAsync(database.ConnectionString, command), StringComparison.Ordinal);
        Assert.Equal(0L, await SchemasAsync(database, "journal"));
    }

    [Fact]
    public async Task Extensions_in_another_schema_are_found_before_anything_is_written()
    {
        await using var database = await BorrowedDatabase.CreateAsync(extensions: "gis");
        foreach (var command in Migrating.Append(["up", "--data", _directory.Path, "--port", "0"]))
        {
            var words = await RefusedAsync(database.ConnectionString, command);
            Assert.Contains("ExtensionElsewhere, postgis", words, StringComparison.Ordinal);
            Assert.Contains("create extension postgis schema public", words, StringComparison.Ordinal);
        }
        Assert.Equal(0L, await SchemasAsync(database));
    }

    [Fact]
    public async Task A_schema_of_a_former_version_is_named_by_whoever_may_not_bring_it_up()
    {
        await using var database = await BorrowedDatabase.CreateWithRegisterAsync();
        await database.AdministerAsync("update journal.scripts set sha256 = 'of a former version' where name = 'definitions'");
        foreach (var command in Reading)
            Assert.Contains("./hazardmap migrate", await RefusedAsync(database.ConnectionString, command), StringComparison.Ordinal);
        var least = await database.AddRoleAsync($"{database.Name}_least", "in role hazardmap_service");
        Assert.Contains("NotTheOwner", await RefusedAsync(least, "up", "--data", _directory.Path, "--port", "0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_told_to_be_read_only_is_read_and_not_written()
    {
        await using var database = await BorrowedDatabase.CreateWithRegisterAsync();
        await database.AdministerAsync($"alter database {database.Name} set default_transaction_read_only = on");
        foreach (var command in new[] { "sample", "risk" })
            Assert.Contains("DatabaseIsReadOnly", await RefusedAsync(database.ConnectionString, command), StringComparison.Ordinal);
        using var status = database.Run("status");
        Assert.True(await status.ExitCodeAsync() == 0, status.Errors);
    }

    [Fact]
    public async Task A_replica_is_read_and_not_written()
    {
        await using (var up = await RunningUp.StartAsync(_directory.Path, "--empty")) await up.StopAsync();
        var directory = ClusterDirectory.At(_directory.Path);
        await File.WriteAllTextAsync(Path.Combine(directory.Postgres, "standby.signal"), "");
        var port = FreePort();
        using var replica = StartByHand(directory, port);
        try
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Database=hazardmap;Username=postgres;"
                + $"Password={ClusterSecrets.Of(directory).Superuser};Ssl Mode=Disable");
            await ReadableAsync(at);
            string[][] serving = [["serve", "--port", "0"], ["up", "--data", _directory.Path + "-2", "--port", "0"]];
            foreach (var command in Writing.Concat(serving))
                Assert.Contains("DatabaseIsReadOnly", await RefusedAsync(at, command), StringComparison.Ordinal);
        }
        finally
        {
            Signals.Send(replica.Id, "INT");
            await replica.WaitForExitAsync();
        }
    }

    private static async Task ReadableAsync(string at)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var status = BorrowedDatabase.RunAt(at, "status");
            if (await status.ExitCodeAsync() == 0) return;
            Assert.True(attempt < 20, status.Errors);
            await Task.Delay(500);
        }
    }

    // As the user the cluster belongs to, who finds the directory opened by somebody who may enter it.
    private static Process StartByHand(ClusterDirectory directory, int port) => Process.Start("sh", ["-c", $"""
        owner=$(stat -c %U {directory.Postgres}) && cd / && exec 9<{directory.Postgres}
        set -- /usr/lib/postgresql/15/bin/postgres -D /proc/self/fd/9 -c logging_collector=off
        set -- "$@" -c port={port.ToString(CultureInfo.InvariantCulture)}
        if [ "$(id -u)" = 0 ]; then exec setpriv --reuid="$owner" --regid="$owner" --clear-groups "$@"; else exec "$@"; fi
        """]);

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    private static async Task<string> RefusedAsync(string connectionString, params string[] command)
    {
        using var run = BorrowedDatabase.RunAt(connectionString, command);
        var code = await run.ExitCodeAsync();
        Assert.True(code == 1, $"{string.Join(' ', command)}: exit code {code}. {run.Errors} {run.Output}");
        Assert.Equal("", run.Output);
        Assert.Contains("已拒绝", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        return run.Errors;
    }

    private static Task<long> SchemasAsync(BorrowedDatabase database, string like = "%") => database.AskAsync<long>(
        $"""
        select count(*) from pg_namespace
        where nspname in ('journal', 'register', 'odata', 'tiles', 'account') and nspname like '{like}'
        """);
}
