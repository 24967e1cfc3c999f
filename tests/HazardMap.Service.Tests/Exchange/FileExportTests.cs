using HazardMap.Service.Exchange;

namespace HazardMap.Service.Tests.Exchange;

public sealed class FileExportTests : LedgerTests
{
    public static TheoryData<string, string> SetsAndFormats()
    {
        var data = new TheoryData<string, string>();
        foreach (var set in new[] { "Hazards", "Facilities", "Divisions" })
            foreach (var ending in new[] { ".csv", ".geojson" })
                data.Add(set, ending);
        return data;
    }

    [Theory, MemberData(nameof(SetsAndFormats))]
    public async Task What_was_exported_imports_unchanged(string set, string ending)
    {
        await County.ExecuteAsync("update register.hazards set name = '=1+1, \"甲\"', owner_unit = '''=x' where code = 'H1'");
        var kind = Enum.Parse<ImportKind>(set);
        var path = Path.Combine(County.Folder, "out" + ending);
        var rows = await new FileExport(County.Database).RunAsync(kind, path, CancellationToken.None);
        var report = await County.ImportAsync("back" + ending, await File.ReadAllBytesAsync(path), kind);
        Assert.Equal((rows, 0, rows), (report.Read, report.Written, report.Unchanged));
    }

    [Fact]
    public async Task Sample_data_stay_marked_as_such_in_the_next_register()
    {
        await County.ExecuteAsync("update register.hazards set is_synthetic = true where code = 'H1'");
        var path = Path.Combine(County.Folder, "out.csv");
        await new FileExport(County.Database).RunAsync(ImportKind.Hazards, path, CancellationToken.None);
        var moved = (await File.ReadAllTextAsync(path)).Replace("H1,", "H1-copy,", StringComparison.Ordinal);
        await County.ImportAsync("copy.csv", System.Text.Encoding.UTF8.GetBytes(moved), ImportKind.Hazards);
        Assert.True(await County.ScalarAsync<bool>("select is_synthetic from register.hazards where code = 'H1-copy'"));
    }

    [Fact]
    public async Task A_formula_is_neutralised_in_csv()
    {
        await County.ExecuteAsync("update register.hazards set name = '=HYPERLINK(\"x\")' where code = 'H1'");
        var path = Path.Combine(County.Folder, "out.csv");
        await new FileExport(County.Database).RunAsync(ImportKind.Hazards, path, CancellationToken.None);
        Assert.Contains("H1,\"'=HYPERLINK(\"\"x\"\")\",Pond", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1")]
    [InlineData("'=1")]
    [InlineData("''=1")]
    [InlineData("@a")]
    [InlineData("-5")]
    [InlineData("'quoted'")]
    public void A_cell_comes_back_as_it_was(string text) => Assert.Equal(text, CsvCell.Unneutralise(CsvCell.Write(text)));
}
