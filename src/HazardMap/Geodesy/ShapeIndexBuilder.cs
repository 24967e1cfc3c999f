using System.Runtime.CompilerServices;
using NetTopologySuite.Geometries;

namespace HazardMap.Geodesy;

/// <summary>Makes <see cref="ShapeIndex"/>es, part by part; its own memory serves one shape after the other.</summary>
/// <remarks>For one thread at a time.</remarks>
public sealed class ShapeIndexBuilder
{
    private const int EdgesPerRun = 16;
    private const double LongestEdge = 0.01;   // radians; longer ones are cut along their own great circle
    private const int MostVertices = 4_000_000;

    private readonly List<(int From, int To)> _rings = [];
    private readonly List<ShapeIndex.Run> _runs = [];
    private Vector[] _vertices = new Vector[64];
    private int _count, _first;

    /// <summary>The first position since the last shape was built; null when there is none.</summary>
    public (double Longitude, double Latitude)? First { get; private set; }

    /// <summary>Begins a part: the positions that follow are joined by edges.</summary>
    public void BeginPart() => _first = _count;

    /// <summary>The next position of the part, in degrees; callers have checked the range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    public void Add(double longitude, double latitude)
    {
        var vertex = SurfacePoint.NormalOf(longitude, latitude);
        if (_count > _first) AddBetween(_vertices[_count - 1], vertex);
        if (_count == 0) First = (longitude, latitude);
        Append(vertex);
    }

    /// <summary>Ends the part.</summary>
    /// <param name="isRing">It is closed and has an inside.</param>
    public void EndPart(bool isRing)
    {
        var last = _count - 1;
        if (isRing) _rings.Add((_first, last));
        var from = _first;
        do
        {
            var to = Math.Min(from + EdgesPerRun, last);
            _runs.Add(new ShapeIndex.Run(from, to, Cap.Around(_vertices.AsSpan(from..(to + 1)))));
            from = to;
        }
        while (from < last);
    }

    /// <summary>Adds every part of a geometry, which must not be empty.</summary>
    public void Add(Geometry shape)
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

    /// <summary>The shape of all parts since the last one was built.</summary>
    public ShapeIndex Build()
    {
        var vertices = _vertices.AsSpan(0, _count);
        var shape = new ShapeIndex(vertices.ToArray(), [.. _rings], [.. _runs], _runs.Count == 1 ? _runs[0].Cap : Cap.Around(vertices));
        Clear();
        return shape;
    }

    /// <summary>Forgets the parts that were added.</summary>
    public void Clear()
    {
        _count = _first = 0;
        First = null;
        _rings.Clear();
        _runs.Clear();
    }

    private void AddPart(CoordinateSequence positions, bool isRing)
    {
        BeginPart();
        for (var i = 0; i < positions.Count; i++) Add(positions.GetX(i), positions.GetY(i));
        EndPart(isRing);
    }

    // Halving along the great circle keeps every new vertex on the edge.
    private void AddBetween(in Vector a, in Vector b)
    {
        if ((b - a).Length() <= LongestEdge) return;
        if (_count > MostVertices)
            throw new RefusalException("ShapeTooLong", "The shape is longer than anything on a map.", "图形过长。");
        var middle = (a + b).Unit();
        AddBetween(a, middle);
        Append(middle);
        AddBetween(middle, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(in Vector vertex)
    {
        if (_count == _vertices.Length) Array.Resize(ref _vertices, 2 * _count);
        _vertices[_count++] = vertex;
    }
}
