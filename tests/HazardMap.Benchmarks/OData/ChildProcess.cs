using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HazardMap.Benchmarks;

/// <summary>A server in a process of its own; killed with what it started when disposed.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lastWords = [];

    private ChildProcess(Process process) => _process = process;

    /// <summary>Starts it; <paramref name="environment"/> is added to ours.</summary>
    public static ChildProcess Start(string program, IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true,
            UseShellExecute = false, WorkingDirectory = folder ?? "" };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        var child = new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start"));
        child._process.ErrorDataReceived += (_, line) => child.Heard(line.Data);
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>What it said last on its standard output and error.</summary>
    public string LastWords { get { lock (_lastWords) return string.Join('\n', _lastWords); } }

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes => Status("VmRSS");

    /// <summary>The most it ever was.</summary>
    public long PeakResidentBytes => Status("VmHWM");

    /// <summary>Waits for a line of its standard output that fits, and returns the match.</summary>
    public async Task<Match> SaysAsync(string pattern, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            Heard(line);
            if (Regex.Match(line, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)) is not { Success: true } match) continue;
            _ = DrainAsync();
            return match;
        }
        throw new InvalidOperationException($"{_process.StartInfo.FileName} ended without a word of {pattern}:\n{LastWords}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // A full pipe would stop it.
    private async Task DrainAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line) Heard(line);
    }

    private void Heard(string? line)
    {
        if (line is null) return;
        lock (_lastWords)
        {
            _lastWords.Add(line);
            if (_lastWords.Count > 50) _lastWords.RemoveAt(0);
        }
    }

    private long Status(string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(x => x.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
