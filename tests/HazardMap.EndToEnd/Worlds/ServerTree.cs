using System.Diagnostics;
using System.Text;

namespace HazardMap.EndToEnd.Worlds;

/// <summary>
/// PostgreSQL's programs and libraries in a directory of their own, so that they can be replaced under a running server as a package
/// manager replaces them.
/// </summary>
/// <remarks>
/// A release that no longer fits the former one is made by renaming a function that only plpgsql asks of the server, in both of them.
/// The new name has the length and the hash of the old one, which is all that the loader looks at.
/// </remarks>
internal sealed class ServerTree : IDisposable
{
    private const string Installed = "/usr/lib/postgresql/15";
    private const string Former = "GetErrorContextStack", Renamed = "GetErrorContextStadJ";
    private readonly string _root = Directory.CreateTempSubdirectory("hazardmap-server-").FullName;

    public ServerTree()
    {
        // Links but for what is replaced: the server finds the rest beside itself.
        Run("sh", "-c", $"""
            chmod 755 {_root} && mkdir -p {_root}/lib/postgresql/15/bin {_root}/lib/postgresql/15/lib {_root}/share/postgresql &&
            ln -s /usr/share/postgresql/15 {_root}/share/postgresql/15 &&
            ln -s {Installed}/lib/* {_root}/lib/postgresql/15/lib/ && rm {Library} &&
            cp -p {Installed}/lib/plpgsql.so {_root}/lib/postgresql/15/lib/ &&
            cp -p {Installed}/bin/postgres {Installed}/bin/initdb {Binaries}/
            """);
    }

    /// <summary>For <c>HAZARDMAP_POSTGRES_BIN</c>.</summary>
    public string Binaries => Path.Combine(_root, "lib/postgresql/15/bin");

    private string Library => Path.Combine(_root, "lib/postgresql/15/lib/plpgsql.so");

    /// <summary>What the service has to be told to use it.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["HAZARDMAP_POSTGRES_BIN"] = Binaries };

    /// <summary>Only the library of another release: new sessions can't load it, whatever is restarted.</summary>
    public void ReplaceLibrary() => Replace(Library, Former, Renamed);

    /// <summary>The whole of another release.</summary>
    public void Upgrade()
    {
        Replace(Path.Combine(Binaries, "postgres"), Former, Renamed);
        ReplaceLibrary();
    }

    /// <summary>The library as it was.</summary>
    public void PutLibraryBack() => Replace(Library, Renamed, Former);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // Beside the place, then renamed, as dpkg does: a running program keeps the file it has.
    private static void Replace(string path, string name, string by)
    {
        var bytes = File.ReadAllBytes(path);
        var (from, to) = (Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(by));
        var found = false;
        for (var at = bytes.AsSpan().IndexOf(from); at >= 0; at = bytes.AsSpan().IndexOf(from))
        {
            to.CopyTo(bytes, at);
            found = true;
        }
        Assert.True(found, $"{path} does not name {name}");
        File.WriteAllBytes(path + ".dpkg-new", bytes);
        File.SetUnixFileMode(path + ".dpkg-new", File.GetUnixFileMode(path));
        File.Move(path + ".dpkg-new", path, overwrite: true);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
