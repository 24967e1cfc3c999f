using HazardMap.Service.Exchange;

namespace HazardMap.Service.Tests.Exchange;

public sealed class FileExportTests : LedgerTests
{
    public static TheoryData<string, string> SetsAndFormats()
    {
        var data = new TheoryData<string, string>();
        foreach (var set in new[] { "Hazards", "Facilities", "Divisions", "Settlements" })
            foreach (var ending in new[] { ".csv", ".geojson" })
                data.Add(set, ending);
        return data;
    }

    [Theory, MemberData(nameof(SetsAndFormats))]
    public async Task What_was_exported_imports_unchanged(string set, string ending)
    {
        await County.ExecuteAsync("""
            update register.divisions set residence = 'Town', aged_1_to_4 = 3, aged_5_to_14 = 9, incidents_complete_since = '2018-01-01';
            update register.facilities set stages = 'Both', boarders = 7, places = 60, open_from = '06-01', open_to = '09-30', turns = 4;
            update register.hazards set own_grade = 'Orange', own_grade_on = '2026-05-20', own_grade_by = '县水务局', status = 'Filled'
            where code = 'H2';
            insert into register.settlements (code, name, location, division_code, weight) values
              ('S1', '大寨', 'POINT(104.3 23.4)', '532601101', 60), ('S2', null, 'POINT(104.31 23.4)', '532601101', 0.5)
            """);
        await County.ExecuteAsync("update register.hazards set name = '=1+1, \"甲\"', owner_unit = '''=x' where code = 'H1'");
        var kind = Enum.Parse<ImportKind>(set);
        var path = Path.Combine(County.Folder, "out" + ending);
        var rows = await new FileExport(County.Database).RunAsync(kind, path, CancellationToken.None);
        var report = await County.ImportAsync("back" + ending, await File.ReadAllBytesAsync(path), kind);
        Assert.Equal((rows, 0, rows), (report.Read, report.Written, report.Unchanged));
    }

    [Theory]
    [InlineData("Hazards", ".csv", "L1")]
    [InlineData("Hazards", ".geojson", "L1")]
    [InlineData("Divisions", ".csv", "532601102")]
    [InlineData("Divisions", ".geojson", "532601102")]
    public async Task What_was_exported_is_whole_in_a_register_that_does_not_have_it(string set, string ending, string code)
    {
        const string Holed = "POLYGON((104.2 23.3,104.25 23.3,104.25 23.5,104.2 23.5,104.2 23.3),(104.21 23.31,104.21 23.32,104.22 "
            + "23.32,104.21 23.31))";
        await County.ExecuteAsync($"""
            update register.divisions set boundary = st_multi('{Holed}'::geometry)::geography,
              centre = st_makepoint(104.24, 23.49)::geography
            where code = '532601102'
            """);
        var places = $"select to_jsonb(t)::text from register.{set.ToLowerInvariant()} t where code = '{code}'";
        var before = Stated(await County.ScalarAsync<string>(places));
        var path = Path.Combine(County.Folder, "out" + ending);
        await new FileExport(County.Database).RunAsync(Enum.Parse<ImportKind>(set), path, CancellationToken.None);
        await County.ExecuteAsync($"delete from register.{set.ToLowerInvariant()} where code = '{code}'");
        await County.ImportAsync("back" + ending, await File.ReadAllBytesAsync(path), Enum.Parse<ImportKind>(set));
        Assert.Equal(before, Stated(await County.ScalarAsync<string>(places)));
    }

    // What a ledger carries, without what the register stamps.
    private static string Stated(string? row) => string.Join('\n', System.Text.Json.JsonDocument.Parse(row!).RootElement.EnumerateObject()
        .Where(p => p.Name is not ("id" or "source" or "created_at" or "updated_at" or "version" or "valid_from")).Select(p =>
        p.ToString()));

    [Theory]
    [InlineData("LINESTRING(104.3 23.4, 104.31 23.41)", "LINESTRING")]
    [InlineData("SRID=4326;MULTIPOLYGON(((104.3 23.4,104.31 23.4,104.31 23.41,104.3 23.4)))", "MULTIPOLYGON")]
    [InlineData("polygon z((104.3 23.4 1,104.31 23.4 1,104.31 23.41 1,104.3 23.4 1))", "POLYGON")]
    public async Task A_shape_comes_in_as_text(string shape, string kind)
    {
        await County.ImportAsync("ledger.csv", $"Code,Name,Kind,DivisionCode,WKT\nN1,塘,River,532601101,\"{shape}\"\n");
        Assert.Equal(kind, await County.ScalarAsync<string>("select geometrytype(shape) from register.hazards where code = 'N1'"));
    }

    [Theory]
    [InlineData("POLYGON((104.3 23.4,104.31 23.4", "line 2, Shape: 'POLYGON((104.3 23.4,104.31 23.4'")]
    [InlineData("POLYGON((104.3 23.4,104.31 23.4,104.31 23.41,104.3 23.41))", "expected well-known text")]
    [InlineData("POLYGON((104.3 23.4,104.31 23.41,104.31 23.4,104.3 23.41,104.3 23.4))", "The geometry is not valid")]
    [InlineData("GEOMETRYCOLLECTION(POINT(104.3 23.4))", "a collection is not accepted")]
    [InlineData("POINT EMPTY", "it is empty")]
    [InlineData("SRID=3857;POINT(1 2)", "its SRID is neither 4326 nor 4490")]
    [InlineData("圆形", "'圆形': expected well-known text")]
    public async Task A_text_that_is_no_sound_shape_is_refused(string shape, string says) =>
        Assert.Contains(says, (await County.RefusedAsync("ledger.csv",
            $"Code,Name,Kind,DivisionCode,Shape\nN1,塘,River,532601101,\"{shape}\"\n")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_position_that_is_not_where_the_shape_beside_it_is_is_refused() =>
        Assert.Contains("line 2, Longitude: longitude and latitude are not where the shape beside them is",
            (await County.RefusedAsync("ledger.csv",
            "Code,Longitude,Latitude,DepthMetres,Shape\nL1,104.31,23.43,2,\"POLYGON((104.33 23.43,104.34 23.43,104.34 23.44,104.33 "
                + "23.43))\"\n"))
            .Message, StringComparison.Ordinal);

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
    [InlineData("'front")]
    [InlineData("''front")]
    [InlineData("'")]
    public void A_cell_comes_back_as_it_was(string text) => Assert.Equal(text, CsvCell.Unneutralise(CsvCell.Write(text)));
}
