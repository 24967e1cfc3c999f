using System.Buffers.Binary;

namespace HazardMap.Service.Photos;

/// <summary>What files of pictures are made of. A part that is not whole, or is none, ends the walk.</summary>
internal static class PictureParts
{
    /// <summary>The marker of a JPEG's start of scan: behind it its data, which is no segment.</summary>
    public const byte StartOfScan = 0xDA;

    /// <summary>The next segment of a JPEG (ISO/IEC 10918-1, B.1); <paramref name="at"/> goes behind it, from 2.</summary>
    public static bool NextSegment(ReadOnlySpan<byte> content, scoped ref int at, out byte marker, out ReadOnlySpan<byte> data)
    {
        marker = 0;
        data = default;
        while (at + 1 < content.Length && content[at] == 0xFF && content[at + 1] == 0xFF) at++; // fill
        if (at + 4 > content.Length || content[at] != 0xFF || content[at + 1] is 0x00 or 0xD9) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]);
        if (length < 2 || at + 2 + length > content.Length) return false;
        marker = content[at + 1];
        data = content.Slice(at + 4, length - 2);
        at += 2 + length;
        return true;
    }

    /// <summary>
    /// The next chunk of a PNG (from 8) or a WebP (from 12); <paramref name="at"/> goes behind it. The last one may be cut off.
    /// </summary>
    public static bool NextChunk(ReadOnlySpan<byte> content, bool isPng, scoped ref long at, out ReadOnlySpan<byte> name,
        out ReadOnlySpan<byte> data)
    {
        name = default;
        data = default;
        if (at + 8 > content.Length) return false;
        var chunk = content[(int)at..];
        var length = isPng ? BinaryPrimitives.ReadUInt32BigEndian(chunk) : BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        name = chunk.Slice(isPng ? 4 : 0, 4);
        data = chunk.Slice(8, (int)Math.Min(length, chunk.Length - 8));
        at += isPng ? 12L + length : 8L + length + (length & 1);
        return true;
    }
}
