using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace HazardMap.Geodesy;

/// <summary>Metres along WGS84 from a point to the nearest point of a shape; 0 inside.</summary>
/// <remarks>
/// The same nearest point as PostGIS geography, so that anyone can check a score in SQL and that <c>geo.distance</c> of the API
/// shows the same metres: edges are great circles of surface normals, the nearest point is chosen on their sphere, the
/// metres to it are measured on the spheroid. The point is right to 1e-5 of the distance, except where two places of a
/// shape are almost equally near in different directions: then the other one may be up to 0.7% (at the equator;
/// 0.3% at 50 degrees) nearer. In the Wenshan sample that is 5 of 260,000 pairs.
/// </remarks>
public static class ShapeDistance
{
    /// <summary>The distance, or infinity when it is more than the limit.</summary>
    /// <param name="from">Where one stands.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="limitMetres">At most 50 km: what the arc over a chord is proven for.</param>
    public static double Metres(in SurfacePoint from, ShapeIndex shape, double limitMetres) =>
        shape.Bounds.LeastMetresTo(from.Normal) > limitMetres
            ? double.PositiveInfinity : Metres(new SurfacePoints(from), shape, limitMetres)[0];

    /// <summary>The same from four points at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    internal static Lanes Metres(in SurfacePoints from, ShapeIndex shape, double limitMetres)
    {
        var limit = Vector256.Create(limitMetres);
        var nearest = new NearestPoints();
        var runs = shape.Runs;
        if (runs.Length == 1) nearest.Search(from, shape.Vertices);
        else
            foreach (ref readonly var run in runs.AsSpan())
            {
                var least = run.Cap.LeastMetresTo(from);
                if (Vector256.LessThanOrEqualAny(least, Vector256.MinNative(limit, nearest.Reach(from))))
                    nearest.Search(from, shape.Vertices.AsSpan(run.From, run.To - run.From + 1));
            }
        var metres = nearest.Metres(from);
        metres = Vector256.ConditionalSelect(Vector256.LessThanOrEqual(metres, limit), metres, Vector256.Create(double.PositiveInfinity));
        return shape.HasInside && Vector256.EqualsAny(shape.Bounds.LeastMetresTo(from), Lanes.Zero)
            ? Vector256.AndNot(metres, Inside(from, shape)) : metres;
    }

    /// <summary>Whether a point lies in an area.</summary>
    internal static bool IsInside(in SurfacePoint from, ShapeIndex shape) => Inside(new SurfacePoints(from), shape) != Lanes.Zero;

    // All bits set in the lanes of the points inside: those from which the half great circle that leaves eastwards crosses
    // the rings an odd number of times. A ring's edges never come near the antipode.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private static Lanes Inside(in SurfacePoints from, ShapeIndex shape)
    {
        var inside = Lanes.Zero;
        foreach (var (first, last) in shape.Rings)
        {
            Lanes x1 = default, y1 = default;
            for (var i = first; i <= last; i++)
            {
                ref readonly var vertex = ref shape.Vertices[i];
                var wx = Vector256.Create(vertex.X) - from.X;
                var wy = Vector256.Create(vertex.Y) - from.Y;
                var wz = Vector256.Create(vertex.Z) - from.Z;
                var x2 = wx * from.EastX + wy * from.EastY;
                var y2 = wx * from.NorthX + wy * from.NorthY + wz * from.NorthZ;
                if (i > first)
                {
                    var spans = Vector256.Xor(Vector256.GreaterThan(y1, Lanes.Zero), Vector256.GreaterThan(y2, Lanes.Zero));
                    var isEast = Vector256.GreaterThan(x1 * Vector256.Abs(y2) + x2 * Vector256.Abs(y1), Lanes.Zero);
                    inside = Vector256.Xor(inside, Vector256.BitwiseAnd(spans, isEast));
                }
                (x1, y1) = (x2, y2);
            }
        }
        return inside;
    }
}
