using System.Runtime.InteropServices;

namespace HazardMap.Service.Database;

/// <summary>The system calls that .NET has no method for.</summary>
internal static class Posix
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends a signal; false when there is no such process or it is not ours to signal.</summary>
    public static bool Signal(int processId, int signal) => kill(processId, signal) == 0;

    /// <summary>Gives a file or directory to a user and group.</summary>
    public static void GiveTo(string path, uint user, uint group)
    {
        if (chown(path, user, group) != 0)
            throw new IOException($"chown {user}:{group} {path}: error {Marshal.GetLastPInvokeError()}");
    }

    /// <summary>The user this process acts as; 0 is root.</summary>
    public static uint UserId() => geteuid();

    /// <summary>Has the names of a directory's files put on the disk: a new file is safe only then.</summary>
    public static void FlushDirectory(string path)
    {
        var directory = open(path, 0);
        if (directory < 0) throw new IOException($"open {path}: error {Marshal.GetLastPInvokeError()}");
        var failed = fsync(directory) != 0 ? Marshal.GetLastPInvokeError() : 0;
        _ = close(directory);
        if (failed != 0) throw new IOException($"fsync {path}: error {failed}");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false,
        ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int file);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int processId, int signal);

    [DllImport("libc", EntryPoint = "chown", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false,
        ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();
}
