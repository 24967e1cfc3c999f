using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Hosting;

/// <summary>The migrated database that <c>up</c> serves: the private cluster, or what HAZARDMAP_DATABASE names.</summary>
internal sealed class ServedDatabase : IAsyncDisposable
{
    private readonly PrivateCluster? _cluster;
    private readonly ClusterDirectory _directory;

    private ServedDatabase(ClusterDirectory directory, PrivateCluster? cluster, string owner, string service)
    {
        _directory = directory;
        _cluster = cluster;
        Owner = RegisterDatabase.Open(owner);
        ServiceConnectionString = service;
    }

    /// <summary>For migrating and loading.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <summary>For the API.</summary>
    public string ServiceConnectionString { get; }

    public static async Task<ServedDatabase> OpenAsync(ClusterDirectory directory, CancellationToken stop)
    {
        var served = await LocateAsync(directory, stop);
        try
        {
            await Migrator.MigrateAsync(served.Owner, Progress.Say, stop);
            if (served._cluster is null) await Migrator.EnsureCurrentAsync(served.Owner, writes: true, stop);
            return served;
        }
        catch
        {
            await served.DisposeAsync();
            throw;
        }
    }

    /// <summary>A code that logs the administrator in once.</summary>
    public Task<string> LoginCodeAsync(CancellationToken stop) => new AccountStore(Owner).CreateLoginCodeAsync(stop);

    /// <summary>Supervises the private cluster; a borrowed server is its owner's business.</summary>
    public Task KeepRunningAsync(Action away, CancellationToken stop) =>
        _cluster?.KeepRunningAsync(away, stop) ?? Task.Delay(Timeout.Infinite, stop);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        if (_cluster is not null) await _cluster.StopAsync(IsUsedByACommand);
    }

    private static async Task<ServedDatabase> LocateAsync(ClusterDirectory directory, CancellationToken stop)
    {
        if (BorrowedServer.ConnectionString() is { } given)
            return new ServedDatabase(directory, null, given, given);
        var own = await PrivateCluster.OpenAsync(directory, throwAway: false, Progress.Say, stop);
        return new ServedDatabase(directory, own, own.ConnectionString(ClusterRole.Superuser), own.ConnectionString(ClusterRole.Service));
    }

    // An import that still runs when `up` is stopped keeps the cluster, and stops it when it is done.
    private bool IsUsedByACommand()
    {
        using var alone = FileLock.TryAlone(_directory.UseLock);
        if (alone is null)
            Progress.Say("another command still uses the database; it will stop it / "
                + "另一命令仍在使用数据库，由其负责停止");
        return alone is null;
    }
}
