using HazardMap.Geodesy;
using NetTopologySuite.Geometries;

namespace HazardMap.Coverage;

/// <summary>All within a straight, geodesic distance of a place: a circle on the spheroid.</summary>
public static class StraightCatchment
{
    private const int Vertices = 128;
    private const double Largest = 500_000;

    /// <summary>How far the outline may run inside the circle: between its vertices, which lie on it.</summary>
    public static double ErrorMetres(double metres) => metres * (1 - Math.Cos(Math.PI / Vertices));

    /// <summary>The circle; <see langword="null"/> where it would be larger than 500 km or reach a pole or the date line.</summary>
    public static Polygon? Around(double longitude, double latitude, double metres)
    {
        if (!(metres is > 0 and <= Largest)) return null;
        var ring = new Coordinate[Vertices + 1];
        for (var i = 0; i < Vertices; i++)
        {
            if (Vertex(longitude, latitude, metres, -2 * Math.PI * i / Vertices) is not { } vertex) return null;
            ring[i] = vertex;
        }
        ring[Vertices] = ring[0];
        return new Polygon(new LinearRing(ring));
    }

    // Step, measure, correct: twice brings it within a millimetre.
    private static Coordinate? Vertex(double longitude, double latitude, double metres, double bearing)
    {
        double east = Math.Sin(bearing) / (111_320 * Math.Cos(latitude * Math.PI / 180)), north = Math.Cos(bearing) / 110_574;
        var step = metres;
        for (var pass = 0; pass < 4; pass++)
        {
            var (x, y) = (longitude + step * east, latitude + step * north);
            if (x is not (> -180 and < 180) || y is not (> -85 and < 85)) return null;
            if (pass == 3) return new Coordinate(Math.Round(x, 7), Math.Round(y, 7));
            step *= metres / Geodesic.Distance(longitude, latitude, x, y);
        }
        return null;
    }
}
