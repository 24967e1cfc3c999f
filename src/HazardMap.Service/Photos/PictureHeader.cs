using System.Buffers.Binary;

namespace HazardMap.Service.Photos;

/// <summary>What a picture is by its whole header, not by its first bytes: a page that begins like a picture is none.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal sealed record PictureHeader(string Type, int Width, int Height)
{
    /// <summary>Pictures that follow each other in it; a photo has one.</summary>
    public int Frames { get; init; } = 1;

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
        for (var at = 2; PictureParts.NextSegment(content, ref at, out var marker, out var data);)
        {
            if (marker == PictureParts.StartOfScan) return frame;
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) frame = Frame(data);
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
        var frames = 1;
        for (var at = 33L; PictureParts.NextChunk(content, isPng: true, ref at, out var name, out var data);)
        {
            // Animated (https://www.w3.org/TR/png-3/): how many pictures follow is told before the first.
            if (name.SequenceEqual("acTL"u8) && data.Length >= 4)
                frames = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(data), 1, int.MaxValue);
            if (name.SequenceEqual("IDAT"u8))
                return new("image/png", BinaryPrimitives.ReadInt32BigEndian(content[16..]),
                    BinaryPrimitives.ReadInt32BigEndian(content[20..])) { Frames = frames };
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
        return chunk.StartsWith("VP8X"u8)
            ? Of(1 + Read24(chunk[12..]), 1 + Read24(chunk[15..])) with { Frames = Math.Max(1, FramesOfWebP(content)) } : null;
    }

    private static int FramesOfWebP(ReadOnlySpan<byte> content)
    {
        var frames = 0;
        for (var at = 12L; PictureParts.NextChunk(content, isPng: false, ref at, out var name, out _);)
            if (name.SequenceEqual("ANMF"u8)) frames++;
        return frames;
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
