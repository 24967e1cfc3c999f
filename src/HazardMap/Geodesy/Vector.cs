using System.Runtime.CompilerServices;
namespace HazardMap.Geodesy;

/// <summary>A vector in space; System.Numerics has only single precision.</summary>
public readonly record struct Vector(double X, double Y, double Z)
{
    /// <summary>Sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector operator +(in Vector a, in Vector b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>Difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector operator -(in Vector a, in Vector b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>Scaled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector operator *(in Vector a, double scale) => new(a.X * scale, a.Y * scale, a.Z * scale);

    /// <summary>Inner product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Dot(in Vector b) => X * b.X + Y * b.Y + Z * b.Z;

    /// <summary>Length.</summary>
    public double Length() => Math.Sqrt(Dot(this));

    /// <summary>The same direction at length one.</summary>
    public Vector Unit() => this * (1 / Length());

    /// <summary>Longitude and latitude of the place whose surface normal this is.</summary>
    public (double Longitude, double Latitude) Degrees() =>
        (Math.Atan2(Y, X) * (180 / Math.PI), Math.Atan2(Z, Math.Sqrt(X * X + Y * Y)) * (180 / Math.PI));
}
