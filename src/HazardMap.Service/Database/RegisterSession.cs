using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>
/// The register for the time of one command: the database that HAZARDMAP_DATABASE names, else the private cluster of the
/// data directory, running or not. A cluster that was stopped is started, and stopped again by whoever leaves last.
/// </summary>
internal sealed class RegisterSession : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly PrivateCluster? _cluster;
    private readonly ClusterDirectory? _directory;
    private readonly FileLock? _use;

    private RegisterSession(string connectionString, PrivateCluster? cluster = null,
        ClusterDirectory? directory = null, FileLock? use = null)
    {
        ConnectionString = connectionString;
        _cluster = cluster;
        _directory = directory;
        _use = use;
        Database = RegisterDatabase.Open(connectionString);
    }

    /// <summary>The pool to work on.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>The same for child processes (psql, osm2pgsql, ogr2ogr).</summary>
    public string ConnectionString { get; }

    /// <summary>Opens the register, brought to this program's schema.</summary>
    /// <param name="dataDirectory">The value of <c>--data</c>.</param>
    /// <param name="role">The least role that can do the command's work.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="RefusalException">There is no register there, or it can't be opened.</exception>
    public static async Task<RegisterSession> OpenAsync(string dataDirectory, ClusterRole role, CancellationToken stop)
    {
        if (BorrowedServer.ConnectionString() is { } given) return await BorrowAsync(given, role, stop);
        var place = ClusterDirectory.At(dataDirectory);
        if (!place.Exists) throw ClusterRefusals.NoRegister(place.Root);
        place.EnsureUsable();
        var mine = await FileLock.WaitAsync(() => FileLock.TryShared(place.UseLock), Patience, stop)
            ?? throw ClusterRefusals.Busy(place.Root);
        var running = await OpenClusterAsync(place, mine, stop);
        var session = new RegisterSession(running.ConnectionString(role), running, place, mine);
        try
        {
            await MigrateAsync(running, stop);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _use?.Dispose();
        if (_cluster is not null && !IsWanted()) await _cluster.StopAsync(IsWanted);
    }

    // Who may change the register also brings it to this program's schema; nobody else finds it on another.
    private static async Task<RegisterSession> BorrowAsync(string connectionString, ClusterRole role, CancellationToken stop)
    {
        var session = new RegisterSession(connectionString);
        try
        {
            if (role == ClusterRole.Superuser) await Migrator.MigrateAsync(session.Database, Progress.Say, stop);
            await Migrator.EnsureCurrentAsync(session.Database, writes: role is not (ClusterRole.Reader or ClusterRole.Question), stop);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private static async Task<PrivateCluster> OpenClusterAsync(ClusterDirectory place, FileLock mine, CancellationToken stop)
    {
        try
        {
            return await PrivateCluster.OpenAsync(place, throwAway: false, Progress.Say, stop, () => IsHeld(place.UpLock));
        }
        catch
        {
            mine.Dispose();
            throw;
        }
    }

    private static async Task MigrateAsync(PrivateCluster running, CancellationToken stop)
    {
        await using var owner = RegisterDatabase.Open(running.ConnectionString(ClusterRole.Superuser));
        await Migrator.MigrateAsync(owner, Progress.Say, stop);
    }

    // Somebody holds a lock that we could not take alone.
    private bool IsWanted() => IsHeld(_directory!.UpLock) || IsHeld(_directory.UseLock);

    private static bool IsHeld(string path)
    {
        using var held = FileLock.TryAlone(path);
        return held is null;
    }
}
