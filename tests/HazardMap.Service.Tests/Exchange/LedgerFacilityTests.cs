namespace HazardMap.Service.Tests.Exchange;

public sealed class LedgerFacilityTests : LedgerTests
{
    private const string Headers = "编号,名称,类型,行政区划代码,经度,纬度,容量,5岁以下,5至14岁,60岁以上\n";

    private Task<string?> RowAsync(string code) => County.ScalarAsync<string>(
        "select concat_ws('|', name, kind, division_code, capacity, under5, aged_5_to_14, aged_60_plus, counts_estimated, version) "
            + "from register.facilities where code = $1", code);

    [Theory]
    [InlineData("学校", "School")]
    [InlineData("幼儿园", "Kindergarten")]
    [InlineData("儿童之家", "ChildrensHome")]
    [InlineData("游泳池", "SwimmingPool")]
    [InlineData("养老机构", "CareHome")]
    [InlineData("食堂", "Canteen")]
    [InlineData("浴室", "Bathhouse")]
    [InlineData("心理辅导室", "CounsellingRoom")]
    [InlineData("社工站", "SocialWorkStation")]
    [InlineData("未保中心", "ProtectionCentre")]
    public async Task Every_kind_is_known_by_its_chinese_name(string word, string kind)
    {
        await County.ImportAsync("ledger.csv", $"{Headers}F9,新的,{word},532601101,104.3,23.41,80,1,2,３\n");
        Assert.Equal($"新的|{kind}|532601101|80|1|2|3|f|1", await RowAsync("F9"));
    }

    [Fact]
    public async Task A_count_that_a_ledger_states_is_no_estimate_any_more()
    {
        await County.ImportAsync("ledger.csv", $"{Headers}F1,一小,学校,532601101,104.30,23.401,,0,200,\n");
        Assert.Equal("一小|School|532601101|0|200|0|f|2", await RowAsync("F1"));
        Assert.Equal(1, (await County.ImportAsync("ledger.csv", $"{Headers}F1,一小,学校,532601101,104.30,23.401,,0,200,\n")).Unchanged);
    }

    [Fact]
    public async Task A_count_below_zero_is_refused() =>
        Assert.Contains("line 2, Under5: '-1' is not a whole number",
            (await County.RefusedAsync("ledger.csv", $"{Headers}F9,新的,学校,532601101,104.3,23.41,,-1,,\n")).Message,
            StringComparison.Ordinal);
}
