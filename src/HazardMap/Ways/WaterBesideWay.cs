using System.Runtime.InteropServices;
using HazardMap.Geodesy;

namespace HazardMap.Ways;

/// <summary>How much of a way runs near a water.</summary>
/// <param name="Metres">Of the way, in pieces of at most 10 m whose middle is near.</param>
/// <param name="NearestMetres">The least distance of these middles; infinity when none is near.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct WaterBesideWay(double Metres, double NearestMetres)
{
    /// <summary>A child's pace, metres a minute: 4 km/h.</summary>
    public const double MetresPerMinute = 4000 / 60.0;

    private const double LongestPiece = 10;

    /// <summary>Measures a way against a water.</summary>
    /// <param name="path">The way; longitude before latitude.</param>
    /// <param name="water">The water.</param>
    /// <param name="withinMetres">Exactly at it is near.</param>
    public static WaterBesideWay Measure(IReadOnlyList<(double Longitude, double Latitude)> path, ShapeIndex water, double withinMetres)
    {
        double metres = 0, nearest = double.PositiveInfinity;
        for (var i = 0; i + 1 < path.Count; i++)
        {
            var from = new SurfacePoint(path[i].Longitude, path[i].Latitude);
            var to = SurfacePoint.NormalOf(path[i + 1].Longitude, path[i + 1].Latitude);
            var length = from.DistanceTo(SurfacePoint.PositionOf(to));
            // A whole stretch that is far off is passed over at once.
            if (ShapeDistance.Metres(from, water, Math.Min(50_000, withinMetres * 1.01 + length + 1)) is double.PositiveInfinity) continue;
            var pieces = Math.Max(1, (int)Math.Ceiling(length / LongestPiece));
            for (var p = 0; p < pieces; p++)
            {
                var (longitude, latitude) = (from.Normal + (to - from.Normal) * ((p + 0.5) / pieces)).Unit().Degrees();
                var away = ShapeDistance.Metres(new SurfacePoint(longitude, latitude), water, withinMetres);
                if (away <= withinMetres) (metres, nearest) = (metres + length / pieces, Math.Min(nearest, away));
            }
        }
        return new WaterBesideWay(metres, nearest);
    }
}
