using System.Collections.Concurrent;
using System.Diagnostics;

namespace HazardMap.Service.Database;

/// <summary>One attempt to start PostgreSQL, with what it said if it failed.</summary>
internal sealed class ServerStart
{
    private const int KeptLines = 20;
    private readonly ClusterDirectory _directory;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly DateTime _began = DateTime.UtcNow;

    public ServerStart(ClusterDirectory directory, ClusterPrograms programs, int port)
    {
        _directory = directory;
        Port = port;
        _process = Process.Start(programs.Server(directory.Postgres, Postmaster.Marks(directory, port)))!;
        _process.StandardInput.Close();
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public int ProcessId => _process.Id;

    public bool HasEnded => _process.HasExited;

    public bool PortWasTaken => Words().Contains("Address already in use", StringComparison.Ordinal);

    /// <summary>Why it did not start.</summary>
    public RefusalException Refusal()
    {
        var words = Words();
        return words.Contains("No space left on device", StringComparison.Ordinal)
            ? ClusterRefusals.DiskFull(_directory.Root, _directory.FreeBytes())
            : ClusterRefusals.DidNotStart(_directory.Postgres, words.Length > 0 ? words : $"nothing (exit code {_process.ExitCode})");
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        _said.Enqueue(line.Data);
        if (_said.Count > KeptLines) _said.TryDequeue(out _);
    }

    // Before the log collector runs the server speaks on stderr, afterwards in its log file.
    private string Words()
    {
        _process.WaitForExit(TimeSpan.FromSeconds(5));
        return string.Join('\n', _said.Concat(LogSinceStart()).Where(l => l.Contains("FATAL", StringComparison.Ordinal)
            || l.Contains("PANIC", StringComparison.Ordinal) || l.Contains("HINT", StringComparison.Ordinal)
            || l.Contains("could not", StringComparison.Ordinal) || l.Contains("postgres: ", StringComparison.Ordinal)).TakeLast(8));
    }

    private IEnumerable<string> LogSinceStart()
    {
        var log = Path.Combine(_directory.Postgres, "log");
        if (!Directory.Exists(log)) return [];
        var since = _began.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        return new DirectoryInfo(log).GetFiles("*.log").Where(f => f.LastWriteTimeUtc >= _began.AddSeconds(-1))
            .SelectMany(f => File.ReadLines(f.FullName).TakeLast(200))
            .Where(line => string.CompareOrdinal(line, since) >= 0);
    }
}
