using System.Text;
using HazardMap.Service.Exchange;

namespace HazardMap.Service.Tests.Exchange;

public sealed class LedgerHazardTests : LedgerTests
{
    static LedgerHazardTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private const string Chinese = "编号,名称,类型,行政区划代码,经度,纬度,水深(米),流速,岸坡,通行,"
        + "警示牌,救生圈,救生绳,救生杆,监控,权属单位\n"
        + "N1,新塘,坑塘,532601101,104.301,23.402,2.5,静止,陡坡,开放,是,有,否,无,1,东镇水务站\n";

    private Task<string?> RowAsync(string code) => County.ScalarAsync<string>("""
        select concat_ws('|', name, kind, division_code, st_x(location::geometry), st_y(location::geometry), depth_metres, flow, bank,
          access, has_sign, has_ring, has_rope, has_pole, has_camera, owner_unit, version)
        from register.hazards where code = $1
        """, code);

    public static TheoryData<string, string> Encodings() => new()
    {
        { "utf-8", "UTF-8" }, { "utf-8-bom", "UTF-8 with BOM" }, { "gb18030", "GB18030" }, { "utf-16", "UTF-16 LE" },
        { "utf-16BE", "UTF-16 BE" },
    };

    [Theory, MemberData(nameof(Encodings))]
    public async Task A_chinese_ledger_is_read_in_any_usual_encoding(string name, string told)
    {
        var encoding = name == "utf-8-bom"
            ? new UTF8Encoding(true) : name == "utf-8" ? new UTF8Encoding(false) : Encoding.GetEncoding(name);
        var report = await County.ImportAsync("ledger.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes(Chinese)]);
        Assert.Equal((1, 1, told), (report.Read, report.Inserted, report.Encoding));
        Assert.Equal("新塘|Pond|532601101|104.301|23.402|2.5|Still|Steep|Open|t|t|f|f|t|东镇水务站|1", await RowAsync("N1"));
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    public async Task Columns_may_stand_in_any_order_behind_any_separator(char separator)
    {
        var text = "纬度,经度,名称,编号,类型,区划代码\n２３．４０２,１０４．３０１,新塘,N1,River,532601101\n"
            .Replace(',', separator);
        Assert.Equal(1, (await County.ImportAsync("ledger.csv", text, ImportKind.Hazards)).Inserted);
        Assert.Equal("新塘|River|532601101|104.301|23.402|1", await RowAsync("N1"));
    }

    [Fact]
    public async Task A_known_code_updates_and_a_new_one_inserts()
    {
        var report = await County.ImportAsync("ledger.csv",
            Rows("H1,一号塘,Pond,532601101,104.30,23.40,3.5,,,,是,,,,,", "N1,新塘,Pond,532601101,104.3,23.41,,,,,,,,,,"));
        Assert.Equal((1, 1, 0), (report.Inserted, report.Updated, report.Unchanged));
        Assert.Equal("一号塘|Pond|532601101|104.3|23.4|3.5|t|2", await RowAsync("H1"));
    }

    [Fact]
    public async Task An_empty_cell_of_the_four_ones_is_unknown_for_a_new_water_and_unchanged_for_a_known_one()
    {
        await County.ImportAsync("ledger.csv", Rows("N1,新塘,Pond,532601101,104.3,23.41,,,,,是,,否,,,"));
        Assert.Equal("t ? f ? ?", await OnesAsync("N1"));
        await County.ImportAsync("ledger.csv", Rows("N1,新塘,Pond,532601101,104.3,23.41,,,,,,有,,,,"));
        Assert.Equal("t t f ? ?", await OnesAsync("N1"));
    }

    private Task<string?> OnesAsync(string code) => County.ScalarAsync<string>("""
        select concat_ws(' ', coalesce(has_sign::text::char, '?'), coalesce(has_ring::text::char, '?'), coalesce(has_rope::text::char, '?'),
          coalesce(has_pole::text::char, '?'), coalesce(has_camera::text::char, '?')) from register.hazards where code = $1
        """, code);

    [Fact]
    public async Task A_name_is_as_long_as_its_characters_are_many()
    {
        var name = string.Concat(Enumerable.Repeat("𠮷", 200)); // each of them two halves in .NET
        var report = await County.ImportAsync("ledger.csv", Rows($"N1,{name},Pond,532601101,104.3,23.41,,,,,,,,,,"));
        Assert.Equal(1, report.Inserted);
    }

    [Fact]
    public async Task The_same_ledger_again_changes_nothing()
    {
        var text = Rows("H1,一号塘,Pond,532601101,104.30,23.40,3.5,,,,是,,,,,", "N1,新塘,Pond,532601101,104.3,23.41,,,,,,,,,,");
        await County.ImportAsync("ledger.csv", text);
        var before = await County.ScalarAsync<long>("select count(*) from register.history");
        var report = await County.ImportAsync("ledger.csv", text);
        Assert.Equal((0, 2), (report.Written, report.Unchanged));
        Assert.Equal(before, await County.ScalarAsync<long>("select count(*) from register.history"));
    }

    [Fact]
    public async Task An_empty_cell_leaves_what_is_there()
    {
        await County.ImportAsync("ledger.csv", "Code,DepthMetres,OwnerUnit\nH1,,水务站\n", ImportKind.Hazards);
        Assert.Equal("一号塘|Pond|532601101|104.3|23.4|2|水务站|2", await RowAsync("H1"));
    }

    [Fact]
    public async Task A_cell_that_begins_like_a_formula_is_kept_as_text()
    {
        await County.ImportAsync("ledger.csv", Rows("N1,\"=HYPERLINK(\"\"http://x\"\")\",Pond,532601101,104.3,23.41,,,,,,,,,,"));
        Assert.StartsWith("=HYPERLINK(\"http://x\")|", await RowAsync("N1"));
    }

    [Fact]
    public async Task A_quoted_cell_may_span_lines_and_the_next_row_s_line_is_still_right()
    {
        var refusal = await County.RefusedAsync("ledger.csv",
            Rows("N1,新塘,Pond,532601101,104.3,23.41,,,,,,,,,,\"甲\n乙\"", "N2,新塘,Pond,532601101,104.3,abc,,,,,,,,,,"));
        Assert.Contains("line 4, Latitude: 'abc' is not a number", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_is_not_ours_is_told_by_name()
    {
        var report = await County.ImportAsync("ledger.csv", "序号,Code,DepthMetres,备注\n1,H1,3,近学校\n", ImportKind.Hazards);
        Assert.Equal(["序号", "备注"], report.IgnoredColumns!);
    }

    [Fact]
    public async Task A_dry_run_reports_and_keeps_nothing()
    {
        var before = await County.FingerprintAsync();
        Assert.Equal(1, (await County.ImportAsync("ledger.csv", Chinese, dryRun: true)).Inserted);
        Assert.Equal(before, await County.FingerprintAsync());
    }

    [Fact]
    public async Task Bad_rows_may_be_left_out_and_are_told()
    {
        var report = await County.ImportAsync("ledger.csv",
            Rows("N1,新塘,Pond,532601101,104.3,23.41,,,,,,,,,,", "N2,新塘,Pond,999999,104.3,23.41,,,,,,,,,,",
                ",新塘,Pond,532601101,104.3,23.41,,,,,,,,,,"), skipBad: true);
        Assert.Equal((3, 1, 2), (report.Read, report.Inserted, report.Skipped));
        Assert.Equal("CodeMissing, UnknownDivision",
            string.Join(", ", report.SkippedReasons.Select(s => s.Reason).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_row_whose_area_is_known_may_repeat_its_location() =>
        Assert.Equal(1, (await County.ImportAsync("ledger.csv", Rows("L1,大湖,Lake,532601101,104.335,23.435,6,,,,,,,,,"))).Updated);

    [Fact]
    public async Task What_was_imported_is_scored_in_the_same_breath()
    {
        await County.ImportAsync("ledger.csv", Chinese);
        Assert.Equal(0, await County.ScalarAsync<long>("select count(*) from register.hazard_risks where score is null"));
        Assert.True(await County.ScalarAsync<bool>("select score > 0 from register.hazard_risks r "
            + "join register.hazards h on h.id = r.hazard_id where h.code = 'N1'"));
    }

    [Fact]
    public async Task The_register_remembers_the_import_and_who_did_it()
    {
        var report = await County.ImportAsync("ledger.csv", Chinese);
        Assert.Equal(report.Sha256,
            await County.ScalarAsync<string>("select encode(sha256, 'hex') from register.imports where kind = 'hazards'"));
        Assert.Equal("test",
            await County.ScalarAsync<string>("select changed_by from register.history where entity = 'Hazards' order by id desc limit 1"));
    }
}
