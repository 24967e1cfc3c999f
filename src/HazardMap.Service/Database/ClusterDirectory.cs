using System.Globalization;

namespace HazardMap.Service.Database;

/// <summary>
/// DIR of <c>--data DIR</c>: where everything of one register lies. Knows the names in it, and refuses a place that is
/// not ours before anything is written there.
/// </summary>
internal sealed class ClusterDirectory
{
    private const long NeededFreeBytes = 300L << 20;

    private ClusterDirectory(string root) => Root = root;

    /// <summary>The real path, symbolic links resolved.</summary>
    public string Root { get; }

    /// <summary>The cluster itself, owned by the user PostgreSQL runs as.</summary>
    public string Postgres => Path.Combine(Root, "postgres");

    /// <summary>Where initdb works until the cluster is whole; renamed to <see cref="Postgres"/> in one step.</summary>
    public string Unfinished => Path.Combine(Root, "postgres.unfinished");

    /// <summary>Passwords of the three roles, mode 0600.</summary>
    public string Secrets => Path.Combine(Root, "secrets");

    /// <summary>The first administrator's bearer token, mode 0600.</summary>
    public string AdministratorToken => Path.Combine(Root, "admin.token");

    /// <summary>The keys that encrypt the secrets of second factors, mode 0600.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>The local certificate authority of <c>up --tls-self</c>: its key, its root, the server's certificate.</summary>
    public string Authority => Path.Combine(Root, "tls");

    /// <summary>Pieces of photos that are not whole yet.</summary>
    public string Uploads => Path.Combine(Root, "uploads");

    /// <summary>Held by the one running <c>up</c>.</summary>
    public string UpLock => Path.Combine(Root, "up.lock");

    /// <summary>Who holds <see cref="UpLock"/>, for the one who is kept out: pid and address.</summary>
    public string UpNotice => Path.Combine(Root, "up.json");

    /// <summary>Held, shared, by every command that uses the cluster.</summary>
    public string UseLock => Path.Combine(Root, "use.lock");

    /// <summary>Held for the moment in which the cluster is created, started or stopped.</summary>
    public string ChangeLock => Path.Combine(Root, "change.lock");

    /// <summary>Which files the server was started with, see <see cref="Database.ServerFiles"/>.</summary>
    public string ServerFiles => Path.Combine(Root, "server.files");

    private string Marker => Path.Combine(Root, "hazardmap.directory");

    /// <summary>Whether a register was ever begun here.</summary>
    public bool Exists => File.Exists(Marker);

    /// <summary>Whether the cluster has been created.</summary>
    public bool HasCluster => File.Exists(Path.Combine(Postgres, "PG_VERSION"));

    /// <summary>Names the directory; nothing is touched yet.</summary>
    public static ClusterDirectory At(string path) => new(ClusterPrograms.RealPath(path));

    /// <summary>Makes the directory, or refuses with the place and the remedy.</summary>
    public void EnsureUsable()
    {
        if (File.Exists(Root)) throw ClusterRefusals.IsAFile(Root);
        RefuseUnwritable();
        if (!Exists && HoldsSomethingElse()) throw ClusterRefusals.NotOurs(Root);
        RefuseOtherVersion();
        if (!HasCluster) RefuseFullDisk();
        CloseToOthers();
        if (!Exists) PrivateFile.Write(Marker, "A HazardMap register lives here. Stop it before you move or copy this directory.\n");
    }

    /// <summary>Bytes that may still be written here.</summary>
    public long FreeBytes() => new DriveInfo(Root).AvailableFreeSpace;

    private void RefuseUnwritable()
    {
        try
        {
            if (!Directory.Exists(Root))
                Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var probe = Path.Combine(Root, ".probe" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw e.Message.Contains("No space", StringComparison.Ordinal)
                ? ClusterRefusals.DiskFull(Root, 0)
                : ClusterRefusals.NotWritable(Root, e.Message);
        }
    }

    // A directory that was there before may be open to all: here lie passwords, tokens, and people's names and phones.
    private void CloseToOthers()
    {
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if ((File.GetUnixFileMode(Root) & ~ownerOnly) == 0) return;
        try
        {
            File.SetUnixFileMode(Root, ownerOnly);
        }
        catch (UnauthorizedAccessException)
        {
            Progress.Say($"others may enter {Root}, and only its owner can close it: chmod 700 {Root} / "
                + "其他用户可进入该目录，请由其所有者执行上述命令");
        }
    }

    private bool HoldsSomethingElse() =>
        Directory.EnumerateFileSystemEntries(Root).Any(entry => Path.GetFileName(entry) is not "lost+found");

    private void RefuseOtherVersion()
    {
        if (!HasCluster) return;
        var version = File.ReadAllText(Path.Combine(Postgres, "PG_VERSION")).Trim();
        if (version != ClusterPrograms.Major) throw ClusterRefusals.OtherVersion(Postgres, version);
    }

    private void RefuseFullDisk()
    {
        var free = FreeBytes();
        if (free < NeededFreeBytes) throw ClusterRefusals.DiskFull(Root, free);
    }
}
