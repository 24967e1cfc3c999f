using System.Diagnostics;
using System.Globalization;

namespace HazardMap.EndToEnd.Worlds;

/// <summary>A file system of a few megabytes in memory, for full disks. Only root may mount one.</summary>
internal static class SmallDisk
{
    /// <summary>Mounts it; false, and a word on the console, where that is not allowed.</summary>
    public static async Task<bool> MountAsync(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        if (Environment.IsPrivilegedProcess
            && await RunAsync("mount", "-t", "tmpfs", "-o",
                "size=" + megabytes.ToString(CultureInfo.InvariantCulture) + "m,mode=0755", "tmpfs", path))
            return true;
        await Console.Error.WriteLineAsync("NOT TESTED: a full disk (only root may mount a small one)");
        return false;
    }

    public static Task UnmountAsync(string path) => RunAsync("umount", path);

    /// <summary>Fills what is left, but for the given bytes.</summary>
    public static async Task FillAsync(string path)
    {
        try
        {
            await using var filler = File.Create(Path.Combine(path, "filler"));
            var block = new byte[1 << 20];
            while (true) await filler.WriteAsync(block);
        }
        catch (IOException)
        {
            // full
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
