using NetTopologySuite.Geometries;

namespace HazardMap.Geodesy;

/// <summary>A sound shape made ready to be measured against many points: surface normals in runs, each in a bounding cap.</summary>
/// <remarks>Invariant: every run lies in one part, holds 1 to 17 vertices, and no edge is longer than about 64 km.</remarks>
public sealed class ShapeIndex
{
    internal ShapeIndex(Vector[] vertices, (int From, int To)[] rings, Run[] runs, Cap bounds) =>
        (Vertices, Rings, Runs, Bounds) = (vertices, rings, runs, bounds);

    /// <summary>Vertices as surface normals, part after part.</summary>
    internal Vector[] Vertices { get; }

    /// <summary>Closed rings as ranges of vertices (inclusive); empty when the shape has no inside.</summary>
    internal (int From, int To)[] Rings { get; }

    /// <summary>Runs of edges.</summary>
    internal Run[] Runs { get; }

    /// <summary>A cap that holds the whole shape.</summary>
    public Cap Bounds { get; }

    /// <summary>Whether a point can be inside the shape.</summary>
    public bool HasInside => Rings.Length > 0;

    /// <summary>Indexes a shape that <see cref="Soundness"/> has passed.</summary>
    /// <exception cref="RefusalException">The shape is longer than anything on a map.</exception>
    public static ShapeIndex Of(Geometry shape)
    {
        var builder = new ShapeIndexBuilder();
        builder.Add(shape);
        return builder.Build();
    }

    /// <summary>A point as a shape.</summary>
    public static ShapeIndex Of(double longitude, double latitude)
    {
        var at = SurfacePoint.NormalOf(longitude, latitude);
        var cap = Cap.Around([at]);
        return new ShapeIndex([at], [], [new Run(0, 0, cap)], cap);
    }

    /// <summary>Consecutive vertices From..To (inclusive) of one part, and the cap that holds their edges.</summary>
    internal readonly record struct Run(int From, int To, Cap Cap);
}
