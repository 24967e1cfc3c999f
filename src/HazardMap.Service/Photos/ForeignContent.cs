using System.Buffers.Binary;

namespace HazardMap.Service.Photos;

/// <summary>
/// What a file is besides a picture. A picture that is an archive or a page to another program is drawn anew like every other, so nothing
/// of it would be served; but who sends one is up to something, and is told no. What cameras put behind a picture (a second one, a short
/// film) is nothing of the kind.
/// </summary>
internal static class ForeignContent
{
    private const int LooksForward = 4096, EndOfArchive = 22, LongestComment = ushort.MaxValue, PdfBegins = 1024;

    // What stands behind a picture's end.
    private static readonly (byte[] Signature, string En, string Zh)[] Signatures =
    [
        ([.. "PK\u0003\u0004"u8], "a ZIP archive", " ZIP 压缩包"), ([.. "Rar!"u8], "a RAR archive", " RAR 压缩包"),
        ([.. "7z"u8, 0xBC, 0xAF], "a 7z archive", " 7z 压缩包"), ([0x1F, 0x8B, 0x08], "a gzip archive", " gzip 压缩包"),
        ([0x7F, .. "ELF"u8], "a program", "可执行程序"),
        ([.. "MZ"u8], "a program", "可执行程序"), ([.. "#!"u8], "a script", "脚本"),
        ([.. "GIF8"u8], "a GIF", " GIF 图片"), ([.. "%PDF"u8], "a PDF", " PDF 文件"),
    ];

    private static readonly string[] Pages = ["<html", "<script", "<svg", "<?php", "<!doctype"];

    /// <summary>Refuses a file that is more than its picture.</summary>
    /// <param name="content">The file.</param>
    /// <param name="type">What its header says.</param>
    public static void Refuse(ReadOnlySpan<byte> content, string type)
    {
        if (content[..Math.Min(PdfBegins, content.Length)].IndexOf("%PDF-"u8) >= 0) throw PictureRefusals.HoldsMore("a PDF", " PDF 文件");
        if (EndsAsArchive(content)) throw PictureRefusals.HoldsMore("a ZIP archive", " ZIP 压缩包");
        var behind = content[(int)Math.Min(End(content, type), content.Length)..].TrimStart((byte)0);
        foreach (var (signature, en, zh) in Signatures)
            if (behind.StartsWith(signature)) throw PictureRefusals.HoldsMore(en, zh);
        // A second picture, and a film, are noise to a reader of pages.
        var isOfACamera = behind.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) || behind.Length > 8 && behind[4..].StartsWith("ftyp"u8);
        if (!isOfACamera && IsPage(behind[..Math.Min(LooksForward, behind.Length)]) || Comments(content, type))
            throw PictureRefusals.HoldsMore("a web page or a script", "网页或脚本");
    }

    // The record at an archive's end says how long the comment behind it is.
    private static bool EndsAsArchive(ReadOnlySpan<byte> content)
    {
        var last = content[Math.Max(0, content.Length - EndOfArchive - LongestComment)..];
        for (var at = last.LastIndexOf("PK\u0005\u0006"u8); at >= 0; at = last[..at].LastIndexOf("PK\u0005\u0006"u8))
            if (at + EndOfArchive <= last.Length
                && at + EndOfArchive + BinaryPrimitives.ReadUInt16LittleEndian(last[(at + 20)..]) == last.Length) return true;
        return false;
    }

    private static bool IsPage(ReadOnlySpan<byte> bytes)
    {
        var text = System.Text.Encoding.Latin1.GetString(bytes);
        return Array.Exists(Pages, page => text.Contains(page, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Where the picture ends; the file's length when that is not to be found.</summary>
    private static long End(ReadOnlySpan<byte> content, string type)
    {
        switch (type)
        {
            case "image/webp":
                var length = BinaryPrimitives.ReadUInt32LittleEndian(content[4..]);
                return 8L + length + (length & 1);
            case "image/png":
                for (var at = 8L; PictureParts.NextChunk(content, isPng: true, ref at, out var name, out _);)
                    if (name.SequenceEqual("IEND"u8)) return at;
                return content.Length;
            default:
                return EndOfJpeg(content);
        }
    }

    // Segments, and behind each start of scan its data, in which a marker is an FF that neither 00 nor a restart follows.
    private static long EndOfJpeg(ReadOnlySpan<byte> content)
    {
        for (var at = 2; PictureParts.NextSegment(content, ref at, out var marker, out _);)
        {
            if (marker != PictureParts.StartOfScan) continue;
            while (at + 1 < content.Length && (content[at] != 0xFF || content[at + 1] is 0x00 or 0xFF or (>= 0xD0 and <= 0xD7))) at++;
            if (at + 1 < content.Length && content[at + 1] == 0xD9) return at + 2;
        }
        return content.Length;
    }

    private static bool Comments(ReadOnlySpan<byte> content, string type) => type switch
    {
        "image/jpeg" => CommentsOfJpeg(content),
        "image/png" => CommentsOfPng(content),
        _ => false,
    };

    private static bool CommentsOfJpeg(ReadOnlySpan<byte> content)
    {
        for (var at = 2; PictureParts.NextSegment(content, ref at, out var marker, out var data) && marker != PictureParts.StartOfScan;)
        {
            if (marker == 0xFE && IsPage(data)) return true;
            // What a JFIF header holds beyond itself is its small picture, and nothing else.
            if (marker == 0xE0 && data.StartsWith("JFIF\0"u8) && data.Length >= 14 && data.Length != 14 + 3 * data[12] * data[13])
                return true;
        }
        return false;
    }

    private static bool CommentsOfPng(ReadOnlySpan<byte> content)
    {
        for (var at = 8L; PictureParts.NextChunk(content, isPng: true, ref at, out var name, out var data);)
            if ((name.SequenceEqual("tEXt"u8) || name.SequenceEqual("iTXt"u8) && !data.StartsWith("XML:com.adobe.xmp"u8)) && IsPage(data))
                return true;
        return false;
    }
}
