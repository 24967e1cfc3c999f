namespace HazardMap.Geodesy;

/// <summary>Metres along WGS84 from a point to the nearest point of a shape; 0 inside.</summary>
/// <remarks>
/// Edges are great circles of surface normals, as in PostGIS geography. PostGIS chooses the nearest point on that sphere
/// and then measures to it on the spheroid; when two places of a shape are almost equally near, in different directions,
/// its choice can be up to 0.7% too far. So both are found here: the sphere's choice stands, so that anyone can check
/// a score with PostGIS to the last digits, unless it errs by more than <see cref="Accuracy"/>; then the nearer wins.
/// </remarks>
public static class ShapeDistance
{
    /// <summary>What the product promises of a distance: 0.05% + 0.1 m. In practice it is right to 1e-5 of itself.</summary>
    public static double Accuracy(double metres) => 0.0005 * metres + 0.1;

    /// <summary>The distance, or infinity when it is more than the limit.</summary>
    /// <param name="from">Where one stands.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="limitMetres">At most 50 km: what the arc over a chord is proven for.</param>
    public static double Metres(in SurfacePoint from, ShapeIndex shape, double limitMetres)
    {
        if (shape.Bounds.LeastMetresTo(from.Normal) > limitMetres) return double.PositiveInfinity;
        if (shape.HasInside && IsInside(from, shape)) return 0;
        var feet = new NearestFeet(from);
        foreach (ref readonly var run in shape.Runs.AsSpan())
        {
            var least = run.Cap.LeastMetresTo(from.Normal);
            if (least <= limitMetres && least <= feet.Reach)
                feet.Search(shape.Vertices.AsSpan(run.From, run.To - run.From + 1));
        }
        var metres = feet.Metres();
        return metres <= limitMetres ? metres : double.PositiveInfinity;
    }

    // Crossings of the half great circle that leaves the point eastwards. A ring's edges never come near the antipode.
    private static bool IsInside(in SurfacePoint from, ShapeIndex shape)
    {
        var inside = false;
        foreach (var (first, last) in shape.Rings)
        {
            double x1 = 0, y1 = 0;
            for (var i = first; i <= last; i++)
            {
                var w = shape.Vertices[i] - from.Normal;
                double x2 = w.Dot(from.East), y2 = w.Dot(from.North);
                if (i > first && y1 > 0 != y2 > 0 && x1 * Math.Abs(y2) + x2 * Math.Abs(y1) > 0) inside = !inside;
                (x1, y1) = (x2, y2);
            }
        }
        return inside;
    }
}
