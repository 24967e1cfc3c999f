using System.Runtime.ExceptionServices;
using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>
/// Hears of every statement of this process that failed because the server could not load a library of its own (58P01), wherever it
/// was caught.
/// </summary>
internal sealed class LibraryFaults : IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);
    private long _heard;
    private DateTime _taken = DateTime.MinValue;

    public LibraryFaults() => AppDomain.CurrentDomain.FirstChanceException += Hear;

    /// <summary>
    /// Whether there is one that nobody acted on. Once in ten minutes: what did not help is not tried again and again.
    /// </summary>
    public bool Take(DateTime now)
    {
        if (Interlocked.Exchange(ref _heard, 0) == 0 || now - _taken < Rest) return false;
        _taken = now;
        return true;
    }

    /// <summary>Forgets what was heard: the server was restarted, and what that does not help is left alone for a while.</summary>
    public void Forget(DateTime now)
    {
        Interlocked.Exchange(ref _heard, 0);
        _taken = now;
    }

    /// <inheritdoc />
    public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= Hear;

    /// <summary>Whether the server could not load a library, or found another one than it was built with.</summary>
    public static bool Is(PostgresException failed) =>
        failed.SqlState == PostgresErrorCodes.UndefinedFile
        || failed.MessageText.StartsWith("incompatible library", StringComparison.Ordinal)
        || failed.MessageText.StartsWith("could not load library", StringComparison.Ordinal);

    private void Hear(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (thrown.Exception is PostgresException failed && Is(failed)) Interlocked.Exchange(ref _heard, 1);
    }
}
