using HazardMap.Geodesy;

namespace HazardMap.Network;

/// <summary>Where the edges of a graph run: their vertices from source to target, longitude before latitude.</summary>
/// <remarks>Invariant: as many shapes as edges, in the same order, each with two vertices or more on the globe.</remarks>
public sealed class RoadShapes
{
    private readonly List<int> _first = [0];
    private readonly List<(double Longitude, double Latitude)> _vertices = [];

    /// <summary>Edges with a shape.</summary>
    public int Count => _first.Count - 1;

    /// <summary>All vertices of an edge.</summary>
    public ReadOnlySpan<(double Longitude, double Latitude)> Of(int edge) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_vertices)[_first[edge].._first[edge + 1]];

    /// <summary>Takes the shape of the next edge.</summary>
    /// <exception cref="RefusalException">Fewer than two vertices, or one that is not on the globe.</exception>
    public void Add(ReadOnlySpan<(double Longitude, double Latitude)> vertices)
    {
        var place = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"edges[{Count}].geom");
        if (vertices.Length < 2)
            throw new RefusalException("EmptyGeometry", $"{place}: a road has two vertices or more.",
                $"{place}：道路至少应有两个顶点。", place);
        foreach (var (longitude, latitude) in vertices) Soundness.CheckPosition(longitude, latitude, place);
        _vertices.AddRange(vertices);
        _first.Add(_vertices.Count);
    }

    /// <summary>A share of the edge's length as a position.</summary>
    public (double Longitude, double Latitude) At(int edge, double fraction)
    {
        var vertices = Of(edge);
        if (fraction <= 0) return vertices[0];
        if (fraction >= 1) return vertices[^1];
        var left = fraction * Measure(edge, -1, default).Whole;
        for (var i = 0; i + 1 < vertices.Length; i++)
        {
            var from = new SurfacePoint(vertices[i].Longitude, vertices[i].Latitude);
            var to = SurfacePoint.NormalOf(vertices[i + 1].Longitude, vertices[i + 1].Latitude);
            var metres = from.DistanceTo(SurfacePoint.PositionOf(to));
            if (left <= metres && metres > 0) return (from.Normal + (to - from.Normal) * (left / metres)).Unit().Degrees();
            left -= metres;
        }
        return vertices[^1];
    }

    /// <summary>The edge from one share of its length to another, backwards when the first is greater: two vertices or more.</summary>
    public IReadOnlyList<(double Longitude, double Latitude)> Between(int edge, double from, double to)
    {
        var (low, high) = (Math.Min(from, to), Math.Max(from, to));
        var vertices = Of(edge);
        var path = new List<(double, double)> { At(edge, low) };
        for (var i = 1; i < vertices.Length - 1; i++)
        {
            var (longitude, latitude) = vertices[i];
            var share = Fraction(edge, i, 0, SurfacePoint.NormalOf(longitude, latitude));
            if (share > low && share < high) path.Add(vertices[i]);
        }
        path.Add(At(edge, high));
        if (from > to) path.Reverse();
        return path;
    }

    /// <summary>A share of one segment, whose foot is given, as a share of the whole edge;
    /// exactly 0 and 1 at the ends: there the place is the junction.</summary>
    internal double Fraction(int edge, int segment, double share, in Vector foot)
    {
        if (segment == 0 && share == 0) return 0;
        if (segment == Of(edge).Length - 2 && share == 1) return 1;
        var (before, whole) = Measure(edge, segment, foot);
        return whole > 0 ? Math.Clamp(before / whole, 0, 1) : 0;
    }

    /// <summary>Metres along an edge to the foot of a perpendicular on one of its segments, and its whole length.</summary>
    internal (double Before, double Whole) Measure(int edge, int segment, in Vector foot)
    {
        var vertices = Of(edge);
        double before = 0, whole = 0;
        for (var i = 0; i + 1 < vertices.Length; i++)
        {
            var from = new SurfacePoint(vertices[i].Longitude, vertices[i].Latitude);
            if (i == segment) before = whole + from.DistanceTo(SurfacePoint.PositionOf(foot));
            whole += from.DistanceTo(SurfacePoint.PositionOf(SurfacePoint.NormalOf(vertices[i + 1].Longitude, vertices[i + 1].Latitude)));
        }
        return (before, whole);
    }
}
