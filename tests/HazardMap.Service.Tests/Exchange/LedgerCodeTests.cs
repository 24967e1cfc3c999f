namespace HazardMap.Service.Tests.Exchange;

/// <summary>A code that a web page, a chat or a sheet dressed up is the code behind it: no water becomes two.</summary>
public sealed class LedgerCodeTests : LedgerTests
{
    [Theory]
    [InlineData("\u200BH1")]
    [InlineData("H1\u202C")]
    [InlineData("H\u00AD1")]
    [InlineData("H\u20601")]
    [InlineData("\uFEFFH1\u200E")]
    [InlineData("H1\uFE0F")]
    [InlineData("H\u034F1\u3164")]
    [InlineData("\"=\"\"H1\"\"\"")]
    [InlineData("=\"H1\"")]
    [InlineData("'H1")]
    [InlineData("‘H1")]
    [InlineData("Ｈ１")]
    [InlineData("\tH1")]
    [InlineData("\"=T(\"\"H1\"\")\"")]
    public async Task A_known_code_is_known_in_any_dress(string cell)
    {
        var report = await County.ImportAsync("ledger.csv", Rows($"{cell},一号塘,Pond,532601101,104.30,23.40,9,,,,,,,,,"));
        Assert.Equal((0, 1), (report.Inserted, report.Updated));
        Assert.Equal(9, await County.ScalarAsync<double>("select depth_metres from register.hazards where code = 'H1'"));
    }

    [Theory]
    [InlineData("532601012.0")]
    [InlineData("5.32601012E+8")]
    [InlineData("\"532,601,012\"")]
    public async Task A_number_that_a_sheet_made_of_a_known_code_is_the_code(string cell)
    {
        await County.ExecuteAsync("update register.hazards set code = '532601012' where code = 'H1'");
        Assert.Equal((0, 1), await County.ImportAsync("ledger.csv", Rows($"{cell},,,,,,9,,,,,,,,,")) is var r ? (r.Inserted, r.Updated)
            : default);
    }

    [Theory]
    [InlineData("532601999.0")]
    [InlineData("5.326E+8")]
    public async Task A_number_of_no_known_code_is_refused(string cell)
    {
        var refusal = await County.RefusedAsync("ledger.csv", Rows($"{cell},新塘,Pond,532601101,104.30,23.41,9,,,,,,,,,"));
        Assert.Contains($"line 2, Code: '{cell}' is a code that a sheet turned into a number", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"第 2 行“编号”：'{cell}' 是被表格软件变成数字的代码", refusal.MessageZh,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_code_is_kept_without_what_nobody_sees()
    {
        await County.ImportAsync("ledger.csv", Rows("\u200BN\u00AD1\u202C,新塘,Pond,532601101,104.30,23.41,9,,,,,,,,,"));
        Assert.Equal(1, await County.ScalarAsync<long>("select count(*) from register.hazards where code = 'N1'"));
    }

    [Fact]
    public async Task A_code_that_the_register_knows_only_as_it_stands_comes_back()
    {
        await County.ExecuteAsync("update register.hazards set code = 'Ｈ１' where code = 'H1'");
        var report = await County.ImportAsync("ledger.csv", Rows("Ｈ１,,,,,,9,,,,,,,,,"));
        Assert.Equal((0, 1), (report.Inserted, report.Updated));
    }

    [Fact]
    public async Task Headers_are_known_with_what_nobody_sees_in_them()
    {
        var report = await County.ImportAsync("ledger.csv", "\u200B编\u00AD号,水\u2060深(米)\u202C\nH1,7\n");
        Assert.Equal(1, report.Updated);
    }

    [Fact]
    public async Task A_code_of_a_division_is_read_in_any_dress_too()
    {
        var report = await County.ImportAsync("ledger.csv", Rows("N1,新塘,Pond,=\"532601101\",104.30,23.41,,,,,,,,,,",
            "N2,新塘,Pond,532601101.0,104.31,23.41,,,,,,,,,,"));
        Assert.Equal(2, report.Inserted);
    }

    [Fact]
    public async Task The_same_code_in_two_dresses_stands_there_twice() =>
        Assert.Contains("line 3, Code: the code stands in the file twice: H1 (2)", (await County.RefusedAsync("ledger.csv",
            Rows("H1,,,,,,9,,,,,,,,,", "=\"H1\",,,,,,8,,,,,,,,,"))).Message, StringComparison.Ordinal);
}
