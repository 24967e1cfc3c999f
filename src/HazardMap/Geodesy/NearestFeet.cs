namespace HazardMap.Geodesy;

/// <summary>Keeps the nearest points of a shape while its edges pass by: nearest on the sphere, and nearest on the ellipsoid.</summary>
/// <remarks>Works in the gnomonic plane of the point, where the edges are straight lines.</remarks>
internal struct NearestFeet(in SurfacePoint from)
{
    private readonly SurfacePoint _from = from;
    private double _sphereX, _sphereY, _sphereLeast = double.PositiveInfinity;
    private double _ellipsoidX, _ellipsoidY, _ellipsoidLeast = double.PositiveInfinity;

    /// <summary>Nothing farther than these metres can still be either of the two.</summary>
    public readonly double Reach => Math.Sqrt(_ellipsoidLeast) * 1.01 + 0.001;

    /// <summary>Looks at the edges between consecutive vertices.</summary>
    public void Search(ReadOnlySpan<Vector> vertices)
    {
        double x1 = 0, y1 = 0;
        for (var i = 0; i < vertices.Length; i++)
        {
            // Differences first: a coordinate is then right to a nanometre, however near the point is.
            var w = vertices[i] - _from.Normal;
            var z = 1 - 0.5 * w.Dot(w);
            double x2 = w.Dot(_from.East) / z, y2 = w.Dot(_from.North) / z;
            if (i == 0) Take(x2, y2);
            else TakeEdge(x1, y1, x2 - x1, y2 - y1);
            (x1, y1) = (x2, y2);
        }
    }

    /// <summary>Metres to the nearest point; infinity when no edge was looked at.</summary>
    public readonly double Metres()
    {
        if (double.IsInfinity(_sphereLeast)) return double.PositiveInfinity;
        var sphere = MetresTo(_sphereX, _sphereY);
        if (_sphereX == _ellipsoidX && _sphereY == _ellipsoidY) return sphere;
        var ellipsoid = MetresTo(_ellipsoidX, _ellipsoidY);
        return sphere > ellipsoid + ShapeDistance.Accuracy(ellipsoid) ? ellipsoid : sphere;
    }

    private void TakeEdge(double x, double y, double dx, double dy)
    {
        var length2 = dx * dx + dy * dy;
        var t = length2 > 0 ? Math.Clamp(-(x * dx + y * dy) / length2, 0, 1) : 0;
        Take(x + t * dx, y + t * dy);
    }

    private void Take(double x, double y)
    {
        var sphere = x * x + y * y;
        if (sphere < _sphereLeast) (_sphereX, _sphereY, _sphereLeast) = (x, y, sphere);
        double east = x * _from.PrimeVerticalRadius, north = y * _from.MeridianRadius;
        var ellipsoid = east * east + north * north;
        if (ellipsoid < _ellipsoidLeast) (_ellipsoidX, _ellipsoidY, _ellipsoidLeast) = (x, y, ellipsoid);
    }

    private readonly double MetresTo(double x, double y)
    {
        var normal = (_from.Normal + _from.East * x + _from.North * y) * (1 / Math.Sqrt(1 + x * x + y * y));
        return _from.DistanceTo(SurfacePoint.PositionOf(normal));
    }
}
