using System.Buffers.Binary;
using System.Text.Json;

namespace HazardMap.OData;

/// <summary>Writes WKB as a GeoJSON geometry, straight from the bytes the database sent.</summary>
internal ref struct GeoJsonWriter
{
    private readonly Utf8JsonWriter json;
    private ReadOnlySpan<byte> rest;
    private bool littleEndian;

    private GeoJsonWriter(Utf8JsonWriter json, ReadOnlySpan<byte> wkb)
    {
        this.json = json;
        rest = wkb;
    }

    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> wkb) => new GeoJsonWriter(json, wkb).Geometry();

    private void Geometry()
    {
        var kind = Header();
        json.WriteStartObject();
        json.WriteString("type"u8, kind.ToString());
        json.WritePropertyName(kind == GeometryKind.GeometryCollection ? "geometries"u8 : "coordinates"u8);
        Coordinates(kind);
        json.WriteEndObject();
    }

    private GeometryKind Header()
    {
        littleEndian = rest[0] == 1;
        rest = rest[1..];
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
        json.WriteStartArray();
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
        json.WriteEndArray();
    }

    private void Position()
    {
        json.WriteStartArray();
        json.WriteNumberValue(Double());
        json.WriteNumberValue(Double());
        json.WriteEndArray();
    }

    private uint Number()
    {
        var value = littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(rest) : BinaryPrimitives.ReadUInt32BigEndian(rest);
        rest = rest[4..];
        return value;
    }

    private double Double()
    {
        var value = littleEndian ? BinaryPrimitives.ReadDoubleLittleEndian(rest) : BinaryPrimitives.ReadDoubleBigEndian(rest);
        rest = rest[8..];
        return value;
    }
}
