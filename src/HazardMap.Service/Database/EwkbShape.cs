using System.Buffers.Binary;
using HazardMap.Geodesy;

namespace HazardMap.Service.Database;

/// <summary>Reads a line, an area or a multi-geometry as PostGIS sends it straight into a <see cref="ShapeIndex"/>.</summary>
/// <remarks>
/// A nation has six million such shapes: an object for each, for each of its parts and for each sequence of positions
/// takes longer than scoring it. What PostGIS does not send (big-endian, a third dimension, collections) is left to
/// <see cref="Ewkb.Read"/>.
/// </remarks>
internal ref struct EwkbShape
{
    private const uint HasSrid = 0x20000000;
    private const int PositionBytes = 16;

    private readonly ShapeIndexBuilder _shape;
    private ReadOnlySpan<byte> _rest;

    private EwkbShape(ReadOnlySpan<byte> bytes, ShapeIndexBuilder shape)
    {
        _rest = bytes;
        _shape = shape;
    }

    /// <summary>Whether the bytes are a line, or several, as PostGIS sends them.</summary>
    public static bool IsLine(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 5 && bytes[0] == 1 && (BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]) & ~HasSrid) is 2 or 5;

    /// <summary>The first position and the shape; null when the bytes are of another make.</summary>
    public static ((double Longitude, double Latitude) First, ShapeIndex Shape)? TryRead(ReadOnlySpan<byte> bytes, ShapeIndexBuilder shape)
    {
        shape.Clear();
        var reader = new EwkbShape(bytes, shape);
        return reader.Geometry() && reader._rest.IsEmpty && shape.First is { } first ? (first, shape.Build()) : null;
    }

    private bool Geometry()
    {
        if (_rest.Length < 9 || _rest[0] != 1) return false;
        var type = BinaryPrimitives.ReadUInt32LittleEndian(_rest[1..]);
        _rest = _rest[((type & HasSrid) == 0 ? 5 : 9)..];
        return (type & ~HasSrid) switch
        {
            1 => Part(1, isRing: false),
            2 => Part(Count(), isRing: false),
            3 => Rings(Count()),
            4 or 5 or 6 => Geometries(Count()),
            _ => false,
        };
    }

    private bool Geometries(int count)
    {
        for (; count > 0; count--)
            if (!Geometry()) return false;
        return count == 0;
    }

    private bool Rings(int count)
    {
        for (; count > 0; count--)
            if (!Part(Count(), isRing: true)) return false;
        return count == 0;
    }

    private bool Part(int positions, bool isRing)
    {
        if (positions < 1 || positions > _rest.Length / PositionBytes) return false;
        _shape.BeginPart();
        for (; positions > 0; positions--)
        {
            _shape.Add(BinaryPrimitives.ReadDoubleLittleEndian(_rest), BinaryPrimitives.ReadDoubleLittleEndian(_rest[8..]));
            _rest = _rest[PositionBytes..];
        }
        _shape.EndPart(isRing);
        return true;
    }

    // -1 where there is none: nothing has so many parts.
    private int Count()
    {
        if (_rest.Length < 4) return -1;
        var count = BinaryPrimitives.ReadInt32LittleEndian(_rest);
        _rest = _rest[4..];
        return count;
    }
}
