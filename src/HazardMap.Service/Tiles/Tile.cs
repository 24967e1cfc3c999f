using System.IO.Compression;
using System.Security.Cryptography;

namespace HazardMap.Service.Tiles;

/// <summary>A tile's bytes, their hash, and their compressed forms, each made once when first asked for.</summary>
internal sealed class Tile(byte[] bytes)
{
    private const int WorthCompressing = 256;
    private readonly Lazy<byte[]> _brotli =
        new(() => Compress(bytes, to => new BrotliStream(to, new BrotliCompressionOptions { Quality = 4 })));
    private readonly Lazy<byte[]> _gzip = new(() => Compress(bytes, to => new GZipStream(to, CompressionLevel.Fastest)));

    /// <summary>The tile as it is; empty when there is nothing in it.</summary>
    public byte[] Bytes { get; } = bytes;

    /// <summary>Names the content: equal bytes, equal hash.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12));

    /// <summary>What the tile may occupy, with its compressed forms and the cache's own notes.</summary>
    public long Size => Bytes.Length * 2L + 512;

    /// <summary>The content in the encoding, or as it is when that is not worth it. Returns the encoding used.</summary>
    public (byte[] Content, string? Encoding) Encoded(string? encoding) => encoding switch
    {
        _ when Bytes.Length < WorthCompressing => (Bytes, null),
        "br" => (_brotli.Value, "br"),
        "gzip" => (_gzip.Value, "gzip"),
        _ => (Bytes, null),
    };

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> compressor)
    {
        using var memory = new MemoryStream();
        using (var stream = compressor(memory))
            stream.Write(bytes);
        return memory.ToArray();
    }
}
