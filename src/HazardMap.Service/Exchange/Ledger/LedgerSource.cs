using System.Text;
using System.Text.Unicode;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// The text of a ledger, as often as it is read. A small file is text in memory. A large one is read from disk a piece at a time, after
/// its encoding was found by reading it once; one that is not UTF-8 is first written anew as UTF-8 beside the system's temporary files.
/// </summary>
internal sealed class LedgerSource : IDisposable
{
    /// <summary>Files up to this size are read into memory.</summary>
    public const long SmallBytes = 8 << 20;

    private const int Piece = 1 << 16, HeadCharacters = 1 << 18;
    private readonly FileStream? _written;
    private readonly string _path;

    private LedgerSource(string path, string fileName, string encoding, string? whole, FileStream? written) =>
        (_path, FileName, Encoding, Whole, _written) = (path, fileName, encoding, whole, written);

    /// <summary>For messages.</summary>
    public string FileName { get; }

    /// <summary>How the file is encoded.</summary>
    public string Encoding { get; }

    /// <summary>All of it; null when it is large.</summary>
    public string? Whole { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="RefusalException">Not text, or not text in one encoding.</exception>
    public static LedgerSource Open(string path, string fileName, long smallBytes = SmallBytes)
    {
        using var file = Read(path);
        if (file.Length <= smallBytes)
        {
            var (text, encoding) = LedgerText.Decode(File.ReadAllBytes(path), fileName);
            return new(path, fileName, encoding, text, null);
        }
        var head = new byte[Piece];
        head = head[..file.ReadAtLeast(head, Piece, throwOnEndOfStream: false)];
        LedgerText.RefuseKnown(head, fileName);
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || head.Contains((byte)0)) return Utf16(path, fileName, head);
        var hasMark = head.AsSpan().StartsWith("\uFEFF"u8);
        if (IsUtf8(file)) return new(path, fileName, hasMark ? "UTF-8 with BOM" : "UTF-8", null, null);
        if (hasMark) return Written(path, fileName, new UTF8Encoding(false, throwOnInvalidBytes: true), "UTF-8", text => text);
        RefuseForeign(file, fileName);
        return Written(path, fileName, Gb18030Text.Decoder, "GB18030", Gb18030Text.Standard);
    }

    /// <summary>What stands at its beginning.</summary>
    public string Head()
    {
        if (Whole is not null) return Whole;
        using var text = OpenText();
        var head = new char[HeadCharacters];
        return new string(head, 0, text.ReadBlock(head, 0, head.Length));
    }

    /// <summary>The text from its beginning, without a mark.</summary>
    public TextReader OpenText() => Whole is not null ? new StringReader(Whole) : new StreamReader(Read(_path), System.Text.Encoding.UTF8);

    /// <summary>The same as UTF-8, with the mark if it has one.</summary>
    public Stream OpenUtf8() => Whole is not null ? new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Whole)) : Read(_path);

    public void Dispose() => _written?.Dispose();

    private static LedgerSource Utf16(string path, string fileName, byte[] head)
    {
        var isBigEndian = head is [0xFE, 0xFF, ..] || head is not [0xFF, 0xFE, ..] && LedgerText.IsBigEndian(head, fileName);
        return Written(path, fileName, LedgerText.Utf16(isBigEndian), isBigEndian ? "UTF-16 BE" : "UTF-16 LE", text => text);
    }

    private static bool IsUtf8(FileStream file)
    {
        file.Position = 0;
        var piece = new byte[Piece];
        var kept = 0;
        while (true)
        {
            var length = kept + file.ReadAtLeast(piece.AsSpan(kept), piece.Length - kept, throwOnEndOfStream: false);
            if (length < piece.Length) return Utf8.IsValid(piece.AsSpan(0, length));
            // A character that the piece cuts is looked at with the next one.
            var end = length;
            while (end > length - 4 && (piece[end - 1] & 0xC0) == 0x80) end--;
            if (piece[end - 1] >= 0xC0) end--;
            else end = length;
            if (!Utf8.IsValid(piece.AsSpan(0, end))) return false;
            kept = length - end;
            piece.AsSpan(end, kept).CopyTo(piece);
        }
    }

    // Every line, for two files glued together; of another country's characters the beginning tells enough.
    private static void RefuseForeign(FileStream file, string fileName)
    {
        file.Position = 0;
        var beginning = new byte[Math.Min(file.Length, SmallBytes)];
        file.ReadExactly(beginning);
        LedgerText.RefuseForeign(beginning[..(Array.LastIndexOf(beginning, (byte)'\n') + 1)], fileName);
        file.Position = 0;
        var lines = new MixedLines();
        var line = new MemoryStream();
        var piece = new byte[Piece];
        while (file.Read(piece) is > 0 and var length)
        {
            var rest = piece.AsSpan(0, length);
            while (rest.IndexOf((byte)'\n') is >= 0 and var end)
            {
                line.Write(rest[..end]);
                lines.Add(line.GetBuffer().AsSpan(0, (int)line.Length));
                line.SetLength(0);
                rest = rest[(end + 1)..];
            }
            line.Write(rest);
        }
        lines.Add(line.GetBuffer().AsSpan(0, (int)line.Length));
        lines.Refuse(fileName);
    }

    private static LedgerSource Written(string path, string fileName, Encoding encoding, string name, Func<string, string> standard)
    {
        using var file = Read(path);
        var written = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete,
            Piece, FileOptions.DeleteOnClose);
        try
        {
            Write(file, written, fileName, encoding, name, standard);
        }
        catch
        {
            written.Dispose();
            throw;
        }
        return new(written.Name, fileName, name, null, written);
    }

    private static void Write(FileStream from, FileStream to, string fileName, Encoding encoding, string name,
        Func<string, string> standard)
    {
        var decoder = encoding.GetDecoder();
        var bytes = new byte[Piece];
        var characters = new char[encoding.GetMaxCharCount(Piece)];
        var (line, column) = (1L, 1L);
        using var writer = new StreamWriter(to, new UTF8Encoding(false), Piece, leaveOpen: true);
        for (var isFirst = true; ; isFirst = false)
        {
            var length = from.ReadAtLeast(bytes, Piece, throwOnEndOfStream: false);
            int count;
            try
            {
                count = decoder.GetChars(bytes.AsSpan(0, length), characters, flush: length < Piece);
            }
            catch (DecoderFallbackException wrong)
            {
                var before = Lenient(encoding, bytes.AsSpan(0, Math.Clamp(wrong.Index, 0, length)));
                Move(before, ref line, ref column);
                throw LedgerText.Broken(fileName, line, column, wrong.BytesUnknown, name is "GB18030" ? "UTF-8 / GB18030" : name);
            }
            var text = characters.AsSpan(0, count);
            if (isFirst && text is ['\uFEFF', ..]) text = text[1..];
            Move(text, ref line, ref column);
            writer.Write(standard(text.ToString()));
            if (length < Piece) return;
        }
    }

    private static string Lenient(Encoding encoding, ReadOnlySpan<byte> bytes) =>
        System.Text.Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback)
            .GetString(bytes);

    private static void Move(ReadOnlySpan<char> text, ref long line, ref long column)
    {
        line += text.Count('\n');
        column = text.LastIndexOf('\n') is >= 0 and var last ? text.Length - last : column + text.Length;
    }

    private static FileStream Read(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, Piece, FileOptions.SequentialScan);
}
