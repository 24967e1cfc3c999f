using System.Buffers;
using System.Buffers.Binary;

namespace HazardMap.OData;

/// <summary>Kinds of geometry, numbered as in WKB.</summary>
internal enum GeometryKind
{
    Point = 1,
    LineString = 2,
    Polygon = 3,
    MultiPoint = 4,
    MultiLineString = 5,
    MultiPolygon = 6,
    GeometryCollection = 7,
}

/// <summary>Writes EWKB (little-endian, SRID 4326); a position out of range or too many of them are refused.</summary>
internal sealed class EwkbWriter(int maxPositions)
{
    private const uint HasSrid = 0x2000_0000;
    private readonly ArrayBufferWriter<byte> _buffer = new(64);
    private readonly List<(int Place, int Count)> _reserved = [];
    private int _positions;

    public void Begin(GeometryKind kind, bool withSrid)
    {
        _buffer.Write("\u0001"u8);
        Number((uint)kind | (withSrid ? HasSrid : 0));
        if (withSrid) Number(4326);
    }

    public void Count(int count) => Number((uint)count);

    /// <summary>Leaves room for a number of parts that is not known yet.</summary>
    public int ReserveCount()
    {
        Number(0);
        return _buffer.WrittenCount - 4;
    }

    public void SetCount(int place, int count) => _reserved.Add((place, count));

    public void Position(double longitude, double latitude)
    {
        if (!(longitude is >= -180 and <= 180 && latitude is >= -90 and <= 90))
            throw ODataRefusalException.Bad(
                $"The position ({longitude} {latitude}) is out of range: longitude -180 to 180, then latitude -90 to 90.",
                code: "CoordinateOutOfRange");
        if (++_positions > maxPositions)
            throw ODataRefusalException.Over(nameof(ODataOptions.MaxPositions), maxPositions, "The shape has too many positions.",
                code: "TooManyPositions");
        var span = _buffer.GetSpan(16);
        BinaryPrimitives.WriteDoubleLittleEndian(span, longitude);
        BinaryPrimitives.WriteDoubleLittleEndian(span[8..], latitude);
        _buffer.Advance(16);
    }

    public byte[] ToArray()
    {
        var bytes = _buffer.WrittenSpan.ToArray();
        foreach (var (place, count) in _reserved) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(place), (uint)count);
        return bytes;
    }

    private void Number(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
    }
}
