using System.Buffers.Binary;
using System.Text.Json;

namespace HazardMap.OData;

/// <summary>Writes WKB as a GeoJSON geometry, straight from the bytes the database sent.</summary>
internal ref struct GeoJsonWriter
{
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
        for (var count = Number(); count > 0; count--)
        {
            switch (kind)
            {
                case GeometryKind.LineString: Position(); break;
                case GeometryKind.Polygon: Coordinates(GeometryKind.LineString); break;
                case GeometryKind.GeometryCollection: Geometry(); break;
                default: Coordinates(Header()); break;
            }
        }
        _json.WriteEndArray();
    }

    private void Position()
    {
        _json.WriteStartArray();
        _json.WriteNumberValue(Double());
        _json.WriteNumberValue(Double());
        _json.WriteEndArray();
    }

    private uint Number()
    {
        var value = _littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(_rest) : BinaryPrimitives.ReadUInt32BigEndian(_rest);
        _rest = _rest[4..];
        return value;
    }

    private double Double()
    {
        var value = _littleEndian ? BinaryPrimitives.ReadDoubleLittleEndian(_rest) : BinaryPrimitives.ReadDoubleBigEndian(_rest);
        _rest = _rest[8..];
        return value;
    }
}
