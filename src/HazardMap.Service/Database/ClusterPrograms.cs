using System.Diagnostics;
using System.Globalization;

namespace HazardMap.Service.Database;

/// <summary>
/// Runs PostgreSQL's programs on a data directory: as they are for an ordinary user, and as the directory's owner (else
/// <c>postgres</c>) for root, because PostgreSQL refuses to run as root.
/// </summary>
/// <remarks>
/// The data directory may lie below a directory that the unprivileged user may not enter, such as /root. Root opens it
/// and the program inherits it as descriptor 9; <c>/proc/self/fd/9</c> leads there without walking the path, so neither
/// rights nor capabilities have to be widened.
/// </remarks>
internal sealed class ClusterPrograms
{
    public const string Major = "15";
    private const string Inherited = "/proc/self/fd/9";
    private const string InheritedPassword = "/proc/self/fd/8";
    private static readonly string Binaries =
        Environment.GetEnvironmentVariable("HAZARDMAP_POSTGRES_BIN") ?? $"/usr/lib/postgresql/{Major}/bin";

    private readonly (uint User, uint Group)? _runAs;

    private ClusterPrograms((uint User, uint Group)? runAs) => _runAs = runAs;

    /// <summary>Finds the programs and the user to run them as, or refuses.</summary>
    public static ClusterPrograms For(ClusterDirectory directory)
    {
        var server = Path.Combine(Binaries, "postgres");
        if (!File.Exists(server)) throw ClusterRefusals.ProgramsMissing(server);
        var owner = directory.HasCluster ? OwnerOf(directory.Postgres) : default((uint User, uint Group)?);
        if (Posix.UserId() != 0)
            return owner is { } other && other.User != Posix.UserId()
                ? throw ClusterRefusals.OwnedByAnother(directory.Postgres, Output("stat", "-c", "%U", directory.Postgres))
                : new ClusterPrograms(null);
        return new ClusterPrograms(owner is { User: not 0 } ? owner : PostgresUser());
    }

    /// <summary>The path with every symbolic link resolved; the end of it need not exist.</summary>
    public static string RealPath(string path) => Output("realpath", "-m", "--", Path.GetFullPath(path));

    /// <summary>Makes a directory, or hands over an existing one, that only the server's user may enter.</summary>
    public void MakeOwnDirectory(string path)
    {
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(path, ownerOnly);
        Hand(path);
    }

    /// <summary>Gives a file to the server's user.</summary>
    public void Hand(string path)
    {
        if (_runAs is { } to) Posix.GiveTo(path, to.User, to.Group);
    }

    /// <summary>The server's files as they stand on disk, see <see cref="ServerFiles.Stamp"/>.</summary>
    public string Stamp() => ServerFiles.Stamp(Binaries);

    /// <summary>How to start initdb in an empty directory of ours.</summary>
    public ProcessStartInfo InitDb(string directory, string passwordFile, bool throwAway)
    {
        var start = InOwnSession("exec 9<\"$1\" 8<\"$2\"; shift 2; exec \"$@\"", [directory, passwordFile]);
        Add(start, Path.Combine(Binaries, "initdb"), "-D", Inherited, "--pwfile", InheritedPassword, "--username=postgres",
            "--encoding=UTF8", "--locale=C.UTF-8", "--lc-messages=C", "--data-checksums", "--auth=scram-sha-256", "--no-instructions");
        if (throwAway) Add(start, "--no-sync");
        return start;
    }

    /// <summary>How to start the server; <paramref name="marks"/> are settings that identify it among all processes.</summary>
    public ProcessStartInfo Server(string directory, IEnumerable<string> marks)
    {
        var start = InOwnSession("exec 9<\"$1\"; shift; exec \"$@\"", [directory]);
        Add(start, Path.Combine(Binaries, "postgres"), "-D", Inherited);
        foreach (var mark in marks) Add(start, "-c", mark);
        return start;
    }

    // A session of its own: Ctrl+C in the terminal stops the service, which then stops the server in good order.
    private ProcessStartInfo InOwnSession(string script, IEnumerable<string> scriptArguments)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = "/",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Add(start, ["-c", script, "sh", .. scriptArguments, "setsid"]);
        if (_runAs is { } user)
            Add(start, "setpriv", "--reuid=" + Text(user.User), "--regid=" + Text(user.Group), "--clear-groups");
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name); // PGDATA, PGOPTIONS ... of the caller are not meant for this cluster
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    private static void Add(ProcessStartInfo start, params IEnumerable<string> arguments)
    {
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
    }

    private static (uint User, uint Group) PostgresUser()
    {
        var entry = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(f => f[0] == "postgres");
        return entry is null ? throw ClusterRefusals.NoUnprivilegedUser() : (Number(entry[2]), Number(entry[3]));
    }

    private static (uint User, uint Group) OwnerOf(string path)
    {
        var ids = Output("stat", "-c", "%u %g", path).Split(' ');
        return (Number(ids[0]), Number(ids[1]));
    }

    private static string Output(string program, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text.TrimEnd('\n') : throw new IOException($"{program} {string.Join(' ', arguments)} failed");
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(uint value) => value.ToString(CultureInfo.InvariantCulture);
}
