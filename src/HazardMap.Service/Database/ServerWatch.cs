namespace HazardMap.Service.Database;

/// <summary>Looks after the private server for its supervisor: does it run, and are its files still those it was started with?</summary>
internal sealed class ServerWatch(ClusterDirectory directory, ClusterPrograms programs) : IDisposable
{
    private const int LooksASecond = 10;
    private readonly LibraryFaults _faults = new();
    private readonly ServerFiles _files = new();

    /// <summary>Whether a running server was started with other files than stand there now.</summary>
    public static bool RunsFormerFiles(ClusterDirectory directory, ClusterPrograms programs, Postmaster server) =>
        ServerFiles.IsReplaced(server.ProcessId) || Started(directory) is { } started && started != programs.Stamp();

    /// <summary>Returns false when the server has ended, true when it should be restarted for the sake of its files.</summary>
    public async Task<bool> UntilGoneOrReplacedAsync(Postmaster server, CancellationToken stop)
    {
        for (var look = 0; server.IsAlive(); look++)
        {
            if (look % LooksASecond == 0 && NeedsRestart(server)) return true;
            await Task.Delay(TimeSpan.FromSeconds(1.0 / LooksASecond), stop);
        }
        return false;
    }

    /// <summary>The server runs with the files that stand there.</summary>
    public void Restarted() => _faults.Forget(DateTime.UtcNow);

    /// <inheritdoc />
    public void Dispose() => _faults.Dispose();

    // A fault without other files may come of a library that the server shares with the system: a restart loads it anew.
    private bool NeedsRestart(Postmaster server)
    {
        var now = programs.Stamp();
        var replaced = ServerFiles.IsReplaced(server.ProcessId);
        var started = Started(directory) ?? now;
        return _files.AreOthers(started, now, replaced) || (now == started && !replaced && _faults.Take(DateTime.UtcNow));
    }

    // A server that a former version of this program started has no note.
    private static string? Started(ClusterDirectory directory) =>
        File.Exists(directory.ServerFiles) ? File.ReadAllText(directory.ServerFiles) : null;
}
