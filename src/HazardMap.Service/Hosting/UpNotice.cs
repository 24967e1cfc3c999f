using System.Globalization;
using System.Text.Json;
using HazardMap.Service.Database;

namespace HazardMap.Service.Hosting;

/// <summary>One <c>up</c> a directory: the lock, and the note that tells the second one who holds it.</summary>
internal static class UpNotice
{
    private sealed record Note(int Pid, string Url, ServedAddresses Served);

    /// <summary>The lock, or a refusal that names the holder's process and address.</summary>
    public static async Task<FileLock> TakeAsync(ClusterDirectory directory, CancellationToken stop)
    {
        // A moment's patience: another command may be looking whether the lock is free.
        var taken = await FileLock.WaitAsync(() => FileLock.TryAlone(directory.UpLock), TimeSpan.FromMilliseconds(500), stop);
        if (taken is null) throw ClusterRefusals.AlreadyUp(directory.Root, Holder(directory));
        Remove(directory);
        return taken;
    }

    /// <summary>Notes who serves, and where.</summary>
    public static void Write(ClusterDirectory directory, ServedAddresses served) =>
        PrivateFile.Write(directory.UpNotice, JsonSerializer.Serialize(new Note(Environment.ProcessId, served.ForPrograms, served)));

    /// <summary>Nobody serves any more.</summary>
    public static void Remove(ClusterDirectory directory) => File.Delete(directory.UpNotice);

    /// <summary>Where the running <c>up</c> serves, or a refusal when none does.</summary>
    public static ServedAddresses Served(ClusterDirectory directory) => Read(directory)?.Served ?? throw new RefusalException("NotRunning",
        $"No `up` is running on {directory.Root}. Start it; it prints a link.",
        $"{directory.Root} 上没有运行中的 `up`。请先启动，启动时会打印登录链接。", directory.Root);

    private static string Holder(ClusterDirectory directory) => Read(directory) is { } note
        ? string.Create(CultureInfo.InvariantCulture, $"pid {note.Pid}, {note.Url}")
        : "it is still starting / 正在启动";

    private static Note? Read(ClusterDirectory directory)
    {
        try
        {
            return JsonSerializer.Deserialize<Note>(File.ReadAllText(directory.UpNotice));
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
