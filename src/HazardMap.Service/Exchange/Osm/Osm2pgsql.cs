using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Exchange.Osm;

/// <summary>
/// Runs osm2pgsql as a bounded child process: it may take <see cref="Limit"/>, is killed when the import is stopped, and
/// gets the connection by environment, where no list of processes shows it.
/// </summary>
internal static class Osm2pgsql
{
    /// <summary>The schema that osm2pgsql fills.</summary>
    public const string StagingSchema = "import_osm";

    /// <summary>The longest that reading an extract may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    /// <summary>Reads an extract into the staging schema, by geodata/osm/extract.lua.</summary>
    /// <exception cref="RefusalException">osm2pgsql is missing, says no, or takes too long.</exception>
    public static async Task StageAsync(string connectionString, string file, CancellationToken stop)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bounded.CancelAfter(Limit);
        using var process = Start(new NpgsqlConnectionStringBuilder(connectionString), file);
        try
        {
            var said = process.StandardError.ReadToEndAsync(bounded.Token);
            await process.StandardOutput.ReadToEndAsync(bounded.Token); // our stdout is for the report
            await process.WaitForExitAsync(bounded.Token);
            if (process.ExitCode != 0) throw Unreadable(file, await said);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            stop.ThrowIfCancellationRequested();
            throw new RefusalException("ExtractTooLarge",
                $"Reading {Path.GetFileName(file)} took more than {Limit.TotalHours} hours; cut a smaller extract.",
                $"读取 {Path.GetFileName(file)} 超过 {Limit.TotalHours} 小时；请裁剪更小的区域。", Path.GetFileName(file));
        }
    }

    private static Process Start(NpgsqlConnectionStringBuilder database, string file)
    {
        var start = new ProcessStartInfo("osm2pgsql") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardInput = true,
            RedirectStandardOutput = true };
        foreach (var argument in Arguments(database, file)) start.ArgumentList.Add(argument);
        foreach (var (name, value) in Environment(database)) start.Environment[name] = value;
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception)
        {
            throw new RefusalException("Osm2pgsqlMissing", "osm2pgsql is not installed; run: apt-get install osm2pgsql",
                "未安装 osm2pgsql，请执行：apt-get install osm2pgsql");
        }
    }

    private static IEnumerable<string> Arguments(NpgsqlConnectionStringBuilder database, string file) =>
    [
        "--create", "--slim", "--output=flex", $"--style={ContentPath.Of("geodata/osm/extract.lua")}",
        $"--middle-schema={StagingSchema}", $"--cache={CacheMegabytes(file)}", "--number-processes=2", "--log-progress=false",
        "--database", database.Database ?? "postgres", Path.GetFullPath(file),
    ];

    private static IEnumerable<(string, string?)> Environment(NpgsqlConnectionStringBuilder database) =>
    [
        ("PGHOST", database.Host), ("PGPORT", database.Port.ToString(CultureInfo.InvariantCulture)),
        ("PGUSER", database.Username), ("PGPASSWORD", database.Password), ("PGSSLMODE", database.SslMode.ToString().ToLowerInvariant()),
        ("PGOPTIONS", RegisterDatabase.WithoutLimits),
        ("HAZARDMAP_OSM_SCHEMA", StagingSchema), ("HAZARDMAP_OSM_MAPPING", ContentPath.Of("geodata/osm/mapping.lua")),
        ("HAZARDMAP_OSM_JSON", ContentPath.Of("geodata/osm/json.lua")),
        ("HAZARDMAP_ROAD_PROFILES", ContentPath.Of("geodata/network/profiles.json")),
    ];

    // About eight bytes a node; a packed extract holds some four bytes a node.
    private static long CacheMegabytes(string file) => Math.Clamp(new FileInfo(file).Length * 30 >> 20, 50, 1500);

    private static RefusalException Unreadable(string file, string said)
    {
        var name = Path.GetFileName(file);
        var reason = said.Split('\n').LastOrDefault(line => line.Contains("ERROR", StringComparison.Ordinal))?.Split("ERROR:")[^1].Trim()
            ?? "osm2pgsql stopped without a reason";
        return new RefusalException("ExtractUnreadable",
            $"{name} is not a whole OpenStreetMap extract (.osm.pbf, .osm, .osm.gz, .osm.bz2): {reason}. "
                + "Download it again, or check that the copy is complete. Nothing was changed.",
            $"{name} 不是完整的 OpenStreetMap 数据（.osm.pbf、.osm、.osm.gz、.osm.bz2）：{reason}。"
                + "请重新下载或检查文件是否完整。未作任何更改。", name);
    }
}
