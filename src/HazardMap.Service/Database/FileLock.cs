namespace HazardMap.Service.Database;

/// <summary>
/// An advisory lock on a file (flock). The kernel lets go of it when the process ends, however it ends, so a lock can
/// never be stale; the file itself stays. Child processes do not inherit it.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>The lock for this process alone, or null when another process holds it in any way.</summary>
    public static FileLock? TryAlone(string path) => Try(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>The lock together with others of its kind, or null when somebody holds it alone.</summary>
    public static FileLock? TryShared(string path) => Try(path, FileAccess.Read, FileShare.Read);

    /// <summary>Waits for the lock; null when <paramref name="patience"/> runs out.</summary>
    public static async Task<FileLock?> WaitAsync(Func<FileLock?> attempt, TimeSpan patience, CancellationToken stop)
    {
        var until = DateTime.UtcNow + patience;
        while (true)
        {
            if (attempt() is { } held) return held;
            if (DateTime.UtcNow > until) return null;
            await Task.Delay(Pause, stop);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static FileLock? Try(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileLock(new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = access, Share = share,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }));
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
    }
}
