using System.Text;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// Tells text of another country's encoding from GB18030, as which nearly all bytes can be read. Chinese as people write it is nearly all
/// GB 2312; rare characters are names. Many rare ones mean another encoding only when that encoding reads the bytes better.
/// </summary>
internal static class ForeignEncoding
{
    private const int FewRare = 3;

    // What waters, schools and places are called, in the characters of both shores and of Japan.
    private const string Telling = "水库塘河沟渠井湖池坝村镇县市乡区州省学校小中幼园站局厅府一二三大新"
        + "老东西南北上下山坡头口庫溝壩鎮縣鄉區學園東"
        + "のとはをにがでめすい";

    private static readonly (string Name, string Encoding)[] Others =
        [("Big5 (Taiwan, Hong Kong)", "big5"), ("Shift-JIS (Japan)", "shift_jis")];

    static ForeignEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding that the bytes look like, and the line where that begins; <see langword="null"/>: read them as
    /// GB18030.</summary>
    public static (string Name, int Line)? Of(byte[] bytes)
    {
        int characters = 0, rare = 0, amongLetters = 0, first = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x81 || i + 1 == bytes.Length) continue;
            characters++;
            if (bytes[i] < 0xA1 || bytes[i + 1] < 0xA1)
            {
                if (rare++ == 0) first = i;
                if (i > 0 && char.IsAsciiLetter((char)bytes[i - 1]) && char.IsAsciiLetter((char)bytes[i + 1])) amongLetters++;
            }
            i++;
        }
        if (rare < FewRare || rare * 5 <= characters) return null;
        var line = bytes.AsSpan(0, first).Count((byte)'\n') + 1;
        if (amongLetters * 2 > rare) return ("Windows-1252 (Western Europe)", line);
        var ours = Words(Gb18030Text.Decoder, bytes);
        foreach (var (name, encoding) in Others)
            if (Words(Open(encoding), bytes) is var words && words > ours && (words - Math.Max(ours, 0)) * 10 >= characters) return (name,
                line);
        return null;
    }

    private static Encoding Open(string name) =>
        Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    // How many of the text's characters tell what ledgers speak of; -1 when not all of it can be read so.
    private static int Words(Encoding encoding, byte[] bytes)
    {
        try
        {
            var text = encoding.GetString(bytes);
            return text.AsSpan().ContainsAnyInRange('\uE000', '\uF8FF') && encoding.CodePage != Gb18030Text.Decoder.CodePage
                ? -1 : text.Count(c => Telling.Contains(c, StringComparison.Ordinal));
        }
        catch (DecoderFallbackException)
        {
            return -1;
        }
    }
}
