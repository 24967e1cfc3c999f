using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using HazardMap.Service.Database;
using HazardMap.Service.Exchange.Ledger;
using HazardMap.Service.Exchange.Osm;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Risk.Trips;
using HazardMap.Service.Ways;
using Npgsql;

namespace HazardMap.Service.Exchange;

/// <summary>Imports one file: all or nothing, in one transaction, with a report that is kept.</summary>
/// <param name="database">The register.</param>
/// <param name="connectionString">How a program of its own reaches it.</param>
/// <param name="say">Hears once a second how far it is.</param>
internal sealed class FileImport(NpgsqlDataSource database, string connectionString, Action<string>? say = null)
{
    /// <summary>Imports the file that <paramref name="request"/> names and says what was read, written and left out.</summary>
    /// <exception cref="RefusalException">The file is refused; nothing was changed.</exception>
    public async Task<ImportReport> RunAsync(ImportRequest request, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        RefuseMissing(request);
        var format = FileFormats.Of(request.FileName);
        var hash = await HashAsync(request.Path, stop);
        var report = new ImportReport { File = request.FileName, Sha256 = Convert.ToHexStringLower(hash), DryRun = request.DryRun,
            Format = format.ToString() };
        await using var progress = new ImportProgress(say ?? (_ => { }));
        Task AfterwardsAsync(NpgsqlConnection connection) => FinishAsync(connection, report, hash, watch, progress, stop);
        await (format switch
        {
            FileFormat.OsmExtract => ImportOsmAsync(request, report, AfterwardsAsync, stop),
            _ => new LedgerImport(database).RunAsync(request, format, report, progress, AfterwardsAsync, stop),
        });
        report.Seconds = Math.Round(watch.Elapsed.TotalSeconds, 3);
        return report;
    }

    private Task ImportOsmAsync(ImportRequest request, ImportReport report, Func<NpgsqlConnection, Task> afterwards, CancellationToken stop)
    {
        if (request.As is not (null or ImportKind.Osm))
            throw new RefusalException("WrongKind", $"{request.FileName} is an OpenStreetMap extract: "
                + "it brings hazards, facilities, divisions and roads together; leave --as out.",
                $"{request.FileName} 是 OpenStreetMap 数据，会同时导入水域、设施、区划和道路；请去掉 --as。",
                "--as");
        report.Kind = ImportKind.Osm;
        return new OsmImport(database, connectionString).RunAsync(request, report, afterwards, stop);
    }

    private static async Task FinishAsync(NpgsqlConnection connection, ImportReport report, byte[] hash,
        Stopwatch watch, ImportProgress progress, CancellationToken stop)
    {
        if (report.Kinds.Any(k => k.Entity == "divisions" && k.Inserted + k.Updated > 0))
            await connection.ExecuteAsync(EmbeddedSql.Of(typeof(FileImport), "SettleAgain"), stop);
        progress.Begin("scoring / 计算风险");
        // Scores are part of what an import changes: no row is seen unscored.
        if (report.Kinds.Any(k => k.Entity is "hazards" or "facilities" or "divisions" or "settlements" or "roads"
                && k.Inserted + k.Updated > 0)
            || report.RecutEdgesRemoved > 0)
            report.Risk = await RiskRun.RunAsync(connection, null, stop,
                progress: new(scored => progress.Done(scored), (written, _) => progress.Done(written)),
                wish: ScaleWish.AnewWhenOutgrown);
        var roadsChanged = report.Kinds.Any(k => k.Entity == "roads" && k.Inserted + k.Updated > 0) || report.RecutEdgesRemoved > 0;
        if (roadsChanged && report.Network?["walk"].Edges > 0)
            report.Ways = await WayStore.ComputeAsync(connection, WayStore.WithinMetres, WayStore.FarthestMetres, stop);
        else
            await WayUpdate.FollowChangesAsync(connection, stop);
        report.Seconds = Math.Round(watch.Elapsed.TotalSeconds, 3);
        await connection.ExecuteAsync("insert into register.imports (file_name, sha256, kind, report) values ($1, $2, $3, $4::jsonb)", stop,
            report.File, hash, JsonNamingPolicy.CamelCase.ConvertName(report.Kind.ToString()), report.ToJson());
    }

    private static void RefuseMissing(ImportRequest request)
    {
        var file = new FileInfo(request.Path);
        if (!file.Exists)
            throw new RefusalException("FileMissing", $"There is no file {request.Path}.", $"文件不存在：{request.Path}",
                request.FileName);
        if (file.Length == 0)
            throw new RefusalException("FileEmpty", $"{request.FileName} is empty. Nothing was changed.",
                $"{request.FileName} 是空文件。未作任何更改。", request.FileName);
    }

    private static async Task<byte[]> HashAsync(string path, CancellationToken stop)
    {
        await using var stream = File.OpenRead(path);
        return await SHA256.HashDataAsync(stream, stop);
    }
}
