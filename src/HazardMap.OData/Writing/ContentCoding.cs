using System.Buffers.Binary;
using System.IO.Compression;

namespace HazardMap.OData;

/// <summary>Unpacks a body by its <c>Content-Encoding</c>, never to more than is allowed; a coding that is not known is 415.</summary>
internal static class ContentCoding
{
    public static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> packed, string coding, string limit, int most)
    {
        coding = coding.Trim().ToLowerInvariant();
        if (packed.Length == 0 || coding is "" or "identity") return packed;
        using var source = new MemoryStream(packed.ToArray(), writable: false);
        using Stream? stream = coding switch
        {
            "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            "deflate" => new ZLibStream(source, CompressionMode.Decompress),
            _ => null,
        };
        if (stream is null)
            throw new ODataRefusalException(415, "UnsupportedContentEncoding",
                $"The content encoding {coding} is not read: send the body as it is, or packed by gzip, br or deflate.",
                "Content-Encoding");
        var plain = Unpack(stream, coding, limit, most);
        return stream is GZipStream && !EndsWithLength(packed.Span, plain.Length) ? throw Broken(coding) : plain;
    }

    private static ReadOnlyMemory<byte> Unpack(Stream stream, string coding, string limit, int most)
    {
        var (plain, buffer) = (new MemoryStream(), new byte[64 * 1024]);
        try
        {
            while (stream.Read(buffer) is > 0 and var read)
            {
                plain.Write(buffer, 0, read);
                if (plain.Length > most) throw RequestBody.TooLarge(limit, most);
            }
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or IOException)
        {
            throw Broken(coding);
        }
        return plain.GetBuffer().AsMemory(0, (int)plain.Length);
    }

    /// <summary>What gzip ends with (RFC 1952, 2.3.1); a body that is cut off does not.</summary>
    private static bool EndsWithLength(ReadOnlySpan<byte> packed, int length) =>
        packed.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(packed[^4..]) == (uint)length;

    private static ODataRefusalException Broken(string coding) =>
        ODataRefusalException.Bad($"The body is not packed by {coding} as Content-Encoding says, or is cut off.",
            "Content-Encoding", "BadBody");
}
