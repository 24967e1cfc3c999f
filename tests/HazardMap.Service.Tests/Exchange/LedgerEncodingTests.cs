using System.Text;
using HazardMap.Service.Exchange.Ledger;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>GBK and GB18030 as browsers and sheets read them; rare names are names, not another encoding.</summary>
public sealed class LedgerEncodingTests
{
    [Theory]
    [InlineData("A3A0", "\u3000")]
    [InlineData("80", "€")]
    [InlineData("A8BC", "\u1E3F")]
    [InlineData("A6D9", "\uFE10")]
    [InlineData("FE59", "\u9FB4")]
    [InlineData("FE51", "\U00020087")]
    [InlineData("88D2", "堃")]
    [InlineData("8139EF30", "\u3401")]
    public void A_character_is_what_the_standard_of_the_web_says(string bytes, string character)
    {
        var text = Decode([.. "Code,Name\nN1,"u8, .. Convert.FromHexString(bytes), 0xCC, 0xC1, .. ",x\n"u8]);
        Assert.Equal($"Code,Name\nN1,{character}塘,x\n", text);
    }

    [Fact]
    public void Nothing_but_rare_names_under_english_headers_is_still_chinese()
    {
        var names = Convert.FromHexString("88D286B4" + "CCC1" + "2C" + "AC42AB68" + "CCC1" + "2C" + "A0C4EDB5" + "CCC1");
        Assert.EndsWith("塘", Decode([.. "Code,Name\nN1,"u8, .. names]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("windows-1252", "N1,Étang près de l'école à côté\nN2,Bérénice préférée", "Windows-1252")]
    [InlineData("big5", "N1,德厚鎮水庫旁邊的池塘與溪流", "Big5")]
    [InlineData("shift_jis", "N1,ため池と用水路のそば", "Shift-JIS")]
    public void Another_country_s_encoding_is_named_or_told_by_its_bytes(string encoding, string text, string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var refusal = Assert.Throws<RefusalException>(() => Decode(Encoding.GetEncoding(encoding).GetBytes(text + "\n")));
        Assert.Equal("EncodingUnknown", refusal.Code);
        if (!refusal.Message.Contains("the bytes ", StringComparison.Ordinal))
            foreach (var message in new[] { refusal.Message, refusal.MessageZh }) Assert.Contains(name, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sheet_that_is_called_csv_is_named() =>
        Assert.Contains("xlsx", Assert.Throws<RefusalException>(() => Decode([0x50, 0x4B, 3, 4, 20, 0])).MessageZh,
            StringComparison.Ordinal);

    private static string Decode(byte[] bytes) => LedgerText.Decode(bytes, "ledger.csv").Text;
}
