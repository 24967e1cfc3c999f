using System.Diagnostics;
using System.Globalization;
using HazardMap.Service.Risk.Runs;

namespace HazardMap.Benchmarks;

/// <summary>A program that ran to its end.</summary>
/// <param name="Output">What it printed.</param>
/// <param name="Seconds">How long it took by the clock, its start included.</param>
/// <param name="PeakMegabytes">The most memory it held.</param>
/// <param name="Told">Lines on its standard error.</param>
internal sealed record MeasuredProcess(string Output, double Seconds, double PeakMegabytes, int Told)
{
    /// <summary>Runs a command of the service on a database.</summary>
    public static MeasuredProcess RunService(IEnumerable<string> arguments, string connectionString) =>
        Run("dotnet", [typeof(RiskRun).Assembly.Location, .. arguments], ("HAZARDMAP_DATABASE", connectionString));

    /// <summary>Runs a program.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its last words.</exception>
    public static MeasuredProcess Run(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
            { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var peak = 0.0;
        using var watching = new Timer(_ => peak = Math.Max(peak, Peak(process.Id)), null, 0, 200);
        var told = new List<string>();
        process.ErrorDataReceived += (_, line) => { if (line.Data is { } text) told.Add(text); };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {string.Join('\n', told)}");
        return new MeasuredProcess(output, watch.Elapsed.TotalSeconds, peak, told.Count);
    }

    private static double Peak(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException) { return 0; } // it has just ended
    }
}
