using HazardMap.Geodesy;

namespace HazardMap.Network;

/// <summary>Metres from a place to the nearest point of a shape, on the spheroid; 0 inside.</summary>
/// <remarks>
/// Unlike <see cref="ShapeDistance"/>, which finds the point that PostGIS finds, the nearest point is chosen among metres and
/// not among angles: ways are compared with each other, so the last metres may not depend on their direction.
/// </remarks>
internal static class ShoreDistance
{
    /// <summary>The distance; infinity when it is more than the limit, which is at most 50 km.</summary>
    public static double Metres(double longitude, double latitude, ShapeIndex shape, double limitMetres)
    {
        var at = new SurfacePoint(longitude, latitude);
        if (shape.HasInside && shape.Bounds.LeastMetresTo(at.Normal) == 0 && ShapeDistance.IsInside(at, shape)) return 0;
        var (plane, least) = (new RoadPlane(at), limitMetres * 1.001 + 0.001);
        (double X, double Y)? nearest = null;
        foreach (ref readonly var run in shape.Runs.AsSpan())
        {
            if (run.Cap.LeastMetresTo(at.Normal) > least) continue;
            var from = plane.Of(shape.Vertices[run.From]);
            for (var i = Math.Min(run.From + 1, run.To); i <= run.To; i++)
            {
                var to = plane.Of(shape.Vertices[i]);
                var segment = new PlaneSegment(from, to);
                var (share, metres) = segment.Nearest((0, 0));
                if (metres <= least) (least, nearest) = (metres, segment.At(share));
                from = to;
            }
        }
        var exactly = nearest is { } bank ? plane.Metres((0, 0), bank) : double.PositiveInfinity;
        return exactly <= limitMetres ? exactly : double.PositiveInfinity;
    }
}
