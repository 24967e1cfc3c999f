using System.Globalization;

namespace HazardMap.Service.Database;

/// <summary>
/// The files of the private server: its program and the libraries that its sessions load. A package manager that replaces them under a
/// running server leaves it broken: what is in memory and what new sessions load no longer fit each other.
/// </summary>
internal sealed class ServerFiles
{
    private static readonly string[] Libraries = ["pg_trgm.so", "postgis-*.so", "libpgrouting-*.so"];
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);
    private string _seen = "";
    private DateTime _since = DateTime.MaxValue;

    /// <summary>What stands on disk now: name, bytes and time of each file. The same text means the same files.</summary>
    public static string Stamp(string binaries)
    {
        var libraries = new DirectoryInfo(Path.GetFullPath(Path.Combine(binaries, "../lib")));
        var found = libraries.Exists ? Libraries.SelectMany(libraries.GetFiles) : [];
        FileInfo[] always = [new(Path.Combine(binaries, "postgres")), new(Path.Combine(libraries.FullName, "plpgsql.so"))];
        return string.Join('\n', always.Concat(found).Select(Line).Order(StringComparer.Ordinal));
    }

    /// <summary>Whether the program that a process runs is no longer the file on disk.</summary>
    public static bool IsReplaced(int processId)
    {
        try
        {
            return new FileInfo($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/exe").LinkTarget?
                .EndsWith(" (deleted)", StringComparison.Ordinal) == true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it has just ended
        }
    }

    /// <summary>
    /// Whether other files than those of <paramref name="started"/> stand there and have been left alone for a moment: a package is
    /// unpacked file by file, and a server started halfway would be broken in a new way.
    /// </summary>
    public bool AreOthers(string started, string now, bool replaced)
    {
        if (now != _seen) (_seen, _since) = (now, DateTime.UtcNow);
        return (replaced || now != started) && !now.Contains("missing", StringComparison.Ordinal) && DateTime.UtcNow - _since >= Calm;
    }

    // The target of a link counts: a library is often one.
    private static string Line(FileInfo file)
    {
        try
        {
            var real = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return real.Exists
                ? string.Create(CultureInfo.InvariantCulture, $"{file.Name} {real.Length} {real.LastWriteTimeUtc.Ticks}")
                : $"{file.Name} missing";
        }
        catch (IOException)
        {
            return $"{file.Name} missing";
        }
    }
}
