using System.Buffers.Binary;
using System.Text.Json;

namespace HazardMap.OData;

/// <summary>
/// Writes WKB as a GeoJSON geometry, straight from the bytes the database sent. Rings are wound as RFC 7946 (3.1.6) wants, exteriors
/// counterclockwise and holes clockwise, however they are kept: a reader that goes by the winding would take the rest of the globe.
/// </summary>
internal ref struct GeoJsonWriter
{
    private const int PositionBytes = 16;

    private readonly Utf8JsonWriter _json;
    private ReadOnlySpan<byte> _rest;
    private bool _littleEndian;

    private GeoJsonWriter(Utf8JsonWriter json, ReadOnlySpan<byte> wkb)
    {
        _json = json;
        _rest = wkb;
    }

    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> wkb) => new GeoJsonWriter(json, wkb).Geometry();

    private void Geometry()
    {
        var kind = Header();
        _json.WriteStartObject();
        _json.WriteString("type"u8, kind.ToString());
        _json.WritePropertyName(kind == GeometryKind.GeometryCollection ? "geometries"u8 : "coordinates"u8);
        Coordinates(kind);
        _json.WriteEndObject();
    }

    private GeometryKind Header()
    {
        _littleEndian = _rest[0] == 1;
        _rest = _rest[1..];
        var kind = Number();
        if ((kind & 0x2000_0000) != 0) Number();
        return (GeometryKind)(kind & 0xff);
    }

    private void Coordinates(GeometryKind kind)
    {
        if (kind == GeometryKind.Point)
        {
            Position();
            return;
        }
        _json.WriteStartArray();
        var all = Number();
        for (var count = all; count > 0; count--)
        {
            switch (kind)
            {
                case GeometryKind.LineString: Position(); break;
                case GeometryKind.Polygon: Ring(isExterior: count == all); break;
                case GeometryKind.GeometryCollection: Geometry(); break;
                default: Coordinates(Header()); break;
            }
        }
        _json.WriteEndArray();
    }

    private void Ring(bool isExterior)
    {
        var count = (int)Number();
        var positions = _rest[..(count * PositionBytes)];
        _rest = _rest[positions.Length..];
        var area = Area(positions, count);
        var isReversed = isExterior ? area < 0 : area > 0;
        _json.WriteStartArray();
        for (var i = 0; i < count; i++) Position(At(positions, isReversed ? count - 1 - i : i));
        _json.WriteEndArray();
    }

    /// <summary>Twice the area in square degrees, seen from the ring's first position; counterclockwise is positive.</summary>
    private readonly double Area(ReadOnlySpan<byte> positions, int count)
    {
        if (count < 4) return 0;
        var area = 0.0;
        var first = At(positions, 0);
        var (x, y) = (0.0, 0.0);
        for (var i = 1; i < count; i++)
        {
            var (longitude, latitude) = At(positions, i);
            var (nextX, nextY) = (longitude - first.Longitude, latitude - first.Latitude);
            area += x * nextY - nextX * y;
            (x, y) = (nextX, nextY);
        }
        return area;
    }

    private readonly (double Longitude, double Latitude) At(ReadOnlySpan<byte> positions, int index)
    {
        var position = positions[(index * PositionBytes)..];
        return (Double(position), Double(position[8..]));
    }

    private void Position()
    {
        Position(At(_rest, 0));
        _rest = _rest[PositionBytes..];
    }

    private readonly void Position((double Longitude, double Latitude) position)
    {
        _json.WriteStartArray();
        _json.WriteNumberValue(position.Longitude);
        _json.WriteNumberValue(position.Latitude);
        _json.WriteEndArray();
    }

    private uint Number()
    {
        var value = _littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(_rest) : BinaryPrimitives.ReadUInt32BigEndian(_rest);
        _rest = _rest[4..];
        return value;
    }

    private readonly double Double(ReadOnlySpan<byte> bytes) =>
        _littleEndian ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : BinaryPrimitives.ReadDoubleBigEndian(bytes);
}
