using System.Diagnostics;

namespace HazardMap.Benchmarks;

/// <summary>Installs what a peer needs.</summary>
internal static class PeerPrograms
{
    /// <summary>A folder that survives the run.</summary>
    public static string CacheFolder(string name)
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
            ? given : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Directory.CreateDirectory(Path.Combine(cache, "hazardmap-benchmarks", name)).FullName;
    }

    /// <summary>Runs a program to its end; what it said is the message when it fails.</summary>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, string folder, CancellationToken stop)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder,
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {string.Concat(said).Trim()}");
    }

    /// <summary>Installs a Debian package, as root or with sudo.</summary>
    public static Task InstallPackageAsync(string package, CancellationToken stop)
    {
        string[] command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends", package];
        if (!Environment.IsPrivilegedProcess) command = ["sudo", "-n", .. command];
        return RunAsync(command[0], command[1..], "/", stop);
    }

    /// <summary>Unpacks a Debian package into the cache without installing it, so that no daemon of it is started.</summary>
    public static async Task<string> UnpackAsync(string package, string file, CancellationToken stop)
    {
        var folder = CacheFolder(package);
        var program = Path.Combine(folder, file);
        if (File.Exists(program)) return folder;
        await RunAsync("apt-get", ["download", package], folder, stop);
        await RunAsync("dpkg-deb", ["-x", Directory.GetFiles(folder, "*.deb").Single(), "."], folder, stop);
        return folder;
    }
}

/// <summary>Processes that end together.</summary>
internal sealed class ChildProcesses : IAsyncDisposable
{
    private readonly List<ChildProcess> _processes = [];

    /// <summary>A folder of theirs that goes with them.</summary>
    public string? Folder { get; init; }

    public ChildProcess Add(ChildProcess process)
    {
        _processes.Add(process);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
        if (Folder is not null) Directory.Delete(Folder, recursive: true);
    }
}
