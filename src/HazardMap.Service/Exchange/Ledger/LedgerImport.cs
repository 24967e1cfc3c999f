using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// Imports a ledger of hazards, facilities or divisions, csv or GeoJSON: staged by COPY, its reference system concluded,
/// judged as a whole, merged in sets, in one transaction. A known code updates, a new one inserts.
/// </summary>
internal sealed class LedgerImport(NpgsqlDataSource database)
{
    /// <summary>Larger files are cut up by whoever makes them.</summary>
    public const long LargestFileBytes = 256L << 20;

    // Boundaries at hand are drawn to some tens of metres.
    private const double BorderMetres = 50;

    // Positions that went through another datum and back differ by rounding; such a row is not changed.
    private const double SameMetres = 0.001, SameMetresTransformed = 0.2;

    public async Task RunAsync(ImportRequest request, FileFormat format, ImportReport report,
        Func<NpgsqlConnection, Task> afterwards, CancellationToken stop)
    {
        var file = await OpenAsync(request, format, stop);
        report.Kind = file.Set.Kind;
        report.Encoding = file.Encoding;
        report.IgnoredColumns = file.IgnoredColumns;
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(request.Actor, stop);
        var staging = new LedgerStaging(connection, file.Set);
        await report.TimeAsync("read", () => staging.FillAsync(Coded(file), stop));
        RefuseProblems(request, file, file.Problems);
        var isTransformed = await report.TimeAsync("place", () => PlaceAsync(request, file, staging, report, stop));
        await report.TimeAsync("judge", () => JudgeAsync(request, file, staging, stop));
        report.Kinds.AddRange(await report.TimeAsync("merge",
            () => staging.MergeAsync($"import: {request.FileName}", isTransformed ? SameMetresTransformed : SameMetres, stop)));
        report.Read = file.Count;
        report.SkippedReasons.AddRange(LedgerProblems.Summary(file, file.Problems));
        await report.TimeAsync("risk", () => afterwards(connection));
        if (request.DryRun) await transaction.RollbackAsync(stop);
        else await transaction.CommitAsync(stop);
    }

    private static async Task<LedgerFile> OpenAsync(ImportRequest request, FileFormat format, CancellationToken stop)
    {
        if (new FileInfo(request.Path).Length > LargestFileBytes)
            throw new RefusalException("FileTooLarge", $"{request.FileName} is larger than {LargestFileBytes >> 20} MB; split it.",
                $"{request.FileName} 超过 {LargestFileBytes >> 20} MB，请拆分。", request.FileName);
        var bytes = await File.ReadAllBytesAsync(request.Path, stop);
        return format == FileFormat.Csv
            ? CsvLedger.Open(bytes, request.FileName, request.As) : GeoJsonLedger.Open(bytes, request.FileName, request.As);
    }

    private static IEnumerable<LedgerRow> Coded(LedgerFile file)
    {
        foreach (var row in file.Rows())
        {
            if (row[file.Set.Code] is not null) yield return row;
            else file.Problems.Add(new(row.Number, file.Set.Code, "CodeMissing", "a row without a code can't be told from others",
                "缺少编号"));
        }
    }

    private static async Task<bool> PlaceAsync(ImportRequest request, LedgerFile file, LedgerStaging staging,
        ImportReport report, CancellationToken stop)
    {
        var positions = await staging.PositionsAsync(stop);
        var boundaries = await staging.BoundariesAsync(
            positions.Select(p => p.Boundary).OfType<string>().Distinct(StringComparer.Ordinal), stop);
        var places = new LedgerPlaces(file, request.Crs, positions, boundaries);
        var (system, conclusion) = places.Conclude();
        report.Crs = conclusion;
        file.Problems.AddRange(places.ShiftedAlone());
        await staging.PlaceAsync(places.Transform(system), positions, stop);
        return conclusion.Used is not ("EPSG:4326" or "EPSG:4490");
    }

    private static async Task JudgeAsync(ImportRequest request, LedgerFile file, LedgerStaging staging, CancellationToken stop)
    {
        file.Problems.AddRange(await staging.JudgeAsync(BorderMetres, stop));
        RefuseProblems(request, file, file.Problems);
        if (file.Problems.Count > 0) await staging.RemoveAsync(file.Problems.Select(p => p.Number), stop);
    }

    private static void RefuseProblems(ImportRequest request, LedgerFile file, List<LedgerProblem> problems)
    {
        if (problems.Count > 0 && !request.SkipBad) throw LedgerProblems.Refusal(file, problems);
    }
}
