using HazardMap.Service.Database;
using HazardMap.Service.Exchange;
using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>
/// A PostGIS for measuring: HAZARDMAP_TEST_DATABASE when it is set, else a private throw-away cluster. Databases made here
/// are dropped at the end.
/// </summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    private readonly string _superuser;
    private readonly PrivateCluster? _cluster;
    private readonly string? _folder;
    private readonly List<string> _databases = [];

    private BenchmarkServer(string superuser, PrivateCluster? cluster, string? folder) =>
        (_superuser, _cluster, _folder) = (superuser, cluster, folder);

    public static async Task<BenchmarkServer> OpenAsync(CancellationToken stop)
    {
        if (Environment.GetEnvironmentVariable("HAZARDMAP_TEST_DATABASE") is { Length: > 0 } given)
            return new BenchmarkServer(given, null, null);
        var folder = Directory.CreateTempSubdirectory("hazardmap-benchmark-").FullName;
        var directory = ClusterDirectory.At(folder);
        directory.EnsureUsable();
        var cluster = await PrivateCluster.OpenAsync(directory, throwAway: true, Progress.Say, stop);
        return new BenchmarkServer(cluster.ConnectionString(ClusterRole.Superuser, "postgres"), cluster, folder);
    }

    /// <summary>A new, migrated, empty register.</summary>
    public async Task<NpgsqlDataSource> CreateRegisterAsync(CancellationToken stop)
    {
        var name = $"bench_{Guid.NewGuid():N}"[..24];
        await ExecuteAsync($"create database {name}", stop);
        _databases.Add(name);
        var database = RegisterDatabase.Open(
            new NpgsqlConnectionStringBuilder(_superuser) { Database = name, CommandTimeout = 0 }.ConnectionString, "hazardmap-benchmark");
        await Migrator.MigrateAsync(database, _ => { }, stop);
        return database;
    }

    /// <summary>How another process reaches a register made here.</summary>
    public string ConnectionStringOf(NpgsqlDataSource database) =>
        new NpgsqlConnectionStringBuilder(_superuser) { Database =
            new NpgsqlConnectionStringBuilder(database.ConnectionString).Database }.ConnectionString;

    /// <summary>A register with one of the shared extracts in it; <see langword="null"/> where that is absent.</summary>
    public async Task<NpgsqlDataSource?> CreateRegisterOfAsync(string extract, CancellationToken stop)
    {
        if (SharedData.Find($"geodata/osm/{extract}") is not { } path) return null;
        var database = await CreateRegisterAsync(stop);
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        await new FileImport(database, new NpgsqlConnectionStringBuilder(_superuser) { Database = name }.ConnectionString)
            .RunAsync(new ImportRequest(path), stop);
        await using var analyze = database.CreateCommand("analyze");
        await analyze.ExecuteNonQueryAsync(stop);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _databases) await ExecuteAsync($"drop database if exists {name} with (force)", CancellationToken.None);
        if (_cluster is not null) await _cluster.StopAsync();
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }

    private async Task ExecuteAsync(string sql, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(_superuser + ";Pooling=false");
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}
