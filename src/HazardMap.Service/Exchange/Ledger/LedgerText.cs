using System.Text;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// Finds the encoding of a ledger, strictly: every byte must be text in one encoding. UTF-8 and UTF-16 by their mark,
/// else UTF-8 when all of it is valid, else GB18030; anything mixed or broken is refused at its line and column.
/// </summary>
internal static class LedgerText
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    static LedgerText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text of a file and the name of its encoding.</summary>
    /// <exception cref="RefusalException">Not text, or not text in one encoding.</exception>
    public static (string Text, string Encoding) Decode(byte[] bytes, string fileName)
    {
        if (bytes.AsSpan().StartsWith("\uFEFF"u8)) return (Strict(Utf8, bytes.AsSpan(3), fileName, "UTF-8"), "UTF-8 with BOM");
        if (bytes is [0xFF, 0xFE, ..]) return (Strict(Utf16(false), bytes.AsSpan(2), fileName, "UTF-16"), "UTF-16 LE");
        if (bytes is [0xFE, 0xFF, ..]) return (Strict(Utf16(true), bytes.AsSpan(2), fileName, "UTF-16"), "UTF-16 BE");
        if (bytes.AsSpan(0, Math.Min(bytes.Length, 65536)).Contains((byte)0)) return WithoutMark(bytes, fileName);
        return WhereBroken(bytes) is null ? (Utf8.GetString(bytes), "UTF-8") : Chinese(bytes, fileName);
    }

    private static UnicodeEncoding Utf16(bool bigEndian) => new(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);

    // Separators and digits are a zero byte and an ASCII byte: which comes first tells the order.
    private static (string, string) WithoutMark(byte[] bytes, string fileName)
    {
        int zerosFirst = 0, zerosSecond = 0;
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            if (bytes[i] == 0) zerosFirst++;
            if (bytes[i + 1] == 0) zerosSecond++;
        }
        if (bytes.Length % 2 != 0 || (zerosFirst > 0) == (zerosSecond > 0))
            throw new RefusalException("NotText", $"{fileName} is not a text file. Save the sheet as CSV UTF-8.",
                $"{fileName} 不是文本文件。请另存为 CSV UTF-8。", fileName);
        return (Strict(Utf16(zerosFirst > 0), bytes, fileName, "UTF-16"), zerosFirst > 0 ? "UTF-16 BE" : "UTF-16 LE");
    }

    private static (string, string) Chinese(byte[] bytes, string fileName)
    {
        RefuseMixed(bytes, fileName);
        var text = Strict(Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback), bytes,
            fileName, "UTF-8 / GB18030");
        for (var i = 0; i < text.Length; i++)
            if (text[i] is (>= '\u0080' and <= '\u009F') or (>= '\uE000' and <= '\uF8FF'))
                throw Broken(fileName, text, i, "UTF-8 / GB18030");
        if (Rare(bytes) is { } at) throw Broken(fileName, text[..Math.Min(text.Length, at)], Math.Min(text.Length, at), "UTF-8 / GB18030");
        return (text, "GB18030");
    }

    // Big5 or Shift-JIS read as GB18030 gives rare characters all over; Chinese as people write it is nearly all GB 2312,
    // whose bytes are A1 or more. Returns about where the rare ones begin.
    private static int? Rare(byte[] bytes)
    {
        int characters = 0, rare = 0, first = 0;
        for (var i = 0; i + 1 < bytes.Length; i++)
        {
            if (bytes[i] < 0x81) continue;
            characters++;
            if ((bytes[i] < 0xA1 || bytes[i + 1] < 0xA1) && rare++ == 0) first = i;
            i++;
        }
        return rare >= 3 && rare * 5 > characters ? first : null;
    }

    // A line of Chinese in UTF-8 among lines that are not UTF-8: two files glued together.
    private static void RefuseMixed(byte[] bytes, string fileName)
    {
        int line = 0, valid = 0, firstValid = 0, broken = 0, firstBroken = 0, column = 0;
        foreach (var range in bytes.AsSpan().Split((byte)'\n'))
        {
            line++;
            var part = bytes.AsSpan(range);
            if (WhereBroken(part) is { } at)
            {
                if (broken++ == 0) (firstBroken, column) = (line, Utf8.GetCharCount(part[..at]) + 1);
            }
            else if (part.IndexOfAnyInRange((byte)0xE3, (byte)0xE9) >= 0 && valid++ == 0) firstValid = line;
        }
        if (valid == 0) return;
        var at2 = valid >= broken ? (Line: firstBroken, Column: column) : (Line: firstValid, Column: 1);
        throw new RefusalException("EncodingMixed",
            $"{fileName}, line {at2.Line}, column {at2.Column}: "
                + $"{(valid >= broken ? "this is not UTF-8, the lines around it are" : "this is UTF-8, the lines around it are not")}. "
                + "Save the whole file in one encoding (CSV UTF-8).",
            $"{fileName} 第 {at2.Line} 行第 {at2.Column} 列：编码混杂。请将整个文件保存为同一编码（CSV UTF-8）。",
            fileName);
    }

    /// <summary>Where the bytes stop being UTF-8.</summary>
    private static int? WhereBroken(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var used) != System.Buffers.OperationStatus.Done) return at;
            at += used;
        }
        return null;
    }

    private static string Strict(Encoding encoding, ReadOnlySpan<byte> bytes, string fileName, string tried)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException wrong)
        {
            var lenient = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);
            var before = lenient.GetString(bytes[..Math.Clamp(wrong.Index, 0, bytes.Length)]);
            throw Broken(fileName, before, before.Length, tried);
        }
    }

    private static RefusalException Broken(string fileName, string text, int at, string tried)
    {
        var line = text.AsSpan(0, at).Count('\n') + 1;
        var column = at - (at == 0 ? -1 : text.LastIndexOf('\n', at - 1)) ;
        return new RefusalException("EncodingUnknown",
            $"{fileName}, line {line}, column {column}: not readable as {tried}. Save the file as CSV UTF-8.",
            $"{fileName} 第 {line} 行第 {column} 列：无法按 {tried} 读取。请另存为 CSV UTF-8。", fileName);
    }
}
