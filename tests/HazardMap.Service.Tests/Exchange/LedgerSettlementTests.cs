using HazardMap.Service.Exchange;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>Ledgers of hamlets; and the fields that say where children are, as clerks write them.</summary>
public sealed class LedgerSettlementTests : LedgerTests
{
    [Theory]
    [InlineData("自然村编号,自然村,户数,经度,纬度\nS1,大寨,60,104.21,23.4\n", "大寨|Place|532601102|60")]
    [InlineData("编号,名称,行政区划代码,经度,纬度,人口\nS1,大寨,532601101,104.21,23.4,\"1,204\"\n",
        "大寨|Place|532601101|1204")]
    [InlineData("Code,Kind,DivisionCode,Longitude,Latitude,Weight\nS1,住宅,西镇,104.21,23.4,0.5\n", "|Building|532601102|0.5")]
    public async Task A_ledger_of_hamlets_is_known_by_its_headers_and_lies_where_it_says_or_where_it_is(string csv, string row)
    {
        Assert.Equal(ImportKind.Settlements, (await County.ImportAsync("ledger.csv", csv)).Kind);
        Assert.Equal(row, await County.ScalarAsync<string>("select coalesce(name, '') || concat_ws('|', '', kind, division_code, weight) "
            + "from register.settlements where code = 'S1'"));
        Assert.Equal("小寨", await AgainAsync());
    }

    // A later ledger that states only the name leaves the rest.
    private async Task<string?> AgainAsync()
    {
        Assert.Equal(1, (await County.ImportAsync("again.csv", "编号,自然村\nS1,小寨\n")).Updated);
        return await County.ScalarAsync<string>("select name from register.settlements where code = 'S1' and weight > 0");
    }

    [Fact]
    public async Task A_hamlet_lives_in_the_nearest_village_of_the_division_that_holds_it_also_when_villages_come_later()
    {
        await County.ImportAsync("hamlets.csv", "自然村编号,自然村,户数,经度,纬度\nS1,大寨,60,104.21,23.4\n");
        await County.ImportAsync("villages.csv", "代码,名称,级别,上级代码,经度,纬度\n"
            + "532601102001,近村,村,532601102,104.2,23.4\n532601102002,远村,村,532601102,104.25,23.4\n"
            + "532601101009,邻村,村,532601101,104.211,23.4\n"
            + "532601101010,界外村,村,532601101,104.45,23.4\n", ImportKind.Divisions);
        // The last lies in no boundary, eight kilometres from a village that has none.
        await County.ImportAsync("more.csv", "自然村编号,自然村,户数,经度,纬度\n"
            + "S2,小寨,5,104.24,23.41\nS3,外寨,5,104.53,23.42\n");
        Assert.Equal("S1 532601102001, S2 532601102002, S3 532601101010", await County.ScalarAsync<string>(
            "select string_agg(code || ' ' || division_code, ', ' order by code) from register.settlements where code like 'S_'"));
    }

    [Fact]
    public async Task A_hamlet_that_no_division_holds_is_refused() =>
        Assert.Contains("line 2, DivisionCode: no division in force holds the position",
            (await County.RefusedAsync("ledger.csv", "自然村编号,自然村,户数,经度,纬度\nS1,远寨,60,104.9,23.4\n")).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_ledger_of_waters_that_names_the_hamlet_beside_them_stays_one_of_waters() =>
        Assert.Equal(ImportKind.Hazards, (await County.ImportAsync("ledger.csv",
            "编号,名称,类型,水深,警示牌,自然村,行政区划代码,经度,纬度\n"
                + "N1,塘,坑塘,2,有,大寨,532601101,104.3,23.41\n")).Kind);

    [Theory]
    [InlineData("一级", "Red"), InlineData("Ⅱ级", "Orange"), InlineData("一般", "Yellow"), InlineData("蓝色（较低）", "Blue")]
    [InlineData("重大风险", "Red"), InlineData("低", "Blue"), InlineData("橙色", "Orange"), InlineData("red", "Red")]
    public async Task The_county_s_own_grade_is_read_as_clerks_write_it(string cell, string grade)
    {
        await County.ImportAsync("ledger.csv", $"编号,风险等级,定级日期,定级单位\nH1,{cell},2026年5月1日,县水务局\n");
        Assert.Equal($"{grade}|2026-05-01|县水务局", await GradeAsync());
        // Empty is not said: the grade stays with its day. Another grade is not of that day.
        Assert.Equal(1, (await County.ImportAsync("ledger.csv", "编号,风险等级,水深\nH1,,2\n")).Unchanged);
        Assert.Equal($"{grade}|2026-05-01|县水务局", await GradeAsync());
        await County.ImportAsync("ledger.csv", $"编号,风险等级\nH1,{(grade == "Red" ? "二级" : "一级")}\n");
        Assert.Equal(grade == "Red" ? "Orange" : "Red", await GradeAsync());
    }

    private Task<string?> GradeAsync() => County.ScalarAsync<string>(
        "select concat_ws('|', own_grade, own_grade_on, own_grade_by) from register.hazards where code = 'H1'");

    [Theory]
    [InlineData("高"), InlineData("特别重大"), InlineData("A级"), InlineData("五级")]
    public async Task A_grade_of_another_scale_is_refused_with_the_grades_that_are(string cell) =>
        Assert.Contains("OwnGrade: '" + cell + "' is not one of Red, Orange, Yellow, Blue",
            (await County.RefusedAsync("ledger.csv", $"编号,风险等级\nH1,{cell}\n", ImportKind.Hazards)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("06-01", "06-01"), InlineData("6月1日", "06-01"), InlineData("2026/6/1", "06-01"), InlineData("1-Jun", "06-01")]
    [InlineData("6.1", "06-01"), InlineData("2-29", "02-29"), InlineData("６月１日", "06-01")]
    [InlineData("6月", null), InlineData("13-01", null), InlineData("2-30", null), InlineData("夏季", null)]
    public async Task A_season_is_read_however_a_sheet_turns_it(string cell, string? day)
    {
        var csv = $"编号,开放自,开放至\nF1,{cell},9月30日\n";
        if (day is null)
        {
            Assert.Contains("OpenFrom: '", (await County.RefusedAsync("ledger.csv", csv)).Message, StringComparison.Ordinal);
            return;
        }
        await County.ImportAsync("ledger.csv", csv);
        Assert.Equal(day + " 09-30", await County.ScalarAsync<string>("select open_from || ' ' || open_to from register.facilities"));
    }

    [Theory]
    [InlineData("2018", "2018-01-01"), InlineData("2018年", "2018-01-01"), InlineData("2018年7月", "2018-07-01")]
    [InlineData("2018-07-15", "2018-07-15"), InlineData("20180715", "2018-07-15"), InlineData("2018/7/15 0:00:00", "2018-07-15")]
    [InlineData("15/7/2018", null), InlineData("43296", null), InlineData("2018-02-30", null)]
    public async Task A_year_alone_is_since_its_first_day(string cell, string? day)
    {
        var csv = $"编号,溺水台账起始年份,城乡分类代码\n532601101,{cell},121\n";
        if (day is null)
        {
            Assert.Contains("is not a day: write it as 2018-01-01, or 2018",
                (await County.RefusedAsync("ledger.csv", csv, ImportKind.Divisions)).Message, StringComparison.Ordinal);
            return;
        }
        await County.ImportAsync("ledger.csv", csv, ImportKind.Divisions);
        Assert.Equal(day + " Town", await County.ScalarAsync<string>(
            "select incidents_complete_since || ' ' || residence from register.divisions where code = '532601101'"));
    }
}
