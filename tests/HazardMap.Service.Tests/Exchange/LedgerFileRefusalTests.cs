using System.Text;
using HazardMap.Service.Exchange;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>Files that are refused as a whole: each says what is wrong and what to do, and changes nothing.</summary>
public sealed class LedgerFileRefusalTests(LedgerCounty county) : IClassFixture<LedgerCounty>
{
    static LedgerFileRefusalTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private const string Row = "N1,新的水塘,坑塘,532601101,104.3,23.41,,,,,,,,,,东镇水务站";

    [Fact]
    public async Task An_empty_file_is_refused() => Assert.Equal("FileEmpty", (await county.RefusedAsync("ledger.csv", "")).Code);

    [Fact]
    public async Task A_file_with_headers_only_is_refused() =>
        Assert.Equal("FileEmpty", (await county.RefusedAsync("ledger.csv", LedgerCounty.Headers + "\n")).Code);

    [Fact]
    public async Task A_file_cut_off_in_a_row_is_refused() =>
        Assert.Contains("is the file cut off", (await county.RefusedAsync("ledger.csv", LedgerCounty.Rows(Row)[..^25])).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_file_cut_off_in_a_quote_is_refused() =>
        Assert.Contains("line 2: the quote that opens here is never closed",
            (await county.RefusedAsync("ledger.csv", LedgerCounty.Headers + "\nN1,\"新塘")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_broken_byte_in_utf8_is_refused_at_its_line_and_column()
    {
        var bytes = Encoding.UTF8.GetBytes(LedgerCounty.Rows(Row, Row.Replace("N1", "N2", StringComparison.Ordinal)));
        bytes[Array.LastIndexOf(bytes, (byte)'N') + 5] = 0xFF; // inside the name of the second row
        var refusal = await county.RefusedAsync("ledger.csv", bytes);
        Assert.Equal("EncodingMixed", refusal.Code);
        Assert.Contains("line 3, column 4", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_encodings_in_one_file_are_refused_at_the_line()
    {
        var gb = Encoding.GetEncoding("GB18030");
        byte[] glued = [.. Encoding.UTF8.GetBytes(LedgerCounty.Rows(Row)),
            .. gb.GetBytes(Row.Replace("N1", "N2", StringComparison.Ordinal) + "\n")];
        var refusal = await county.RefusedAsync("ledger.csv", glued);
        Assert.Equal("EncodingMixed", refusal.Code);
        Assert.Contains("line 3", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_encoding_that_is_neither_is_refused() =>
        Assert.Equal("EncodingUnknown",
            (await county.RefusedAsync("ledger.csv", [.. Encoding.ASCII.GetBytes(LedgerCounty.Headers + "\nN1,caf"), 0xE9,
                .. Encoding.ASCII.GetBytes(",Pond,532601101,104.3,23.4,,,,,,,,,,\n")])).Code);

    [Theory]
    [InlineData("big5", "N1,德厚鎮水庫旁邊的池塘與溪流,Pond,532601101,104.3,23.41,,,,,,,,,,東鎮水務站")]
    [InlineData("shift_jis", "N1,ため池と用水路のそば,Pond,532601101,104.3,23.41,,,,,,,,,,みずのかんりじむしょ")]
    public async Task Another_country_s_encoding_is_not_taken_for_chinese(string encoding, string row) =>
        Assert.Equal("EncodingUnknown",
            (await county.RefusedAsync("ledger.csv", LedgerCounty.Rows(row), encoding: Encoding.GetEncoding(encoding))).Code);

    [Fact]
    public async Task A_sheet_that_is_called_csv_is_refused() =>
        Assert.Equal("NotText", (await county.RefusedAsync("ledger.csv", [0x50, 0x4B, 3, 4, 0, 0, 0, 1, 2, 3, 0, 9])).Code);

    [Theory]
    [InlineData("ledger.xlsx")]
    [InlineData("ledger.gpkg")]
    [InlineData("ledger.kml")]
    public async Task A_format_that_is_not_there_yet_is_refused_by_name(string name) =>
        Assert.Equal("FormatNotYet", (await county.RefusedAsync(name, "x")).Code);

    [Fact]
    public async Task A_file_without_codes_is_refused() =>
        Assert.Equal("HeaderMissing", (await county.RefusedAsync("ledger.csv", "a,b\n1,2\n")).Code);

    [Fact]
    public async Task A_header_that_stands_twice_is_refused() =>
        Assert.Equal("HeaderTwice", (await county.RefusedAsync("ledger.csv", "Code,编号\n1,2\n")).Code);

    [Fact]
    public async Task A_file_that_does_not_tell_what_it_holds_is_refused() =>
        Assert.Equal("KindUnknown", (await county.RefusedAsync("ledger.csv", "Code,Name\nH1,塘\n")).Code);

    [Fact]
    public async Task A_ledger_is_not_an_extract() =>
        Assert.Equal("WrongKind", (await county.RefusedAsync("ledger.csv", LedgerCounty.Rows(Row), ImportKind.Osm)).Code);
}
