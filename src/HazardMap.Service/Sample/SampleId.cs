using System.Buffers.Binary;

namespace HazardMap.Service.Sample;

/// <summary>
/// UUIDv7 (RFC 9562, section 5.7) that depend on nothing but (seed, code, serial): the time is a fixed day plus the
/// serial in milliseconds, the random bits are a hash.
/// </summary>
internal sealed class SampleId(ulong seed, string prefecture)
{
    /// <summary>The day the sample says it is: before the summer patrols begin.</summary>
    public static readonly DateTime Today = new(2026, 5, 20, 0, 0, 0, DateTimeKind.Utc);

    private readonly long _firstMillisecond =
        new DateTimeOffset(Today).ToUnixTimeMilliseconds()
            + int.Parse(prefecture, System.Globalization.CultureInfo.InvariantCulture) * 1000L;

    private long _serial;

    /// <summary>The id of the next record; the code names it for good.</summary>
    public Guid Next(string code)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)(_firstMillisecond + _serial++) << 16);
        var random = new RandomStream(seed, code + "/id");
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (random.NextBits() & 0x0FFF)));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000UL | (random.NextBits() & 0x3FFF_FFFF_FFFF_FFFFUL));
        return new Guid(bytes, bigEndian: true);
    }
}
