using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HazardMap.Geodesy;

/// <summary>A round piece of the globe: every surface normal within <paramref name="Radius"/> (a chord) of the centre.</summary>
/// <param name="Centre">Unit normal.</param>
/// <param name="Radius">Chord length on the unit sphere.</param>
public readonly record struct Cap(Vector Centre, double Radius)
{
    /// <summary>A cap that holds the vertices, and with them the great-circle edges between them.</summary>
    public static Cap Around(ReadOnlySpan<Vector> vertices)
    {
        var sum = default(Vector);
        foreach (var vertex in vertices) sum += vertex;
        // Vertices all round the globe have no mean; then any centre serves, with the whole globe as the cap.
        if (sum.Length() < 1e-9 * vertices.Length) return new Cap(vertices[0], 2);
        var centre = sum.Unit();
        var radius2 = 0.0;
        foreach (var vertex in vertices)
        {
            var w = vertex - centre;
            radius2 = Math.Max(radius2, w.Dot(w));
        }
        // Beyond a hemisphere a cap is not convex: edges might leave it.
        return radius2 > 1.9 ? new Cap(centre, 2) : new Cap(centre, Math.Sqrt(radius2) * (1 + 1e-12) + 1e-15);
    }

    /// <summary>Metres that nothing in the cap can be nearer to the normal than; at least 0.</summary>
    public double LeastMetresTo(in Vector normal) =>
        Math.Max(0, (normal - Centre).Length() - Radius) * SurfacePoint.SmallestRadius;

    /// <summary>The same for four points at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<double> LeastMetresTo(in SurfacePoints points)
    {
        Vector256<double> x = points.X - Vector256.Create(Centre.X), y = points.Y - Vector256.Create(Centre.Y),
            z = points.Z - Vector256.Create(Centre.Z);
        return Vector256.MaxNative(Vector256<double>.Zero, Vector256.Sqrt(x * x + y * y + z * z) - Vector256.Create(Radius))
            * SurfacePoint.SmallestRadius;
    }

    /// <summary>Latitude of the centre in degrees.</summary>
    // The arc sine is quicker, and as exact where it is not steep.
    public double Latitude => (Math.Abs(Centre.Z) < 0.99
        ? Math.Asin(Centre.Z) : Math.Atan2(Centre.Z, Math.Sqrt(Centre.X * Centre.X + Centre.Y * Centre.Y))) * (180 / Math.PI);

    /// <summary>Longitude of the centre in degrees.</summary>
    public double Longitude => Math.Atan2(Centre.Y, Centre.X) * (180 / Math.PI);

    /// <summary>The angle in radians from the centre to the rim.</summary>
    public double Angle => 2 * Math.Asin(Math.Min(1, Radius / 2));
}
