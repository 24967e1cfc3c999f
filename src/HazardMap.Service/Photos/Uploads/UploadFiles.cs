using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HazardMap.Service.Database;
using HazardMap.Service.Hosting;
using Npgsql;

namespace HazardMap.Service.Photos.Uploads;

/// <summary>
/// The pieces of uploads that are not whole yet, a file each: bytes are told to a client as received when they are on the disk, so after
/// any crash the file's length is the offset.
/// </summary>
/// <remarks>
/// In the data directory of <c>up</c>; for <c>serve</c> where HAZARDMAP_UPLOADS says, else in the user's own directory for
/// data of programs.
/// </remarks>
internal sealed class UploadFiles(HazardMapOptions options)
{
    /// <summary>The setting of the directory, for <c>serve</c>.</summary>
    public const string Setting = "HAZARDMAP_UPLOADS";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _directory = options.UploadDirectory ?? Default(options.ConnectionString);

    /// <summary>Opens the file of an upload, made when it is not there; what it holds is on the disk.</summary>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public FileStream Open(Guid id)
    {
        var isNew = !Directory.Exists(_directory);
        if (isNew) Directory.CreateDirectory(_directory, Private);
        var path = PathOf(id);
        isNew |= !File.Exists(path);
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        try
        {
            file.Flush(flushToDisk: true);
            if (isNew) Posix.FlushDirectory(_directory);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Takes an upload's file away.</summary>
    public void Delete(Guid id)
    {
        if (Directory.Exists(_directory)) File.Delete(PathOf(id));
    }

    /// <summary>Uploads that have a file that nobody has touched for an hour.</summary>
    public IReadOnlyList<Guid> Idle() => !Directory.Exists(_directory) ? []
        : [.. Directory.EnumerateFiles(_directory, "*.part")
            .Where(path => File.GetLastWriteTimeUtc(path) < DateTime.UtcNow.AddHours(-1))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Select(name => Guid.TryParse(name, CultureInfo.InvariantCulture, out var id) ? id : Guid.Empty)
            .Where(id => id != Guid.Empty)];

    /// <summary>Bytes that can still be written, when that is known.</summary>
    public long? FreeBytes()
    {
        var there = _directory;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above) there = above;
        try
        {
            return new DriveInfo(there).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private string PathOf(Guid id) => Path.Combine(_directory, id.ToString("D", CultureInfo.InvariantCulture) + ".part");

    // Two databases of one user must not sweep each other's pieces.
    private static string Default(string connectionString)
    {
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } given) return given;
        var at = new NpgsqlConnectionStringBuilder(connectionString);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{at.Host}:{at.Port}/{at.Database}")).AsSpan(0, 8));
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(home.Length > 0 ? home : "/var/tmp", "hazardmap", "uploads-" + name);
    }
}
