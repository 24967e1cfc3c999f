using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace HazardMap.Geodesy;

/// <summary>Four <see cref="SurfacePoint"/>s side by side: what one instruction does is done for all of them.</summary>
/// <remarks>
/// The same numbers as of one point, lane by lane; nothing is fused or estimated, so that they are the same bits on every
/// machine. In a lane nothing depends on what is in the others.
/// </remarks>
internal readonly struct SurfacePoints
{
    /// <summary>How many.</summary>
    public const int Count = 4;

    private const double EquatorialRadius = SurfacePoint.EquatorialRadius, E2 = SurfacePoint.E2;

    /// <summary>The surface normals.</summary>
    public readonly Lanes X, Y, Z;

    /// <summary>East lies in the plane of the equator; it has no third component.</summary>
    public readonly Lanes EastX, EastY;

    /// <summary>Along the surface, a quarter turn left of east.</summary>
    public readonly Lanes NorthX, NorthY, NorthZ;

    /// <summary>Radius of curvature across the meridian, in metres.</summary>
    public readonly Lanes PrimeVerticalRadius;

    /// <summary>From normals and their directions east.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SurfacePoints(Lanes x, Lanes y, Lanes z, Lanes eastX, Lanes eastY)
    {
        (X, Y, Z, EastX, EastY) = (x, y, z, eastX, eastY);
        // The cosine and sine of the longitude are eastY and -eastX.
        NorthX = -z * eastY;
        NorthY = z * eastX;
        NorthZ = x * eastY - y * eastX;
        PrimeVerticalRadius = RadiusOf(z);
    }

    /// <summary>One point in every lane.</summary>
    public SurfacePoints(in SurfacePoint point)
        : this(Vector256.Create(point.Normal.X), Vector256.Create(point.Normal.Y), Vector256.Create(point.Normal.Z),
            Vector256.Create(point.East.X), Vector256.Create(point.East.Y))
    {
    }

    /// <summary>Metres along the surface to the places with other normals, for distances up to 50 km;
    /// see <see cref="SurfacePoint.DistanceTo"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes DistanceTo(Lanes x, Lanes y, Lanes z)
    {
        var radius = RadiusOf(z);
        var acrossX = radius * x - PrimeVerticalRadius * X;
        var acrossY = radius * y - PrimeVerticalRadius * Y;
        var acrossZ = (radius * z - PrimeVerticalRadius * Z) * (1 - E2);
        var east = acrossX * EastX + acrossY * EastY;
        var north = acrossX * NorthX + acrossY * NorthY + acrossZ * NorthZ;
        return Arc(acrossX * acrossX + acrossY * acrossY + acrossZ * acrossZ, east * east, north * north, Z, PrimeVerticalRadius);
    }

    /// <summary>Metres along the surface over chords (squared) whose direction is given by their squared parts east and north of a
    /// point.</summary>
    /// <param name="chord2">Squared metres.</param>
    /// <param name="east2">Squared metres.</param>
    /// <param name="north2">Squared metres.</param>
    /// <param name="z">The sine of the point's latitude.</param>
    /// <param name="primeVerticalRadius">Metres.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Arc(Lanes chord2, Lanes east2, Lanes north2, Lanes z, Lanes primeVerticalRadius)
    {
        // Euler: the curvature of the normal section in this direction. The meridian's is the other's times (1 - E2 z²) / (1 - E2).
        var meridian = (Lanes.One - E2 * z * z) * (1 / (1 - E2));
        // A square this small is added so that no distance at all is no division by zero.
        var curvature = (east2 + north2 * meridian) / ((east2 + north2 + Vector256.Create(1e-300)) * primeVerticalRadius);
        var ratio2 = chord2 * curvature * curvature;
        return Vector256.Sqrt(chord2) * (Lanes.One + ratio2 * (Vector256.Create(1 / 24.0) + ratio2 * (3 / 640.0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes RadiusOf(Lanes z) => Vector256.Create(EquatorialRadius) / Vector256.Sqrt(Lanes.One - E2 * z * z);
}
