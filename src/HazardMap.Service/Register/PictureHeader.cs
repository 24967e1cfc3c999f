using System.Buffers.Binary;

namespace HazardMap.Service.Register;

/// <summary>What a picture is by its whole header, not by its first bytes: a page that begins like a picture is none.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal sealed record PictureHeader(string Type, int Width, int Height)
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads the header of a JPEG, PNG or WebP; null when it is none of them, or not whole.</summary>
    public static PictureHeader? Read(ReadOnlySpan<byte> content)
    {
        var header = content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg(content)
            : content.StartsWith(PngSignature) ? Png(content)
            : content.StartsWith("RIFF"u8) ? WebP(content) : null;
        return header is { Width: > 0, Height: > 0 } ? header : null;
    }

    // Segments up to the scan, with a frame among them: ISO/IEC 10918-1, B.2.
    private static PictureHeader? Jpeg(ReadOnlySpan<byte> content)
    {
        PictureHeader? frame = null;
        for (var at = 2; at + 4 <= content.Length && content[at] == 0xFF;)
        {
            var marker = content[at + 1];
            if (marker == 0xFF)
            {
                at++; // fill
                continue;
            }
            if (marker is 0xD9 or 0x00) return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]);
            if (length < 2 || at + 2 + length > content.Length) return null;
            if (marker == 0xDA) return frame;
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) frame = Frame(content.Slice(at + 4, length - 2));
            at += 2 + length;
        }
        return null;
    }

    private static PictureHeader? Frame(ReadOnlySpan<byte> frame) =>
        frame.Length >= 6 && frame[0] is 8 or 12 && frame[5] is 1 or 3 or 4 && frame.Length == 6 + 3 * frame[5]
            ? new("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[1..])) : null;

    // IHDR with its checksum, and chunks of whole length up to the picture's data: ISO/IEC 15948, 5.
    private static PictureHeader? Png(ReadOnlySpan<byte> content)
    {
        if (content.Length < 33 || BinaryPrimitives.ReadUInt32BigEndian(content[8..]) != 13 || !content[12..].StartsWith("IHDR"u8))
            return null;
        var crc = BinaryPrimitives.ReadUInt32BigEndian(content[29..]);
        if (Crc32(content[12..29]) != crc || content[24] is not (1 or 2 or 4 or 8 or 16) || content[25] is not (0 or 2 or 3 or 4 or 6))
            return null;
        for (long at = 33; at + 12 <= content.Length;)
        {
            var chunk = content[(int)at..];
            if (chunk[4..].StartsWith("IDAT"u8))
                return new("image/png", BinaryPrimitives.ReadInt32BigEndian(content[16..]),
                    BinaryPrimitives.ReadInt32BigEndian(content[20..]));
            at += 12 + BinaryPrimitives.ReadUInt32BigEndian(chunk);
        }
        return null;
    }

    // https://developers.google.com/speed/webp/docs/riff_container
    private static PictureHeader? WebP(ReadOnlySpan<byte> content)
    {
        if (content.Length < 30 || BinaryPrimitives.ReadUInt32LittleEndian(content[4..]) + 8L > content.Length + 1L
            || !content[8..].StartsWith("WEBP"u8)) return null;
        var chunk = content[12..];
        if (chunk.StartsWith("VP8 "u8))
            return chunk[11..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
                ? Of(BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]) & 0x3FFF,
                    BinaryPrimitives.ReadUInt16LittleEndian(chunk[16..]) & 0x3FFF)
                : null;
        if (chunk.StartsWith("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(chunk[9..]);
            return chunk[8] == 0x2F ? Of((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1) : null;
        }
        return chunk.StartsWith("VP8X"u8) ? Of(1 + Read24(chunk[12..]), 1 + Read24(chunk[15..])) : null;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = crc >> 1 ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
        }
        return ~crc;
    }

    private static PictureHeader Of(int width, int height) => new("image/webp", width, height);

    private static int Read24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
