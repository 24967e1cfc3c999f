using HazardMap.Service.Exchange;
using HazardMap.Service.Exchange.Ledger;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>A register that holds what the shared import cases begin with.</summary>
public sealed class ImportCases : EmptyRegister
{
    internal const string Folder = "cases/imports/";

    protected override async Task FillAsync()
    {
        foreach (var name in new[] { "div.geojson", "hz.csv", "lake.geojson", "fac.csv" })
            if (SharedData.Find(Folder + "base/" + name) is { } path) await ImportAsync(path, new(path));
    }

    internal Task<ImportReport> ImportAsync(string path, ImportRequest request) =>
        new FileImport(Database, ConnectionString).RunAsync(request with { Path = path }, CancellationToken.None);
}

/// <summary>Files made after public bug reports, each of a kind of its own; each is tried on the same register and undone.</summary>
public sealed class ImportCasesTests(ImportCases register) : IClassFixture<ImportCases>
{
    [Theory]
    [InlineData("11-invisible-in-known-code.csv", 0, 4, "auto")]
    [InlineData("55-excel-text-formula.csv", 1, 0, "auto")]
    [InlineData("07-float-counts.csv", 2, 0, "auto")]
    [InlineData("88-float-counts.geojson", 1, 0, "auto")]
    [InlineData("02-dms-ascii-quotes.csv", 1, 0, "auto")]
    [InlineData("13-sep-line.csv", 1, 0, "auto")]
    [InlineData("14-short-rows.csv", 3, 0, "auto")]
    [InlineData("19-gbk-a3a0-space.csv", 1, 0, "auto")]
    [InlineData("22-gbk-rare-english-header.csv", 3, 0, "auto")]
    [InlineData("60b-crs-32648-and-said.geojson", 1, 0, "EPSG:32648")]
    [InlineData("78-newline-delimited.geojson", 2, 0, "auto")]
    public async Task A_file_is_taken_in(string name, int inserted, int updated, string crs)
    {
        if (SharedData.Find(ImportCases.Folder + name) is not { } path) return;
        var report = await register.ImportAsync(path, new(path, Crs: crs, DryRun: true));
        Assert.Equal((inserted, updated, 0), (report.Inserted, report.Updated, report.Skipped));
    }

    [Theory]
    [InlineData("04-decimal-comma.csv", "line 2, Longitude: '104,3' has a decimal comma",
        "第 2 行“经度”：'104,3' 用逗号作小数点", "auto")]
    [InlineData("29-units.csv", "'2-3' is a range", "'≥3' 是界限", "auto")]
    [InlineData("140-clerk-full.csv", "位置/经度", "第 7 行“水深(米)”：'1-2' 是范围", "auto")]
    [InlineData("36-one-cell-position.csv", "'经纬度' (longitude and latitude in one cell",
        "“经纬度”（经度和纬度在同一单元格", "auto")]
    [InlineData("46-survey-xy.csv", "'X坐标' (a northing", "“X坐标”（测量坐标北坐标", "auto")]
    [InlineData("37b-latitude-missing-known.csv", "line 2, Latitude: the row states Longitude 104.31",
        "第 2 行“纬度”：该行有“经度”104.31", "auto")]
    [InlineData("38-one-row-swapped-new.csv", "1 of 3 rows", "3 行中有 1 行", "auto")]
    [InlineData("45-xian80.csv", "4491-4554", "4491-4554", "EPSG:4610")]
    [InlineData("56-precision-lost-coords.csv", "--allow-moves", "--allow-moves", "auto")]
    [InlineData("73b-code-in-two-languages.geojson", "'编号'", "“编号”", "auto")]
    [InlineData("74-null-feature.geojson", "features[1]: null", "features[1]：此处应为 Feature，实际为 null", "auto")]
    [InlineData("81-overpass.json", "Overpass JSON", "Overpass JSON", "auto")]
    public async Task A_file_is_refused_with_what_was_seen_in_both_languages(string name, string says, string saysZh, string crs)
    {
        if (SharedData.Find(ImportCases.Folder + name) is not { } path) return;
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => register.ImportAsync(path, new(path, Crs: crs, DryRun: true)));
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(saysZh, refusal.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_real_water_is_thrown_away_for_a_cell()
    {
        if (SharedData.Find(ImportCases.Folder + "141b-same-skip-bad.csv") is not { } path) return;
        var report = await register.ImportAsync(path, new(path, DryRun: true, SkipBad: true));
        Assert.Equal((3, 3, 0, 2), (report.Read, report.Inserted, report.Skipped, report.RowsLeftOut));
        Assert.Equal("DepthMetres", Assert.Single(report.EmptiedCells!).Column);
    }

    [Fact]
    public async Task What_was_said_may_be_allowed_and_is_told()
    {
        if (SharedData.Find(ImportCases.Folder + "56-precision-lost-coords.csv") is not { } path) return;
        var moves = (await register.ImportAsync(path, new(path, DryRun: true, AllowMoves: true))).Moves!;
        Assert.Equal((3, 3, 3), (moves.Count, moves.OntoOneSpot, moves.DigitsCut));
        Assert.InRange(moves.FarthestMetres, 5_900, 6_200);
        Assert.Equal("EPSG:4326", ((CrsConclusion)(await register.ImportAsync(path, new(path, DryRun: true, AllowMoves: true))).Crs!).Used);
    }
}
