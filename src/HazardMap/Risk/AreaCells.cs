using HazardMap.Geodesy;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;

namespace HazardMap.Risk;

/// <summary>Cuts a wide area along meridians and parallels into cells whose sides are no longer than given.</summary>
internal sealed class AreaCells
{
    private const double LongestEdge = 0.0001;   // radians: great circles stay within millimetres of the plane of degrees
    private const double Degree = Math.PI / 180;
    private readonly Envelope _box;
    private readonly int _columns, _rows;
    private readonly List<Geometry> _cells = [];

    private AreaCells(Envelope box, int columns, int rows) => (_box, _columns, _rows) = (box, columns, rows);

    /// <summary>The cells, row by row from the south-west; the area itself when it is small, or wraps round a pole.</summary>
    public static IReadOnlyList<Geometry> Of(Polygon area, double metres)
    {
        var unrolled = Unrolled(area);
        var box = unrolled.EnvelopeInternal;
        if (box.Width > 180 || Math.Max(Math.Abs(box.MinY), Math.Abs(box.MaxY)) > 85) return [area];
        var (columns, rows) = (Count(Width(box), metres), Count(Height(box), metres));
        if (columns == 1 && rows == 1) return [area];
        var cut = new AreaCells(box, columns, rows);
        cut.Cut(Densified(unrolled), 0, columns, 0, rows);
        return cut._cells.ConvertAll(Rolled);
    }

    // Halving: each cut looks only at what is left of the area there.
    private void Cut(Geometry part, int west, int east, int south, int north)
    {
        if (part.IsEmpty) return;
        if (north - south > 1)
        {
            var middle = (south + north) / 2;
            Cut(Clip(part, west, east, south, middle), west, east, south, middle);
            Cut(Clip(part, west, east, middle, north), west, east, middle, north);
        }
        else if (east - west > 1)
        {
            var middle = (west + east) / 2;
            Cut(Clip(part, west, middle, south, north), west, middle, south, north);
            Cut(Clip(part, middle, east, south, north), middle, east, south, north);
        }
        else _cells.Add(part);
    }

    private Geometry Clip(Geometry part, int west, int east, int south, int north)
    {
        var cell = part.Factory.ToGeometry(new Envelope(X(west), X(east), Y(south), Y(north)));
        var clipped = OverlayNGRobust.Overlay(part, cell, NetTopologySuite.Operation.Overlay.SpatialFunction.Intersection);
        Polygon[] areas = [.. Enumerable.Range(0, clipped.NumGeometries).Select(clipped.GetGeometryN).OfType<Polygon>()
            .Where(p => !p.IsEmpty)];
        return areas.Length == 1 ? areas[0] : part.Factory.CreateMultiPolygon(areas);
    }

    private double X(int column) => _box.MinX + _box.Width * column / _columns;

    private double Y(int row) => _box.MinY + _box.Height * row / _rows;

    private static int Count(double extent, double metres) => Math.Max(1, (int)Math.Ceiling(extent / metres - 1e-9));

    private static double Height(Envelope box) =>
        box.Height * Degree * Ellipsoid.Wgs84.MeridianRadius(Math.Sin(Math.Max(Math.Abs(box.MinY), Math.Abs(box.MaxY)) * Degree));

    private static double Width(Envelope box)
    {
        // Widest where it comes nearest to the equator.
        var latitude = (box.MinY <= 0 && box.MaxY >= 0 ? 0 : Math.Min(Math.Abs(box.MinY), Math.Abs(box.MaxY))) * Degree;
        return box.Width * Degree * Math.Cos(latitude) * Ellipsoid.Wgs84.PrimeVerticalRadius(Math.Sin(latitude));
    }

    private static Polygon Densified(Polygon area) => Mapped(area, ring =>
    {
        var vertices = new List<Coordinate>(ring.Length);
        for (var i = 0; i < ring.Length; i++)
        {
            if (i > 0) AddBetween(ring[i - 1], ring[i], vertices);
            vertices.Add(ring[i]);
        }
        return vertices;
    });

    private static void AddBetween(Coordinate from, Coordinate to, List<Coordinate> vertices)
    {
        Vector a = SurfacePoint.NormalOf(from.X, from.Y), b = SurfacePoint.NormalOf(to.X, to.Y);
        if ((b - a).Length() <= LongestEdge) return;
        var (longitude, latitude) = (a + b).Unit().Degrees();
        var middle = new Coordinate(Near(longitude, from.X), latitude);
        AddBetween(from, middle, vertices);
        vertices.Add(middle);
        AddBetween(middle, to, vertices);
    }

    // Across the antimeridian longitudes go on beyond 180, so that the plane of degrees has no tear.
    private static Polygon Unrolled(Polygon area)
    {
        var first = area.Coordinate.X;
        return Mapped(area, ring => [.. ring.Select(c => new Coordinate(Near(c.X, first), c.Y))]);
    }

    private static Geometry Rolled(Geometry cell)
    {
        Polygon[] parts = [.. Enumerable.Range(0, cell.NumGeometries).Select(i => (Polygon)cell.GetGeometryN(i))
            .Select(p => Mapped(p, ring => [.. ring.Select(c => new Coordinate(c.X is >= -180 and <= 180 ? c.X : Near(c.X, 0), c.Y))]))];
        return parts.Length == 1 ? parts[0] : cell.Factory.CreateMultiPolygon(parts);
    }

    private static double Near(double longitude, double other) => other + Math.IEEERemainder(longitude - other, 360);

    private static Polygon Mapped(Polygon area, Func<Coordinate[], List<Coordinate>> map)
    {
        LinearRing Ring(LineString ring) => area.Factory.CreateLinearRing([.. map(ring.Coordinates)]);
        return area.Factory.CreatePolygon(Ring(area.Shell), [.. area.Holes.Select(Ring)]);
    }
}
