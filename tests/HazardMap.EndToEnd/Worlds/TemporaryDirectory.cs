using HazardMap.Service.Database;

namespace HazardMap.EndToEnd.Worlds;

/// <summary>A data directory of a test, below a directory only its owner may enter; whatever still runs on it is ended.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("hazardmap-e2e-");

    public string Path => System.IO.Path.Combine(_parent.FullName, "data");

    public void Dispose()
    {
        if (Directory.Exists(Path) && Postmaster.Find(ClusterDirectory.At(Path)) is { } left)
        {
            Signals.Send(left.ProcessId, "QUIT");
            left.WaitForExitAsync(CancellationToken.None).Wait(TimeSpan.FromSeconds(10));
        }
        _parent.Delete(recursive: true);
    }
}
