using System.Text;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// Finds the encoding of a ledger, strictly: every byte must be text in one encoding. UTF-8 and UTF-16 by their mark,
/// else UTF-8 when all of it is valid, else GB18030; anything mixed or broken is refused at its line and column.
/// </summary>
internal static class LedgerText
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    // What a file is that is no text, by its first bytes.
    private static readonly (byte[] Begins, string En, string Zh)[] Known =
    [
        ([0x50, 0x4B, 3, 4], "a zip or an .xlsx sheet: save the sheet as CSV UTF-8, or unpack it",
            "压缩包或 .xlsx 表格：请另存为 CSV UTF-8，或先解压"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an .xls sheet or .doc document: save the sheet as CSV UTF-8",
            ".xls 表格或 .doc 文档：请另存为 CSV UTF-8"),
        ([0x1F, 0x8B], "a gzip archive: unpack it", "gzip 压缩文件：请先解压"),
        ([0x25, 0x50, 0x44, 0x46], "a PDF: save the sheet that it was printed from as CSV UTF-8",
            "PDF 文件：请将原表格另存为 CSV UTF-8"),
        ([0x53, 0x51, 0x4C, 0x69, 0x74, 0x65], "a database (GeoPackage?): convert it: ogr2ogr -f GeoJSON out.geojson FILE",
            "数据库文件（GeoPackage？）：请转换：ogr2ogr -f GeoJSON out.geojson 文件"),
        ([0xFF, 0xD8, 0xFF], "a picture", "图片"), ([0x89, 0x50, 0x4E, 0x47], "a picture", "图片"),
    ];

    static LedgerText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text of a file and the name of its encoding.</summary>
    /// <exception cref="RefusalException">Not text, or not text in one encoding.</exception>
    public static (string Text, string Encoding) Decode(byte[] bytes, string fileName)
    {
        RefuseKnown(bytes, fileName);
        if (bytes.AsSpan().StartsWith("\uFEFF"u8)) return (Strict(Utf8, bytes.AsSpan(3), fileName, "UTF-8"), "UTF-8 with BOM");
        if (bytes is [0xFF, 0xFE, ..]) return (Strict(Utf16(false), bytes.AsSpan(2), fileName, "UTF-16"), "UTF-16 LE");
        if (bytes is [0xFE, 0xFF, ..]) return (Strict(Utf16(true), bytes.AsSpan(2), fileName, "UTF-16"), "UTF-16 BE");
        if (bytes.AsSpan(0, Math.Min(bytes.Length, 65536)).Contains((byte)0)) return WithoutMark(bytes, fileName);
        return WhereBroken(bytes) is null ? (Utf8.GetString(bytes), "UTF-8") : Chinese(bytes, fileName);
    }

    /// <summary>Refuses what begins as another kind of file does.</summary>
    public static void RefuseKnown(ReadOnlySpan<byte> bytes, string fileName)
    {
        foreach (var (begins, en, zh) in Known)
            if (bytes.StartsWith(begins)) throw NotText(fileName, en, zh);
    }

    /// <summary>UTF-16, strictly.</summary>
    public static UnicodeEncoding Utf16(bool bigEndian) => new(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);

    private static RefusalException NotText(string fileName, string en, string zh) =>
        new("NotText", $"{fileName} is not a text file; it looks like {en}. Nothing was changed.",
            $"{fileName} 不是文本文件；看起来是{zh}。未作任何更改。", fileName);

    // Separators and digits are a zero byte and an ASCII byte: which comes first tells the order.
    private static (string, string) WithoutMark(byte[] bytes, string fileName)
    {
        var isBigEndian = IsBigEndian(bytes, fileName);
        return (Strict(Utf16(isBigEndian), bytes, fileName, "UTF-16"), isBigEndian ? "UTF-16 BE" : "UTF-16 LE");
    }

    /// <summary>The order of UTF-16 without a mark.</summary>
    /// <exception cref="RefusalException">It is none.</exception>
    public static bool IsBigEndian(ReadOnlySpan<byte> bytes, string fileName)
    {
        int zerosFirst = 0, zerosSecond = 0;
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            if (bytes[i] == 0) zerosFirst++;
            if (bytes[i + 1] == 0) zerosSecond++;
        }
        // A few zeros are at the other place too, in characters such as U+3000.
        if (bytes.Length % 2 != 0 || Math.Max(zerosFirst, zerosSecond) <= 10 * Math.Min(zerosFirst, zerosSecond))
            throw NotText(fileName, "data of some program: save the sheet as CSV UTF-8",
                "某个程序的数据文件：请另存为 CSV UTF-8");
        return zerosFirst > zerosSecond;
    }

    private static (string, string) Chinese(byte[] bytes, string fileName)
    {
        var lines = new MixedLines();
        foreach (var range in bytes.AsSpan().Split((byte)'\n')) lines.Add(bytes.AsSpan(range));
        lines.Refuse(fileName);
        RefuseForeign(bytes, fileName);
        return (Strict(Gb18030Text.Decoder, bytes, fileName, "UTF-8 / GB18030", Gb18030Text.Standard), "GB18030");
    }

    /// <summary>Refuses text of another country's encoding.</summary>
    public static void RefuseForeign(byte[] bytes, string fileName)
    {
        if (ForeignEncoding.Of(bytes) is { } other)
            throw new RefusalException("EncodingUnknown",
                $"{fileName}, line {other.Line}: neither UTF-8 nor GB18030; it looks like {other.Name}. Save the file as CSV UTF-8. "
                    + "Nothing was changed.",
                $"{fileName} 第 {other.Line} 行：既不是 UTF-8 也不是 GB18030，看起来是 {other.Name}。请另存为 CSV "
                    + "UTF-8。未作任何更改。", fileName);
    }

    /// <summary>Where the bytes stop being UTF-8.</summary>
    public static int? WhereBroken(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var used) != System.Buffers.OperationStatus.Done) return at;
            at += used;
        }
        return null;
    }

    private static string Strict(Encoding encoding, ReadOnlySpan<byte> bytes, string fileName, string tried, Func<string,
        string>? after = null)
    {
        try
        {
            var text = encoding.GetString(bytes);
            return after is null ? text : after(text);
        }
        catch (DecoderFallbackException wrong)
        {
            var lenient = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);
            var before = lenient.GetString(bytes[..Math.Clamp(wrong.Index, 0, bytes.Length)]);
            throw Broken(fileName, before, wrong.BytesUnknown, tried);
        }
    }

    private static RefusalException Broken(string fileName, string before, byte[]? bytes, string tried) =>
        Broken(fileName, before.AsSpan().Count('\n') + 1, before.Length - before.LastIndexOf('\n'), bytes, tried);

    /// <summary>The refusal of bytes that are no text in the encodings that were tried.</summary>
    public static RefusalException Broken(string fileName, long line, long column, byte[]? bytes, string tried)
    {
        var seen = Convert.ToHexString(bytes ?? []);
        return new RefusalException("EncodingUnknown",
            $"{fileName}, line {line}, column {column}: the bytes {seen} are not readable as {tried}. Save the file as CSV UTF-8. "
                + "Nothing was changed.",
            $"{fileName} 第 {line} 行第 {column} 列：字节 {seen} 无法按 {tried} 读取。请另存为 CSV UTF-8。"
                + "未作任何更改。", fileName);
    }
}
