using System.Runtime.CompilerServices;
namespace HazardMap.Geodesy;

/// <summary>Keeps the nearest point of a shape while its edges pass by.</summary>
/// <remarks>Works in the gnomonic plane of the point, where the edges are straight lines.</remarks>
internal ref struct NearestPoint(in SurfacePoint from)
{
    private readonly ref readonly SurfacePoint _from = ref from;
    private double _x, _y, _least = double.PositiveInfinity;

    /// <summary>No edge farther than these metres can hold the nearest point: on the sphere a metre is off by 0.7% at most.</summary>
    public readonly double Reach => Math.Sqrt(_least) * _from.PrimeVerticalRadius * 1.01 + 0.001;

    /// <summary>Looks at the edges between consecutive vertices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    public void Search(ReadOnlySpan<Vector> vertices)
    {
        double x1 = 0, y1 = 0;
        for (var i = 0; i < vertices.Length; i++)
        {
            // Differences first: a coordinate is then right to a nanometre, however near the point is.
            var w = vertices[i] - _from.Normal;
            var scale = 1 / (1 - 0.5 * w.Dot(w));
            double x2 = w.Dot(_from.East) * scale, y2 = w.Dot(_from.North) * scale;
            if (i == 0) Take(x2, y2);
            else TakeEdge(x1, y1, x2, y2);
            (x1, y1) = (x2, y2);
        }
    }

    /// <summary>Metres to the nearest point; infinity when no edge was looked at.</summary>
    public readonly double Metres()
    {
        if (double.IsInfinity(_least)) return double.PositiveInfinity;
        var normal = (_from.Normal + _from.East * _x + _from.North * _y) * (1 / Math.Sqrt(1 + _x * _x + _y * _y));
        return _from.DistanceTo(SurfacePoint.PositionOf(normal));
    }

    // The start has been looked at, or an earlier edge was nearer; dividing is left to the few edges that win.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TakeEdge(double x1, double y1, double x2, double y2)
    {
        double dx = x2 - x1, dy = y2 - y1;
        double along = -(x1 * dx + y1 * dy), length2 = dx * dx + dy * dy;
        if (along <= 0) return;
        if (along >= length2)
        {
            Take(x2, y2);
            return;
        }
        var across = x1 * dy - y1 * dx;
        if (across * across >= _least * length2) return;
        var t = along / length2;
        Take(x1 + t * dx, y1 + t * dy);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(double x, double y)
    {
        var square = x * x + y * y;
        if (square < _least) (_x, _y, _least) = (x, y, square);
    }
}
