using System.Text.Json;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace HazardMap.Geodesy;

/// <summary>GeoJSON geometries (RFC 7946), read strictly: what is read is sound, or refused with its path.</summary>
/// <remarks>Longitude before latitude. An altitude is dropped: the register is two-dimensional.</remarks>
public static class GeoJson
{
    /// <summary>Makes geometries with SRID 4326.</summary>
    public static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    /// <summary>Reads one geometry object.</summary>
    /// <param name="json">The GeoJSON geometry.</param>
    /// <param name="path">Where it stands, for refusals, such as <c>features[3].geometry</c>.</param>
    /// <exception cref="RefusalException">Malformed or unsound; the target is the path.</exception>
    public static Geometry Read(JsonElement json, string path = "geometry")
    {
        var shape = new GeoJsonReader(path).Read(json);
        Soundness.Check(shape, path);
        return shape;
    }

    /// <summary>Reads one geometry whose reference system is not known yet: finite positions, anywhere; not judged as a shape, and a member
    /// <c>crs</c> is the caller's to look at.</summary>
    /// <param name="json">The GeoJSON geometry.</param>
    /// <param name="path">Where it stands, for refusals.</param>
    /// <exception cref="RefusalException">Malformed; the target is the path.</exception>
    public static Geometry ReadUnplaced(JsonElement json, string path = "geometry") => new GeoJsonReader(path, isUnplaced: true).Read(json);

    /// <summary>Reads one geometry from text.</summary>
    /// <exception cref="RefusalException">Not JSON, malformed or unsound.</exception>
    public static Geometry Read(string text, string path = "geometry")
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement, path);
        }
        catch (JsonException e)
        {
            throw new RefusalException("MalformedJson", $"{path} is not JSON: {e.Message}", $"{path} 不是有效的 JSON。", path);
        }
    }

    /// <summary>Writes a geometry as a GeoJSON geometry object. Exteriors are wound counterclockwise and holes clockwise (3.1.6), however
    /// they are kept.</summary>
    public static void Write(Utf8JsonWriter writer, Geometry shape)
    {
        writer.WriteStartObject();
        writer.WriteString("type", shape.GeometryType);
        writer.WritePropertyName("coordinates");
        WriteCoordinates(writer, shape);
        writer.WriteEndObject();
    }

    private static void WriteCoordinates(Utf8JsonWriter writer, Geometry shape)
    {
        switch (shape)
        {
            case Point p: WritePosition(writer, p.X, p.Y); break;
            case LineString l: WriteSequence(writer, l.CoordinateSequence); break;
            case Polygon p: WritePolygon(writer, p); break;
            case GeometryCollection many:
                writer.WriteStartArray();
                foreach (var part in many.Geometries) WriteCoordinates(writer, part);
                writer.WriteEndArray();
                break;
            default: throw new ArgumentException($"A {shape.GeometryType} has no GeoJSON form.", nameof(shape));
        }
    }

    private static void WritePolygon(Utf8JsonWriter writer, Polygon polygon)
    {
        writer.WriteStartArray();
        WriteRing(writer, polygon.Shell.CoordinateSequence, isCounterclockwise: true);
        foreach (var hole in polygon.Holes) WriteRing(writer, hole.CoordinateSequence, isCounterclockwise: false);
        writer.WriteEndArray();
    }

    private static void WriteRing(Utf8JsonWriter writer, CoordinateSequence ring, bool isCounterclockwise) =>
        WriteSequence(writer, Area.OfRingSigned(ring) is var area && area != 0 && area < 0 != isCounterclockwise ? ring.Reversed() : ring);

    private static void WriteSequence(Utf8JsonWriter writer, CoordinateSequence sequence)
    {
        writer.WriteStartArray();
        for (var i = 0; i < sequence.Count; i++) WritePosition(writer, sequence.GetX(i), sequence.GetY(i));
        writer.WriteEndArray();
    }

    private static void WritePosition(Utf8JsonWriter writer, double x, double y)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(x);
        writer.WriteNumberValue(y);
        writer.WriteEndArray();
    }
}
