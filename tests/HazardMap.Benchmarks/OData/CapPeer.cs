using System.Text.Json;
using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>
/// SAP CAP on Node: @sap/cds and @cap-js/postgres over the same tables through a view, one process for each core, no log-in.
/// It knows no geography, so a box is four comparisons on two numbers, which an index serves.
/// </summary>
internal static class CapPeer
{
    public const string Name = "SAP CAP 9.9.3";

    public static async Task<(IAsyncDisposable Processes, Target Target)> StartAsync(
        NpgsqlConnectionStringBuilder database, CancellationToken stop)
    {
        var folder = await InstallAsync(stop);
        var credentials = JsonSerializer.Serialize(new { host = database.Host, port = database.Port, user = database.Username,
            password = database.Password, database = database.Database });
        var processes = new ChildProcesses();
        var addresses = new List<Uri>();
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            var process = processes.Add(ChildProcess.Start("node", ["node_modules/@sap/cds/bin/serve.js"],
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["NODE_ENV"] = "production", ["PORT"] = "0", ["cds_requires_db_credentials"] = credentials,
                }, folder));
            addresses.Add(new Uri((await process.SaysAsync(@"url: 'http://localhost:(\d+)'", stop)).Result("http://127.0.0.1:$1")));
        }
        return (processes, new Target(Name, addresses));
    }

    // Installed once for a lock file, outside of the repository.
    private static async Task<string> InstallAsync(CancellationToken stop)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "OData", "cap");
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"), stop)))[..12];
        var folder = PeerPrograms.CacheFolder("cap-" + hash);
        foreach (var file in new[] { "package.json", "package-lock.json", "srv/register.cds" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.Copy(Path.Combine(source, file), Path.Combine(folder, file), overwrite: true);
        }
        if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
            await PeerPrograms.RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--omit=dev", "--loglevel=error"], folder, stop);
        return folder;
    }
}
