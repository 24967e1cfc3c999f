namespace HazardMap.Service.Tests.Exchange;

/// <summary>One bad row refuses the file by its line and column, and nothing changes.</summary>
public sealed class LedgerRowRefusalTests(LedgerCounty county) : IClassFixture<LedgerCounty>
{
    [Theory]
    [InlineData("N1,新塘,Pond,999999,104.3,23.41,,,,,,,,,,", "line 2, DivisionCode: the register has no division 999999")]
    [InlineData(",新塘,Pond,532601101,104.3,23.41,,,,,,,,,,", "line 2, Code: a row without a code")]
    [InlineData("N1,,Pond,532601101,104.3,23.41,,,,,,,,,,", "line 2, Name: a new row must have it")]
    [InlineData("N1,新塘,,532601101,104.3,23.41,,,,,,,,,,", "line 2, Kind: a new row must have it")]
    [InlineData("N1,新塘,Pond,532601101,,,,,,,,,,,,", "line 2, Longitude: a new row must have it")]
    [InlineData("N1,新塘,Swamp,532601101,104.3,23.41,,,,,,,,,,", "line 2, Kind: 'Swamp' is not one of River")]
    [InlineData("N1,新塘,Pond,532601101,104.3,23.41,-1,,,,,,,,,", "line 2, DepthMetres: '-1' is not between 0 and 12000")]
    [InlineData("N1,新塘,Pond,532601101,NaN,23.41,,,,,,,,,,", "line 2, Longitude: 'NaN' is not a number")]
    [InlineData("N1,新塘,Pond,532601101,104.3,Infinity,,,,,,,,,,", "line 2, Latitude: 'Infinity' is not a number")]
    [InlineData("N1,新塘,Pond,532601101,104.3,23.41,,,,,maybe,,,,,", "line 2, HasSign: 'maybe' is neither yes nor no")]
    [InlineData("N1,新塘,Pond,5.32601E+11,104.3,23.41,,,,,,,,,,", "is a code that a sheet turned into a number")]
    [InlineData("N1,新塘,Pond,532601101,104.3,23.7,,,,,,,,,,", "line 2, Longitude: the position lies outside its division 532601")]
    [InlineData("N1,新塘,Pond,532601102,104.3,23.4,,,,,,,,,,", "line 2, Longitude: the position lies outside its division 532601102")]
    [InlineData("L1,大湖,Lake,532601101,104.3,23.4,,,,,,,,,,", "L1 is a line or an area")]
    [InlineData("N1,新塘,Pond,532601101,104.3", "line 2, Latitude: the row states Longitude 104.3 and no Latitude")]
    public async Task A_bad_row_is_refused_by_line_and_column(string row, string says) =>
        Assert.Contains(says, (await county.RefusedAsync("ledger.csv", LedgerCounty.Rows(row))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_same_code_twice_is_refused() =>
        Assert.Contains("line 3, Code: the code stands in the file twice: N1 (2)",
            (await county.RefusedAsync("ledger.csv", LedgerCounty.Rows("N1,新塘,Pond,532601101,104.3,23.41,,,,,,,,,,",
                "N1,新塘,Pond,532601101,104.3,23.41,,,,,,,,,,"))).Message, StringComparison.Ordinal);
}
