using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Tests.Worlds;

/// <summary>The PostGIS cluster that <c>./hazardmap test</c> starts; databases come from a template migrated once.</summary>
internal static class TestServer
{
    private static readonly Lazy<Task<string>> Template = new(CreateTemplateAsync);
    private static readonly SemaphoreSlim OneCopyAtATime = new(1);

    public static string ConnectionString { get; } = Environment.GetEnvironmentVariable("HAZARDMAP_TEST_DATABASE")
        ?? throw new InvalidOperationException("HAZARDMAP_TEST_DATABASE is not set: run the tests with ./hazardmap test");

    /// <summary>A new database, migrated and empty; drop it with <see cref="DropAsync"/>.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        var template = await Template.Value;
        var name = $"hm_{Environment.ProcessId}_{Guid.NewGuid():N}"[..30];
        await OneCopyAtATime.WaitAsync();
        try
        {
            await ExecuteAsync($"create database {name} template {template}");
        }
        finally
        {
            OneCopyAtATime.Release();
        }
        return In(name);
    }

    /// <summary>A new database without the schema.</summary>
    public static async Task<string> CreateBareDatabaseAsync()
    {
        var name = $"hm_{Environment.ProcessId}_{Guid.NewGuid():N}"[..30];
        await ExecuteAsync($"create database {name}");
        return In(name);
    }

    public static Task DropAsync(string connectionString) =>
        ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    private static string In(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database, MaxPoolSize = 20 }.ConnectionString;

    private static async Task<string> CreateTemplateAsync()
    {
        var name = $"hm_template_{Environment.ProcessId}";
        await ExecuteAsync($"drop database if exists {name} with (force)");
        await ExecuteAsync($"create database {name}");
        await using (var owner = RegisterDatabase.Open(In(name)))
            await Migrator.MigrateAsync(owner, _ => { }, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit +=
            (_, _) => ExecuteAsync($"drop database if exists {name} with (force)").Wait(TimeSpan.FromSeconds(5));
        return name;
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>An empty, migrated register of its own. Derive a named world from it, or use it as a class fixture.</summary>
public class EmptyRegister : IAsyncLifetime
{
    internal string ConnectionString { get; private set; } = "";

    internal NpgsqlDataSource Database { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        ConnectionString = await TestServer.CreateDatabaseAsync();
        Database = RegisterDatabase.Open(ConnectionString);
        if (Rule is { } rule) await ExecuteAsync("insert into register.active_risk_rule (rule, chosen_by) values ($1, 'test')", rule);
        await FillAsync();
    }

    /// <summary>The risk rule that is in force from the start; null: that of every new register.</summary>
    protected virtual string? Rule => null;

    public virtual async Task DisposeAsync()
    {
        await Database.DisposeAsync();
        await TestServer.DropAsync(ConnectionString);
    }

    /// <summary>What a named world puts in.</summary>
    protected virtual Task FillAsync() => Task.CompletedTask;

    /// <summary>Runs statements as they are; for filling worlds and for asking the database itself.</summary>
    internal async Task ExecuteAsync(string sql, params object?[] values)
    {
        await using var connection = await Database.OpenConnectionAsync();
        await using var command = connection.Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row.</summary>
    internal Task<T?> ScalarAsync<T>(string sql, params object?[] values) => Database.ScalarAsync<T>(sql, CancellationToken.None, values);
}
