using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace HazardMap.Geodesy;

/// <summary>Keeps, for each of four points, the nearest point of a shape while its edges pass by.</summary>
/// <remarks>Works in the gnomonic plane of each point, where the edges are straight lines.</remarks>
internal struct NearestPoints()
{
    private Lanes _x, _y, _least = Vector256.Create(double.PositiveInfinity);

    /// <summary>No edge farther than these metres can hold the nearest point: on the sphere a metre is off by 0.7% at most.</summary>
    public readonly Lanes Reach(in SurfacePoints from) =>
        Vector256.Sqrt(_least) * from.PrimeVerticalRadius * 1.01 + Vector256.Create(0.001);

    /// <summary>Looks at the edges between consecutive vertices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    public void Search(in SurfacePoints from, ReadOnlySpan<Vector> vertices)
    {
        // Copies, which the JIT keeps in registers.
        Lanes fromX = from.X, fromY = from.Y, fromZ = from.Z, eastX = from.EastX, eastY = from.EastY, northX = from.NorthX,
            northY = from.NorthY, northZ = from.NorthZ;
        Lanes nearestX = _x, nearestY = _y, least = _least, x1 = default, y1 = default;
        for (var i = 0; i < vertices.Length; i++)
        {
            ref readonly var vertex = ref vertices[i];
            // Differences first: a coordinate is then right to a nanometre, however near the point is.
            var wx = Vector256.Create(vertex.X) - fromX;
            var wy = Vector256.Create(vertex.Y) - fromY;
            var wz = Vector256.Create(vertex.Z) - fromZ;
            var scale = Lanes.One / (Lanes.One - (wx * wx + wy * wy + wz * wz) * 0.5);
            var x2 = (wx * eastX + wy * eastY) * scale;
            var y2 = (wx * northX + wy * northY + wz * northZ) * scale;
            var (x, y) = (x2, y2);
            if (i > 0)
            {
                // How far along the edge the point's foot is, 0 to 1; of an edge without length its end.
                Lanes dx = x2 - x1, dy = y2 - y1;
                var along = (x1 * dx + y1 * dy) / (dx * dx + dy * dy + Vector256.Create(1e-300));
                along = Vector256.MinNative(Vector256.MaxNative(-along, Lanes.Zero), Lanes.One);
                (x, y) = (x1 + along * dx, y1 + along * dy);
            }
            var square = x * x + y * y;
            var nearer = Vector256.LessThan(square, least);
            nearestX = Vector256.ConditionalSelect(nearer, x, nearestX);
            nearestY = Vector256.ConditionalSelect(nearer, y, nearestY);
            least = Vector256.ConditionalSelect(nearer, square, least);
            (x1, y1) = (x2, y2);
        }
        (_x, _y, _least) = (nearestX, nearestY, least);
    }

    /// <summary>Metres to the nearest points; infinity where no edge was looked at.</summary>
    public readonly Lanes Metres(in SurfacePoints from)
    {
        var scale = Lanes.One / Vector256.Sqrt(Lanes.One + _x * _x + _y * _y);
        var metres = from.DistanceTo(
            (from.X + from.EastX * _x + from.NorthX * _y) * scale,
            (from.Y + from.EastY * _x + from.NorthY * _y) * scale,
            (from.Z + from.NorthZ * _y) * scale);
        return Vector256.ConditionalSelect(Vector256.Equals(_least, Vector256.Create(double.PositiveInfinity)), _least, metres);
    }
}
