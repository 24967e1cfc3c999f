using System.Collections.Concurrent;
using System.Diagnostics;

namespace HazardMap.EndToEnd.Worlds;

/// <summary>The built service executable, run as a process of its own.</summary>
internal sealed class Executable : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource<string> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _output = new();

    private Executable(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) _firstLine.TrySetCanceled();
            else
            {
                _output.Enqueue(line.Data);
                _firstLine.TrySetResult(line.Data);
            }
        };
        process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The executable of the configuration these tests were built in.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "src/HazardMap.Service/bin", Configuration,
        "net10.0/hazardmap-service");

    public int ProcessId => _process.Id;

    public bool HasEnded => _process.HasExited;

    public string Errors => string.Join('\n', _errors);

    public string Output => string.Join('\n', _output);

    private static string Configuration => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    public static Executable Start(params string[] arguments) => Start(new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    public static Executable Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Start(environment, input: "", arguments);

    /// <summary>Starts it with something to read on standard input.</summary>
    public static Executable StartFed(string input, params string[] arguments) =>
        Start(new Dictionary<string, string>(StringComparer.Ordinal), input, arguments);

    /// <summary>Starts another executable of ours, such as a copy with something dropped in.</summary>
    public static Executable StartOther(
        string path, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments) =>
        Start(environment ?? new Dictionary<string, string>(StringComparer.Ordinal), input: "", arguments, path);

    /// <summary>Starts it on a terminal of its own; what it says there is <see cref="Output"/>, whichever way it says it.</summary>
    public static Executable OnATerminal(params string[] arguments)
    {
        var line = string.Join(' ', arguments.Prepend(Path).Select(word => $"'{word}'"));
        return StartOther("script", environment: null, "--quiet", "--return", "--command", line, "/dev/null");
    }

    private static Executable Start(IReadOnlyDictionary<string, string> environment, string input, string[] arguments, string? path = null)
    {
        // As the launcher does: a test run in the background of a script inherits "ignore SIGINT". env becomes the program.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,QUIT", path ?? Path, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = System.IO.Path.GetTempPath(),
        };
        start.Environment.Remove("HAZARDMAP_DATABASE");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var started = Process.Start(start)!;
        started.StandardInput.Write(input);
        started.StandardInput.Close();
        return new Executable(started);
    }

    /// <summary>The first line of stdout; fails when the process ends without one.</summary>
    public async Task<string> FirstLineAsync(TimeSpan patience)
    {
        try
        {
            return await _firstLine.Task.WaitAsync(patience);
        }
        catch (Exception e) when (e is TimeoutException or TaskCanceledException)
        {
            throw new InvalidOperationException($"no line on stdout ({e.GetType().Name}). stderr:\n{Errors}", e);
        }
    }

    /// <summary>Sends a signal by its name, such as TERM.</summary>
    public void Signal(string name) => Signals.Send(ProcessId, name);

    /// <summary>The exit code, once it has ended.</summary>
    public async Task<int> ExitCodeAsync(int patienceSeconds = 60)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(patienceSeconds));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}

/// <summary>kill(1), by process id and nothing else.</summary>
internal static class Signals
{
    public static void Send(int processId, string name)
    {
        using var kill = Process.Start("kill", ["-" + name, processId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
