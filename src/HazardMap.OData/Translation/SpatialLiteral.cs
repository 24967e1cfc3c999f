using Microsoft.Spatial;

namespace HazardMap.OData;

/// <summary>Shapes of URL literals as EWKB; everything that is not a sound shape in SRID 4326 is refused.</summary>
internal static class SpatialLiteral
{
    public static byte[] ToEwkb(Geography shape, int maxPositions)
    {
        if (shape.CoordinateSystem.EpsgId is not 4326)
            throw ODataRefusalException.Bad(
                $"SRID {shape.CoordinateSystem.EpsgId} is not supported: positions are longitude and latitude in SRID=4326.",
                "SRID", "SridNotSupported");
        var writer = new EwkbWriter(maxPositions);
        Write(writer, shape, withSrid: true);
        return writer.ToArray();
    }

    private static void Write(EwkbWriter writer, Geography shape, bool withSrid = false)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (shape.IsEmpty) throw ODataRefusalException.Bad("An empty shape cannot be used.");
        switch (shape)
        {
            case GeographyPoint point:
                writer.Begin(GeometryKind.Point, withSrid);
                Position(writer, point);
                break;
            case GeographyLineString line:
                writer.Begin(GeometryKind.LineString, withSrid);
                Positions(writer, line.Points, minimum: 2, closed: false);
                break;
            case GeographyPolygon polygon:
                writer.Begin(GeometryKind.Polygon, withSrid);
                writer.Count(polygon.Rings.Count);
                foreach (var ring in polygon.Rings) Positions(writer, ring.Points, minimum: 4, closed: true);
                break;
            case GeographyMultiPoint many:
                Parts(writer, GeometryKind.MultiPoint, many.Points, withSrid);
                break;
            case GeographyMultiLineString many:
                Parts(writer, GeometryKind.MultiLineString, many.LineStrings, withSrid);
                break;
            case GeographyMultiPolygon many:
                Parts(writer, GeometryKind.MultiPolygon, many.Polygons, withSrid);
                break;
            case GeographyCollection many:
                Parts(writer, GeometryKind.GeometryCollection, many.Geographies, withSrid);
                break;
            default:
                throw ODataRefusalException.Bad($"Shapes of type {shape.GetType().Name} are not supported.");
        }
    }

    private static void Parts(EwkbWriter writer, GeometryKind kind, IReadOnlyCollection<Geography> parts, bool withSrid)
    {
        writer.Begin(kind, withSrid);
        writer.Count(parts.Count);
        foreach (var part in parts) Write(writer, part);
    }

    private static void Positions(EwkbWriter writer, IReadOnlyList<GeographyPoint> points, int minimum, bool closed)
    {
        var isClosed = points.Count > 0 && points[0].Longitude == points[^1].Longitude && points[0].Latitude == points[^1].Latitude;
        if (points.Count < minimum || closed && !isClosed)
            throw ODataRefusalException.Bad(closed
                ? "A ring needs at least four positions, the last equal to the first."
                : "A line needs at least two positions.");
        writer.Count(points.Count);
        foreach (var point in points) Position(writer, point);
    }

    private static void Position(EwkbWriter writer, GeographyPoint point)
    {
        if (point.Z is not null || point.M is not null)
            throw ODataRefusalException.Bad("Positions have a longitude and a latitude; heights and measures are not supported.");
        writer.Position(point.Longitude, point.Latitude);
    }
}
