using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HazardMap.Service.Database;

/// <summary>
/// A running PostgreSQL server of ours, recognised by its command line among all processes of the machine. A pid file
/// can lie after kill -9 or a restarted container; a command line cannot.
/// </summary>
/// <param name="ProcessId">The server's first process.</param>
/// <param name="Port">The loopback port it listens on.</param>
internal sealed record Postmaster(int ProcessId, int Port)
{
    private const string DirectoryMark = "hazardmap.directory=";
    private const string PortMark = "port=";

    /// <summary>The settings by which a server of this directory is found again.</summary>
    public static IEnumerable<string> Marks(ClusterDirectory directory, int port) =>
        [DirectoryMark + directory.Root, PortMark + port.ToString(CultureInfo.InvariantCulture), "cluster_name=" + ClusterName(directory)];

    /// <summary>The server that runs on this directory, whoever started it, or null.</summary>
    public static Postmaster? Find(ClusterDirectory directory)
    {
        var mark = DirectoryMark + directory.Root;
        foreach (var (pid, arguments) in Processes())
            if (arguments.Contains(mark, StringComparer.Ordinal) && PortOf(arguments) is { } port)
                return new Postmaster(pid, port);
        return null;
    }

    /// <summary>Whether the process still runs and is still the same server.</summary>
    public bool IsAlive() => Arguments(ProcessId).Contains(PortMark + Port.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>Whether the pid file of a server on this port says that it accepts connections.</summary>
    public static bool SaysReady(ClusterDirectory directory, int port)
    {
        try
        {
            var lines = File.ReadAllLines(PidFile(directory));
            return lines.Length >= 8 && lines[3] == port.ToString(CultureInfo.InvariantCulture)
                && lines[7].StartsWith("ready", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Waits until the server's first process is gone.</summary>
    public async Task WaitForExitAsync(CancellationToken stop)
    {
        while (IsAlive()) await Task.Delay(100, stop);
    }

    /// <summary>
    /// After kill -9 of the first process its children end by themselves within moments; those that do not would keep
    /// the shared memory, and a new server would refuse to start. They are ended here.
    /// </summary>
    public static async Task EndOrphansAsync(ClusterDirectory directory, CancellationToken stop)
    {
        var title = $"postgres: {ClusterName(directory)}: ";
        for (var attempt = 0; ; attempt++)
        {
            var orphans = Processes()
                .Where(p => p.Arguments.Length > 0 && p.Arguments[0].StartsWith(title, StringComparison.Ordinal)).ToList();
            if (orphans.Count == 0) return;
            if (attempt >= 50)
                foreach (var (pid, _) in orphans) Posix.Signal(pid, attempt < 60 ? Posix.Quit : Posix.Kill);
            await Task.Delay(100, stop);
        }
    }

    /// <summary>
    /// Removes a pid file whose number now belongs to some other program: PostgreSQL would take that for a running
    /// server and refuse. A server that somebody started by hand on the directory is refused instead.
    /// </summary>
    public static void ClearStaleLock(ClusterDirectory directory)
    {
        var file = PidFile(directory);
        if (!File.Exists(file)) return;
        if (int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid))
        {
            var arguments = Arguments(pid);
            if (arguments.Length > 0 && arguments[0].EndsWith("postgres", StringComparison.Ordinal)
                && arguments.Any(a => a.Contains(directory.Postgres, StringComparison.Ordinal)))
                throw ClusterRefusals.RunBySomebodyElse(directory.Postgres, pid);
        }
        File.Delete(file);
    }

    private static string PidFile(ClusterDirectory directory) => Path.Combine(directory.Postgres, "postmaster.pid");

    private static string ClusterName(ClusterDirectory directory) =>
        "hazardmap-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory.Root)))[..8];

    private static int? PortOf(string[] arguments) =>
        arguments.FirstOrDefault(a => a.StartsWith(PortMark, StringComparison.Ordinal)) is { } mark
        && int.TryParse(mark.AsSpan(PortMark.Length), CultureInfo.InvariantCulture, out var port) ? port : null;

    private static IEnumerable<(int ProcessId, string[] Arguments)> Processes()
    {
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var pid))
                yield return (pid, Arguments(pid));
    }

    // Empty when the process is gone, a zombie, or the kernel's own.
    private static string[] Arguments(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/cmdline")
                .Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
