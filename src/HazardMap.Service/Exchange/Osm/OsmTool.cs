using System.ComponentModel;
using System.Diagnostics;

namespace HazardMap.Service.Exchange.Osm;

/// <summary>
/// A child process that reads or mends extracts (osmium, osm2pgsql, bzip2): bounded in time, killed when the import is stopped.
/// </summary>
internal static class OsmTool
{
    /// <summary>The longest that one tool may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    private static readonly Dictionary<string, string> Packages = new(StringComparer.Ordinal)
    {
        ["osmium"] = "osmium-tool", ["osm2pgsql"] = "osm2pgsql", ["bzip2"] = "bzip2",
    };

    /// <summary>Runs a tool to its end and returns what it wrote to stdout.</summary>
    /// <param name="fileName">The user's file, for what is said when it fails.</param>
    /// <param name="program">The program, found on PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="stop">Kills it.</param>
    /// <param name="environment">Variables that it gets besides ours: what no list of processes should show.</param>
    /// <param name="feed">Writes its stdin; without it the tool reads nothing.</param>
    /// <exception cref="RefusalException">It is missing, says no (<see cref="OsmToolErrors"/>), or takes too long.</exception>
    public static async Task<string> RunAsync(string fileName, string program, IEnumerable<string> arguments, CancellationToken stop,
        IEnumerable<(string Name, string? Value)>? environment = null, Action<Stream>? feed = null)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bounded.CancelAfter(Limit);
        using var process = Start(program, arguments, environment ?? []);
        try
        {
            var said = process.StandardError.ReadToEndAsync(bounded.Token);
            var written = process.StandardOutput.ReadToEndAsync(bounded.Token);
            await FeedAsync(process, feed, bounded.Token);
            await process.WaitForExitAsync(bounded.Token);
            if (process.ExitCode != 0) throw OsmToolErrors.Refusal(fileName, program, process.ExitCode, await said);
            return await written;
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            stop.ThrowIfCancellationRequested();
            throw TooLong(fileName);
        }
        catch
        {
            Kill(process);
            throw;
        }
    }

    /// <summary>Starts a tool whose stdout somebody reads as it comes. The caller disposes of it, which ends it.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, IEnumerable<(string Name, string? Value)> environment)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardInput = true,
            RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            var package = Packages[program];
            throw new RefusalException("ToolMissing", $"{program} is not installed; run: apt-get install {package}",
                $"未安装 {program}，请执行：apt-get install {package}");
        }
    }

    /// <summary>Ends a tool that nobody needs any more.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // it has ended by itself
        }
    }

    private static async Task FeedAsync(Process process, Action<Stream>? feed, CancellationToken stop)
    {
        await using var input = process.StandardInput.BaseStream;
        if (feed is null) return;
        try
        {
            await Task.Run(() => feed(input), stop).WaitAsync(stop);
            await input.FlushAsync(stop);
        }
        catch (IOException)
        {
            // It reads no further: why, it says on stderr.
        }
    }

    private static RefusalException TooLong(string fileName) => new("ExtractTooLarge",
        $"Reading {fileName} took more than {Limit.TotalHours} hours; cut a smaller extract: osmium extract --bbox=W,S,E,N {fileName}",
        $"读取 {fileName} 超过 {Limit.TotalHours} 小时；请裁剪更小的区域："
            + $"osmium extract --bbox=西,南,东,北 {fileName}", fileName);
}
