namespace HazardMap.Service.Tests.Exchange;

/// <summary>A form as a county's clerk fills it in: title, units, two rows of headers, merged cells, totals, signatures.</summary>
public sealed class LedgerFormTests : LedgerTests
{
    private static string Form(string rows) => "2024年某市重点水域隐患排查台账,,,,,,,,,,,,\n填报单位："
        + "某市水务局,,,,,,填报日期：2024年3月5日,,,,,,\n"
        + "序号,水域编号,水域名称,水域类型,所在乡镇,位置,,水深,安全设施,,,责任人,备注\n,,,,,经度,纬"
        + "度,（米）,警示牌,救生圈,救生绳,,\n"
        + rows + "合计,3处,,,,,,,2,2,1,,\n填表人：赵某,,,,,审核人：钱某,2024年3月5日,,,,,,\n注："
        + "本表一式两份。,,,,,,,,,,,,\n以下空白,,,,,,,,,,,,\n";

    private const string Good = "1,X1,甲村大塘,山塘,东镇,\"104°18′30″\",\"23°24′10″\",3米,有,√,无,张某,\n"
        + "2,X2,乙村水库,小二型水库,东镇,104.32,23.42,约2.5m,有（2块）,√,√,李某,已整改\n"
        + "3,X3,丙沟,灌溉渠,西镇,东经104.21,北纬23.4,1.2,无,无,无,王某,\n";

    [Fact]
    public async Task A_form_is_read_and_what_was_left_out_and_read_otherwise_is_told()
    {
        var report = await County.ImportAsync("form.csv", Form(Good));
        Assert.Equal((3, 3, 0), (report.Read, report.Inserted, report.Skipped));
        Assert.Equal("X1|Pond|532601101|3|t|t|f,X2|Reservoir|532601101|2.5|t|t|t,X3|Canal|532601102|1.2|f|f|f",
            await County.ScalarAsync<string>("""
                select string_agg(concat_ws('|', code, kind, division_code, depth_metres, has_sign, has_ring, has_rope), ',' order by code)
                from register.hazards where code like 'X%'
                """));
        Assert.Equal([1, 2, 8, 9, 10, 11], report.LeftOut!.Select(r => r.Line));
        Assert.Equal("above the headers, above the headers, a total, a signature, a note, the end of a page",
            string.Join(", ", report.LeftOut!.Select(r => r.What)));
        Assert.Contains(report.ReadAs!, r => r.Column == "DepthMetres" && r.Count == 2 && r.Examples[1] == "line 6: '约2.5m' = 2.5");
        Assert.Contains(report.Notes, n => n.En.Contains("headers in line 3 to 4: 序号, 水域编号", StringComparison.Ordinal)
            && n.En.Contains("位置/经度, 位置/纬度", StringComparison.Ordinal));
        Assert.Contains(report.Notes, n => n.Zh.Contains("西镇 = 532601102", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_without_codes_is_refused_with_everything_that_was_seen()
    {
        var form = Form(Good + "4,X4,丁塘,鱼塘,东镇,104.33,23.41,1-2,有,有,有,王某,\n").Replace("水域编号", "备用",
            StringComparison.Ordinal);
        var refusal = await County.RefusedAsync("form.csv", form);
        Assert.Equal("HeaderMissing", refusal.Code);
        foreach (var said in new[] { "headers in line 3 to 4", "位置/经度", "'序号' (a running number", "line 1 (above the headers)",
            "(a total)",
            "(a signature)", "line 8, DepthMetres: '1-2' is a range" })
            Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        foreach (var said in new[] { "表头在第 3 至 4 行", "位置/经度", "“序号”（序号不是编号",
            "第 1 行（表头之前的行）", "（合计行）", "（签字行）",
            "第 8 行“水深(米)”：'1-2' 是范围" })
            Assert.Contains(said, refusal.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreadable_optional_cell_is_left_empty_and_told_when_bad_rows_may_be_skipped()
    {
        var report = await County.ImportAsync("form.csv", Form(Good + "4,X4,丁塘,鱼塘,东镇,104.33,23.41,1-2,破损,有,有,王某,\n"
            + "5,X5,戊塘,鱼塘,东镇,,,1,有,有,有,王某,\n6,,己塘,鱼塘,东镇,104.33,23.40,1,有,有,有,王某,\n"),
            skipBad: true);
        Assert.Equal((6, 4, 2), (report.Read, report.Inserted, report.Skipped));
        Assert.Equal("DepthMetres: line 8, DepthMetres: '1-2' | HasSign: line 8, HasSign: '破损'",
            string.Join(" | ", report.EmptiedCells!.Select(c => $"{c.Column}: {string.Join(' ', c.Examples[0].Split(' ')[..4])}")
                .Order(StringComparer.Ordinal)));
        Assert.Equal("CodeMissing, Lacks", string.Join(", ", report.SkippedReasons.Select(s => s.Reason).Order(StringComparer.Ordinal)));
        Assert.Null(await County.ScalarAsync<double?>("select depth_metres from register.hazards where code = 'X4'"));
    }

    [Fact]
    public async Task A_known_row_stands_without_the_required_cell_that_can_t_be_read()
    {
        var report = await County.ImportAsync("ledger.csv", Rows("H1,一号塘,Swamp,999999,104.30,23.40,4,,,,,,,,,"), skipBad: true);
        Assert.Equal((1, 0), (report.Updated, report.Skipped));
        Assert.Equal("DivisionCode, Kind", string.Join(", ", report.EmptiedCells!.Select(c => c.Column).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task When_every_row_is_skipped_nothing_is_kept_and_the_report_says_so()
    {
        var before = await County.FingerprintAsync();
        var report = await County.ImportAsync("ledger.csv", Rows("N1,新塘,Swamp,532601101,104.30,23.41,4,,,,,,,,,"), skipBad: true);
        Assert.True(report.IsNothing);
        Assert.Equal(before, await County.FingerprintAsync());
    }

    [Fact]
    public async Task Cells_missing_at_a_row_s_end_are_empty()
    {
        var report = await County.ImportAsync("ledger.csv", Rows("N1,新塘,Pond,532601101,104.3,23.41,2", "N2,新塘"
            + ",Pond,532601101,104.31,23.41"));
        Assert.Equal(2, report.Inserted);
    }

    [Theory]
    [InlineData("sep=,", ',')]
    [InlineData("sep=;", ';')]
    [InlineData("\"sep=|\"", '|')]
    [InlineData("sep=^", '^')]
    [InlineData("SEP=\t", '\t')]
    public async Task The_line_that_names_the_separator_is_obeyed_and_lines_are_counted_on(string line, char separator)
    {
        var text = line + "\n" + Rows("N1,新塘,Pond,532601101,104.3,23.41,abc").Replace(',', separator);
        Assert.Contains("line 3, DepthMetres: 'abc'", (await County.RefusedAsync("ledger.csv", text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_names_no_separator_is_refused() =>
        Assert.Equal("SeparatorRefused", (await County.RefusedAsync("ledger.csv", "sep=||\n" + Rows("H1"))).Code);

    [Fact]
    public async Task A_decimal_comma_is_named_as_such()
    {
        var refusal = await County.RefusedAsync("ledger.csv", "Code;Name;Kind;DivisionCode;Longitude;Latitude\nN1;塘"
            + ";Pond;532601101;104,3;23,4\n");
        Assert.Contains("line 2, Longitude: '104,3' has a decimal comma: write 104.3", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("第 2 行“经度”：'104,3' 用逗号作小数点：请写成 104.3", refusal.MessageZh,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("编号,名称,类型,行政区划代码,经纬度\nN1,塘,坑塘,532601101,\"104.3,23.4\"\n",
        "'经纬度' (longitude and latitude in one cell", "“经纬度”（经度和纬度在同一单元格")]
    [InlineData("编号,名称,类型,行政区划代码,X坐标,Y坐标\nN1,塘,坑塘,532601101,2588000,428000\n",
        "'X坐标' (a northing", "“Y坐标”（测量坐标东坐标")]
    [InlineData("编号,名称,类型,行政区划代码,经度(GCJ02),纬度(GCJ02)\nN1,塘,坑塘,532601101,104.3,23.4\n", "--crs gcj02",
        "--crs gcj02")]
    [InlineData("编号,名称,类型,行政区划代码,地址\nN1,塘,坑塘,532601101,村口\n", "Columns not read: '地址'",
        "未读取的列：“地址”")]
    public async Task Columns_that_were_not_read_are_named_with_what_they_look_like(string text, string says, string saysZh)
    {
        var refusal = await County.RefusedAsync("ledger.csv", text);
        Assert.Contains("no column is read as Longitude (经度) and Latitude (纬度)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(saysZh, refusal.MessageZh, StringComparison.Ordinal);
        Assert.DoesNotContain("a new row must have it", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("H1,一号塘,Pond,532601101,104.31,,,,,,,,,,,", "line 2, Latitude: the row states Longitude 104.31 and no Latitude")]
    [InlineData("N1,新塘,Pond,532601101,,23.4,,,,,,,,,,", "line 2, Longitude: the row states Latitude 23.4 and no Longitude")]
    public async Task Half_a_position_is_refused_of_known_and_new_rows(string row, string says)
    {
        var refusal = await County.RefusedAsync("ledger.csv", Rows(row));
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("1 of 1 rows", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("must have it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_of_longitude_without_one_of_latitude_is_refused() =>
        Assert.Equal("HalfPosition", (await County.RefusedAsync("ledger.csv", "编号,经度,水深\nH1,104.31,2\n")).Code);

    [Fact]
    public async Task A_row_that_was_swapped_has_one_reason()
    {
        var refusal = await County.RefusedAsync("ledger.csv", Rows("N1,新塘,Pond,532601101,104.3,23.4,,,,,,,,,,",
            "N2,新塘,Pond,532601101,23.4,104.31,,,,,,,,,,", "N3,新塘,Pond,532601101,104.32,23.4,,,,,,,,,,"));
        Assert.Contains("line 3, Longitude: [23.4, 104.31] is not on the globe", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("swap the two", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("must have it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_township_s_name_that_two_have_is_refused_with_their_codes()
    {
        await County.ExecuteAsync("update register.divisions set name = '东镇' where code = '532601102'");
        var refusal = await County.RefusedAsync("ledger.csv", Rows("N1,新塘,Pond,东镇,104.3,23.4,,,,,,,,,,"));
        Assert.Contains("several divisions have that name, 东镇 (532601101, 532601102)", refusal.Message, StringComparison.Ordinal);
    }
}
