using NetTopologySuite.Geometries;

namespace HazardMap.Geodesy;

/// <summary>A sound shape made ready to be measured against many points: surface normals in runs, each in a bounding cap.</summary>
/// <remarks>Invariant: every run lies in one part, holds 1 to 17 vertices, and no edge is longer than about 64 km.</remarks>
public sealed class ShapeIndex
{
    private const int EdgesPerRun = 16;
    private const double LongestEdge = 0.01;   // radians; longer ones are cut along their own great circle
    private const int MostVertices = 4_000_000;

    private readonly List<Vector> _vertices = [];
    private readonly List<(int From, int To)> _rings = [];
    private readonly List<Run> _runs = [];

    private ShapeIndex(Geometry shape)
    {
        Add(shape);
        Vertices = [.. _vertices];
        Rings = [.. _rings];
        Runs = [.. _runs];
        Bounds = Cap.Around(Vertices);
    }

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
    public static ShapeIndex Of(Geometry shape) => new(shape);

    /// <summary>A point as a shape.</summary>
    public static ShapeIndex Of(double longitude, double latitude) => new(GeoJson.Factory.CreatePoint(new Coordinate(longitude, latitude)));

    private void Add(Geometry shape)
    {
        switch (shape)
        {
            case Point p: AddPart(p.CoordinateSequence, isRing: false); break;
            case LineString l: AddPart(l.CoordinateSequence, isRing: false); break;
            case Polygon p:
                AddPart(p.Shell.CoordinateSequence, isRing: true);
                foreach (var hole in p.Holes) AddPart(hole.CoordinateSequence, isRing: true);
                break;
            case GeometryCollection many:
                foreach (var part in many.Geometries) Add(part);
                break;
            default: throw new ArgumentException($"A {shape.GeometryType} has no distance.", nameof(shape));
        }
    }

    private void AddPart(CoordinateSequence positions, bool isRing)
    {
        var first = _vertices.Count;
        for (var i = 0; i < positions.Count; i++)
        {
            var vertex = SurfacePoint.NormalOf(positions.GetX(i), positions.GetY(i));
            if (i > 0) AddBetween(_vertices[^1], vertex);
            _vertices.Add(vertex);
        }
        var last = _vertices.Count - 1;
        if (isRing) _rings.Add((first, last));
        AddRuns(first, last);
    }

    // Halving along the great circle keeps every new vertex on the edge.
    private void AddBetween(in Vector a, in Vector b)
    {
        if ((b - a).Length() <= LongestEdge) return;
        if (_vertices.Count > MostVertices)
            throw new RefusalException("ShapeTooLong", "The shape is longer than anything on a map.", "图形过长。");
        var middle = (a + b).Unit();
        AddBetween(a, middle);
        _vertices.Add(middle);
        AddBetween(middle, b);
    }

    private void AddRuns(int first, int last)
    {
        var from = first;
        do
        {
            var to = Math.Min(from + EdgesPerRun, last);
            _runs.Add(new Run(from, to, Cap.Around(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_vertices)[from..(to + 1)])));
            from = to;
        }
        while (from < last);
    }

    /// <summary>Consecutive vertices From..To (inclusive) of one part, and the cap that holds their edges.</summary>
    internal readonly record struct Run(int From, int To, Cap Cap);
}
