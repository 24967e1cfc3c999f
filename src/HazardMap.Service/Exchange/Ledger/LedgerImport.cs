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
    // Boundaries at hand are drawn to some tens of metres.
    private const double BorderMetres = 50;

    // Positions that went through another datum and back differ by rounding; such a row is not changed.
    private const double SameMetres = 0.001, SameMetresTransformed = 0.2;

    public async Task RunAsync(ImportRequest request, FileFormat format, ImportReport report, ImportProgress progress,
        Func<NpgsqlConnection, Task> afterwards, CancellationToken stop)
    {
        using var source = LedgerSource.Open(request.Path, request.FileName);
        LedgerFile file = format == FileFormat.Csv ? CsvLedger.Open(source, request.As) : GeoJsonLedger.Open(source, request.As);
        report.Kind = file.Set.Kind;
        report.Encoding = file.Encoding;
        report.IgnoredColumns = file.IgnoredColumns;
        if (!file.States(file.Set.Code)) RefuseWithoutCode(file);
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(request.Actor, stop);
        var staging = new LedgerStaging(connection, file.Set);
        progress.Begin("reading rows / 读取记录");
        await report.TimeAsync("read", () => staging.FillAsync(Coded(file, progress), stop));
        RefuseEmpty(file);
        await TellDivisionsByNameAsync(file, staging, report, stop);
        RefuseProblems(request, file);
        progress.Begin("placing / 定位", file.Count);
        var isTransformed = await report.TimeAsync("place", () => PlaceAsync(request, file, staging, report, progress, stop));
        progress.Begin("judging / 校验");
        await report.TimeAsync("judge", () => JudgeAsync(request, file, staging, report, stop));
        await report.TimeAsync("decide",
            () => staging.DecideAsync($"import: {request.FileName}", isTransformed ? SameMetresTransformed : SameMetres, stop));
        report.Moves = await LedgerMoves.CheckAsync(connection, request, file, stop);
        progress.Begin("writing / 写入", file.Count);
        report.Kinds.AddRange(await report.TimeAsync("merge", () => staging.MergeAsync(row => progress.Done(row), stop)));
        Tell(file, report);
        await report.TimeAsync("risk", () => afterwards(connection));
        if (request.DryRun || report.IsNothing) await transaction.RollbackAsync(stop);
        else await transaction.CommitAsync(stop);
    }

    // Everything is read all the same, so that one answer tells all that is wrong.
    private static void RefuseWithoutCode(LedgerFile file)
    {
        foreach (var row in file.Rows()) _ = row;
        throw LedgerProblems.WithoutCode(file);
    }

    private static void RefuseEmpty(LedgerFile file)
    {
        if (file.Count > 0) return;
        throw new RefusalException("FileEmpty", $"{file.FileName} holds no row of data: the {file.LeftOut.Count} rows beside its "
            + "headers are "
            + "titles, totals or notes. Nothing was changed.",
            $"{file.FileName} 没有数据行：表头以外的 {file.LeftOut.Count} 行是标题、合计或说明。"
                + "未作任何更改。", file.FileName);
    }

    // A row without a code can't be told from others; one whose cells can't all be read is staged with those that can.
    private static IEnumerable<LedgerRow> Coded(LedgerFile file, ImportProgress progress)
    {
        foreach (var row in file.Rows())
        {
            progress.Done(file.Count);
            if (row[file.Set.Code] is not null) yield return row;
            else if (!file.IsTold(row.Number, file.Set.Code))
                file.Problems.Add(new(row.Number, file.Set.Code, "CodeMissing",
                    "a row without a code can't be told from others: give it one",
                    "缺少编号，无法与其他行区分：请填写"));
        }
    }

    private static async Task TellDivisionsByNameAsync(LedgerFile file, LedgerStaging staging, ImportReport report, CancellationToken stop)
    {
        if (file.Set.Kind == ImportKind.Divisions || await staging.NameDivisionsAsync(stop) is not { Count: > 0 } named) return;
        report.Note($"Divisions stated by name were read as the only one of that name: "
            + $"{string.Join(", ", named.Select(n => $"{n.Name} = {n.Code}"))}.",
            $"以名称填写的区划按唯一同名区划读取：{string.Join("、", named.Select(n => $"{n.Name} = {n.Code}"))}。");
    }

    private static async Task<bool> PlaceAsync(ImportRequest request, LedgerFile file, LedgerStaging staging,
        ImportReport report, ImportProgress progress, CancellationToken stop)
    {
        var boundaries = await staging.BoundariesAsync(stop);
        var positions = staging.Positions(stop);
        var places = new LedgerPlaces(file, request.Crs, positions, boundaries);
        var (system, conclusion) = places.Conclude();
        report.Crs = conclusion;
        var placed = 0;
        foreach (var page in positions)
        {
            await staging.PlaceAsync(places.Transform(page, system), stop);
            progress.Done(placed += page.Count);
        }
        await staging.SettlePlacesAsync(stop);
        return !CrsMember.IsGlobal(system);
    }

    private static async Task JudgeAsync(ImportRequest request, LedgerFile file, LedgerStaging staging, ImportReport report,
        CancellationToken stop)
    {
        var unread = file.Problems.ToLookup(p => p.Number);
        foreach (var judged in await staging.JudgeAsync(BorderMetres, stop))
            if (!IsToldAlready(unread[judged.Number], judged)) file.Problems.Add(judged);
        RefuseProblems(request, file);
        if (file.Problems.Count == 0) return;
        var known = await staging.KnownAsync(file.Problems.Select(p => p.Number), stop);
        bool IsBad(LedgerProblem p) => !p.IsCell || p.Column is { } c && c.IsNeeded && !known.Contains(p.Number);
        var bad = file.Problems.Where(IsBad).Select(p => p.Number).ToHashSet();
        await staging.RemoveAsync(bad, stop);
        var cells = file.Problems.Where(p => p.IsCell && !bad.Contains(p.Number)).ToList();
        await staging.EmptyAsync(cells.Where(p => p.Column!.Name == "DivisionCode"), stop);
        report.EmptiedCells = cells.Count == 0 ? null : [.. LedgerProblems.Emptied(file, cells)];
        file.Problems.RemoveAll(p => !bad.Contains(p.Number));
    }

    // A cell that can't be read is not missing besides, and a position that is nowhere is not outside its division.
    private static bool IsToldAlready(IEnumerable<LedgerProblem> told, LedgerProblem judged) =>
        told.Any(p => p.Column == judged.Column || judged.Column?.IsPlace == true && (p.Column is null || p.Column.IsPlace));

    private static void RefuseProblems(ImportRequest request, LedgerFile file)
    {
        if (file.Problems.Count > 0 && !request.SkipBad) throw LedgerProblems.Refusal(file, file.Problems);
    }

    private static void Tell(LedgerFile file, ImportReport report)
    {
        report.Read = file.Count;
        report.SkippedReasons.AddRange(LedgerProblems.Summary(file, file.Problems));
        report.ReadAs = file.Readings.ForReport(file.Place);
        report.RowsLeftOut = file.LeftOut.Count == 0 ? null : file.LeftOut.Count;
        report.LeftOut = file.LeftOut.Count == 0 ? null : file.LeftOut.First;
        if (file.Headers is { } headers) report.Note(headers.En, headers.Zh);
        var telling = file.IgnoredColumns.Select(h => (h, Like: LedgerHeaders.Likeness(h))).Where(c => c.Like is not null).ToList();
        if (telling.Count > 0)
            report.Note($"Columns not read: {string.Join("; ", telling.Select(c => $"'{c.h}' ({c.Like!.Value.En})"))}.",
                $"未读取的列：{string.Join("；", telling.Select(c => $"“{c.h}”（{c.Like!.Value.Zh}）"))}。");
    }
}
