using System.Globalization;
using System.Text.RegularExpressions;
using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Exchange.Osm;

/// <summary>
/// Imports an OpenStreetMap extract: mended where it must be, staged by osm2pgsql after <c>geodata/osm/mapping.lua</c>; SQL sifts,
/// cuts the roads at junctions, places everything in a division and merges it in one transaction.
/// </summary>
/// <remarks>
/// Objects keep the code <c>osm-n1</c>, <c>osm-w2</c>, <c>osm-r3</c>. <c>register.osm_origins</c> remembers what an extract
/// said, field by field, and when: a second import of the same changes nothing, what people corrected by hand stays until the extract
/// says something new about it, and an older extract does not undo a newer one.
/// </remarks>
internal sealed partial class OsmImport(NpgsqlDataSource database, string connectionString)
{
    private const long Lock = 0x4861_7A4F_534D; // one staging schema: one import of an extract at a time
    private static readonly string[] Statements =
    [
        "CutAt180", "Sift", "StageDivisions", "MergeDivisions", "StageWatersAndPlaces", "StageSettlements", "CutRoads", "StayDeleted",
        "Divide", "SiftHomes", "MergeHazards", "MergeFacilities", "MergeSettlements", "MergeRoads",
    ];

    /// <summary>Stages and merges <paramref name="request"/>'s file, and lets <paramref name="afterwards"/> act in the same
    /// transaction.</summary>
    public async Task RunAsync(ImportRequest request, ImportReport report, Func<NpgsqlConnection, Task> afterwards, CancellationToken stop)
    {
        var place = Directory.CreateTempSubdirectory("hazardmap-osm-");
        try
        {
            var extract = await report.TimeAsync("look", () => OsmMending.RunAsync(request, place, report, stop));
            report.Extract = new(ExtractName(request.FileName), extract.Age?.AsOf, extract.Age?.From);
            await StageAndMergeAsync(request, extract, place, report, afterwards, stop);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    private async Task StageAndMergeAsync(ImportRequest request, MendedExtract extract, DirectoryInfo place, ImportReport report,
        Func<NpgsqlConnection, Task> afterwards, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await TakeLockAsync(connection, stop);
        try
        {
            await connection.ExecuteAsync(
                "set client_min_messages = warning; drop schema if exists import_osm cascade; create schema import_osm", stop);
            await report.TimeAsync("read", () => StageAsync(extract, place, stop));
            await RefuseNothingAsync(connection, request, stop);
            await report.TimeAsync("merge", () => MergeAsync(connection, request, extract, report, afterwards, stop));
        }
        finally
        {
            await connection.ExecuteAsync($"drop schema if exists import_osm cascade; select pg_advisory_unlock({Lock})",
                CancellationToken.None);
        }
    }

    /// <summary>The name of an extract without its date, so that next month's file is known as a newer version of this one.</summary>
    public static string ExtractName(string fileName) =>
        Extension().Replace(DatePart().Replace(fileName, ""), "") is { Length: > 0 } name ? name : fileName;

    [GeneratedRegex(@"[-_.]?(latest|\d{4}-?\d{2}-?\d{2}|\d{6})(?=[-_.]|$)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DatePart();

    [GeneratedRegex(@"(\.os[mh])?(\.pbf|\.gz|\.bz2)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Extension();

    private static async Task TakeLockAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        if (!await connection.ScalarAsync<bool>($"select pg_try_advisory_lock({Lock})", stop))
            throw new RefusalException("ImportRunning", "Another extract is being imported into this register; wait until it is done.",
                "另一个 OpenStreetMap 数据正在导入，请等待其完成。");
    }

    private async Task StageAsync(MendedExtract extract, DirectoryInfo place, CancellationToken stop)
    {
        try
        {
            await Osm2pgsql.StageAsync(connectionString, extract, stop);
        }
        catch (RefusalException refusal) when (refusal.Code == OsmToolErrors.Compression)
        {
            await Osm2pgsql.StageAsync(connectionString, await OsmMending.RepackAsync(extract, place, stop), stop);
        }
    }

    private static async Task RefuseNothingAsync(NpgsqlConnection connection, ImportRequest request, CancellationToken stop)
    {
        var (nodes, ways, objects) = await connection.RowAsync(
            EmbeddedSql.Of<OsmImport>("CountStaged"), row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), stop);
        if (nodes == 0)
            throw new RefusalException("EmptyExtract", $"{request.FileName} holds no nodes: there is nothing to import.",
                $"{request.FileName} 不含任何节点，没有可导入的内容。", request.FileName);
        if (ways == 0 && objects < nodes / 100)
            throw new RefusalException("ExtractTruncated",
                $"{request.FileName} holds {nodes} nodes and no way: it was cut off. Download it again. Nothing was changed.",
                $"{request.FileName} 含 {nodes} 个节点但没有路线，文件可能被截断。请重新下载。"
                    + "未作任何更改。", request.FileName);
    }

    private static async Task MergeAsync(NpgsqlConnection connection, ImportRequest request, MendedExtract extract, ImportReport report,
        Func<NpgsqlConnection, Task> afterwards, CancellationToken stop)
    {
        await using var transaction = await connection.BeginAsAsync(request.Actor, stop);
        var mapping = await File.ReadAllTextAsync(ContentPath.Of("geodata/osm/mapping.lua"), stop);
        await connection.ExecuteAsync("select set_config('hazardmap.extract', $1, true), set_config('hazardmap.as_of', $2, true), "
            + "set_config('hazardmap.pond_below', $3, true), set_config('hazardmap.fewest_homes', $4, true), "
            + "set_config('hazardmap.least_floor_per_person', $5, true)", stop, ExtractName(request.FileName),
            extract.Age?.AsOf.ToString("O", CultureInfo.InvariantCulture) ?? "", NumberOf(mapping, "pond_below_square_metres"),
            NumberOf(mapping, "fewest_homes"), NumberOf(mapping, "least_floor_per_person"));
        foreach (var name in Statements)
        {
            await connection.ExecuteAsync(EmbeddedSql.Of<OsmImport>(name), stop);
            if (name == "CutRoads" && !request.AllowOlder) await RefuseOlderAsync(connection, extract, report, stop);
        }
        await new OsmReport(connection).FillAsync(report, stop);
        await afterwards(connection);
        if (request.DryRun) await transaction.RollbackAsync(stop);
        else await transaction.CommitAsync(stop);
    }

    // What a newer extract has said about the same objects would be undone.
    private static async Task RefuseOlderAsync(
        NpgsqlConnection connection, MendedExtract extract, ImportReport report, CancellationToken stop)
    {
        var (known, code) = await connection.RowAsync(EmbeddedSql.Of<OsmImport>("NewestKnown"),
            row => (row.GetFieldValue<DateTimeOffset>(0), row.GetString(1)), stop);
        if (code is null || extract.Age?.AsOf + extract.Age?.Slack >= known) return;
        var newer = Day(known);
        if (extract.Age is not { } age)
        {
            report.Note($"Nothing tells of when {extract.FileName} is; an extract of {newer} was imported before. If this one is older, "
                + "import the newer one again, with its date in its name (such as village-251201.osm).",
                $"无法得知 {extract.FileName} 的日期；此前已导入过 {newer} 的数据。"
                    + "如本文件更旧，请重新导入较新的数据，"
                    + "并在文件名中写明日期（例如 village-251201.osm）。");
            return;
        }
        var older = Day(age.AsOf);
        throw new RefusalException("ExtractOlder",
            $"{extract.FileName} is of {older} (by its {age.From}); of {code} and others an extract of {newer} was imported already. "
                + "Importing the older one would undo what the newer one brought. Import the newest one, or say --allow-older. "
                + "Nothing was changed.",
            $"{extract.FileName} 的日期为 {older}（依据：{FromZh(age.From)}）；{code} 等对象已导入过 {newer} 的数据。"
                + "导入旧数据会撤销新数据带来的内容。"
                + "请导入最新数据，或使用 --allow-older。未作任何更改。", extract.FileName);
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
        .Replace(" 00:00 UTC", "", StringComparison.Ordinal);

    private static string FromZh(string from) => from switch
    {
        "header" => "文件头", "file name" => "文件名", _ => "最近一次编辑",
    };

    // Numbers of the mapping that are applied in SQL, where areas and divisions are known.
    private static string NumberOf(string mapping, string name) =>
        NumberLine().Matches(mapping).Single(line => line.Groups["name"].Value == name).Groups["number"].Value;

    [GeneratedRegex(@"^mapping\.(?<name>\w+)\s*=\s*(?<number>\d+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex NumberLine();
}
