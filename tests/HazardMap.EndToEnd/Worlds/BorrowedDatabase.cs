using System.Diagnostics;
using System.Globalization;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.EndToEnd.Worlds;

/// <summary>
/// A database on somebody else's server, as an office is given one: it belongs to a role that owns it and may do nothing else there.
/// </summary>
internal sealed class BorrowedDatabase : IAsyncDisposable
{
    private static int _number;
    private readonly List<string> _roles = [];

    private BorrowedDatabase(string name) => Name = name;

    public string Name { get; }

    /// <summary>The owner's connection string, as HAZARDMAP_DATABASE takes it.</summary>
    public string ConnectionString => As(Name);

    /// <summary>An empty database; its administrator has made the extensions, unless told otherwise.</summary>
    public static async Task<BorrowedDatabase> CreateAsync(string? extensions = "public")
    {
        var number = Interlocked.Increment(ref _number);
        var name = string.Create(CultureInfo.InvariantCulture, $"hm_office_{Environment.ProcessId}_{number}");
        var made = new BorrowedDatabase(name);
        await made.AddRoleAsync(name);
        await using var server = NpgsqlDataSource.Create(Superuser("postgres"));
        await server.ExecuteAsync($"create database {name} owner {name}", CancellationToken.None);
        if (extensions is not null)
            await made.AdministerAsync($"""
                create schema if not exists {extensions}; create extension postgis schema {extensions};
                set search_path = public, {extensions};
                create extension pgrouting schema {extensions}; create extension pg_trgm schema {extensions}
                """);
        return made;
    }

    /// <summary>The same, brought to this program's schema.</summary>
    public static async Task<BorrowedDatabase> CreateWithRegisterAsync()
    {
        var made = await CreateAsync();
        using var grants = made.Run("migrate", "--print-grants");
        Assert.True(await grants.ExitCodeAsync() == 0, grants.Errors);
        await made.AdministerAsync(grants.Output);
        using var migrate = made.Run("migrate");
        Assert.True(await migrate.ExitCodeAsync() == 0, migrate.Errors);
        return made;
    }

    /// <summary>A further role that logs in, such as one that only serves.</summary>
    public async Task<string> AddRoleAsync(string role, string options = "")
    {
        await using var server = NpgsqlDataSource.Create(Superuser("postgres"));
        await server.ExecuteAsync($"create role {role} login password 'borrowed' {options}", CancellationToken.None);
        _roles.Add(role);
        return As(role);
    }

    /// <summary>Statements of the server's administrator in this database, as psql runs them.</summary>
    public async Task AdministerAsync(string script)
    {
        var at = new NpgsqlConnectionStringBuilder(Superuser(Name));
        var start = new ProcessStartInfo("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"])
        {
            RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (name, value) in new[] { ("PGHOST", at.Host), ("PGPORT", at.Port.ToString(CultureInfo.InvariantCulture)),
            ("PGUSER", at.Username), ("PGPASSWORD", at.Password), ("PGDATABASE", Name) })
            start.Environment[name] = value;
        using var psql = Process.Start(start)!;
        await psql.StandardInput.WriteAsync(script);
        psql.StandardInput.Close();
        var errors = await psql.StandardError.ReadToEndAsync();
        await psql.WaitForExitAsync();
        Assert.True(psql.ExitCode == 0, errors);
    }

    /// <summary>What the superuser reads there.</summary>
    public async Task<T?> AskAsync<T>(string sql)
    {
        await using var server = NpgsqlDataSource.Create(Superuser(Name));
        return await server.ScalarAsync<T>(sql, CancellationToken.None);
    }

    /// <summary>A command of ours on this database.</summary>
    public Executable Run(params string[] arguments) => RunAt(ConnectionString, arguments);

    /// <summary>A command of ours with that HAZARDMAP_DATABASE.</summary>
    public static Executable RunAt(string connectionString, params string[] arguments) => Executable.Start(At(connectionString), arguments);

    /// <summary>The variable that names a database.</summary>
    public static IReadOnlyDictionary<string, string> At(string connectionString) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["HAZARDMAP_DATABASE"] = connectionString };

    public async ValueTask DisposeAsync()
    {
        await using var server = NpgsqlDataSource.Create(Superuser("postgres"));
        await server.ExecuteAsync($"drop database if exists {Name} with (force)", CancellationToken.None);
        foreach (var role in _roles) await server.ExecuteAsync($"drop role if exists {role}", CancellationToken.None);
    }

    private static string Superuser(string database) => new NpgsqlConnectionStringBuilder(
        System.Environment.GetEnvironmentVariable("HAZARDMAP_TEST_DATABASE")) { Database = database, Pooling = false }.ConnectionString;

    private string As(string role)
    {
        var server = new NpgsqlConnectionStringBuilder(Superuser(Name));
        return string.Create(CultureInfo.InvariantCulture,
            $"Host={server.Host};Port={server.Port};Database={Name};Username={role};Password=borrowed;Ssl Mode=Disable");
    }
}
