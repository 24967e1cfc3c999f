using System.Runtime.InteropServices;
using HazardMap.Geodesy;

namespace HazardMap.Network;

/// <summary>A box in Earth-centred metres, rounded outwards to single precision.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SpaceBox(float MinX, float MinY, float MinZ, float MaxX, float MaxY, float MaxZ)
{
    private static readonly SpaceBox Nothing = new(
        float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity, float.NegativeInfinity, float.NegativeInfinity,
        float.NegativeInfinity);

    /// <summary>Holds the surface arcs between consecutive positions.</summary>
    public static SpaceBox AroundArcs(ReadOnlySpan<Vector> positions)
    {
        var box = Nothing;
        for (var i = 0; i + 1 < positions.Length; i++)
        {
            // The surface rises above the chord by less than its square over four times the radius.
            var chord = positions[i + 1] - positions[i];
            var rise = chord.Dot(chord) / (4 * SurfacePoint.SmallestRadius) + 0.01;
            box = box.With(positions[i], rise).With(positions[i + 1], rise);
        }
        return box;
    }

    /// <summary>Holds all the boxes.</summary>
    public static SpaceBox Around(ReadOnlySpan<SpaceBox> boxes)
    {
        var box = Nothing;
        foreach (ref readonly var b in boxes)
            box = new SpaceBox(Math.Min(box.MinX, b.MinX), Math.Min(box.MinY, b.MinY), Math.Min(box.MinZ, b.MinZ),
                Math.Max(box.MaxX, b.MaxX), Math.Max(box.MaxY, b.MaxY), Math.Max(box.MaxZ, b.MaxZ));
        return box;
    }

    /// <summary>Metres straight through space to the nearest point of the box; 0 inside.</summary>
    public double DistanceTo(in Vector p)
    {
        double x = Beyond(p.X, MinX, MaxX), y = Beyond(p.Y, MinY, MaxY), z = Beyond(p.Z, MinZ, MaxZ);
        return Math.Sqrt(x * x + y * y + z * z);
    }

    /// <summary>Metres straight through space between the boxes; 0 where they meet.</summary>
    public double DistanceTo(in SpaceBox other)
    {
        double x = Apart(MinX, MaxX, other.MinX, other.MaxX), y = Apart(MinY, MaxY, other.MinY, other.MaxY),
            z = Apart(MinZ, MaxZ, other.MinZ, other.MaxZ);
        return Math.Sqrt(x * x + y * y + z * z);
    }

    /// <summary>Holds everything within metres of a place.</summary>
    public static SpaceBox Around(in Vector centre, double metres) => Nothing.With(centre, metres);

    private static double Apart(double min, double max, double otherMin, double otherMax) =>
        Math.Max(0, Math.Max(otherMin - max, min - otherMax));

    private static double Beyond(double value, float min, float max) => Math.Max(0, Math.Max(min - value, value - max));

    private SpaceBox With(in Vector p, double margin) => new(
        Math.Min(MinX, MathF.BitDecrement((float)(p.X - margin))), Math.Min(MinY, MathF.BitDecrement((float)(p.Y - margin))),
        Math.Min(MinZ, MathF.BitDecrement((float)(p.Z - margin))), Math.Max(MaxX, MathF.BitIncrement((float)(p.X + margin))),
        Math.Max(MaxY, MathF.BitIncrement((float)(p.Y + margin))), Math.Max(MaxZ, MathF.BitIncrement((float)(p.Z + margin))));
}
