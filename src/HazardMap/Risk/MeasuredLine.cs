using HazardMap.Geodesy;
using NetTopologySuite.Geometries;

namespace HazardMap.Risk;

/// <summary>A line with the metres at each vertex; no edge is longer than about 6 km, so that shares of it are metres too.</summary>
internal sealed class MeasuredLine
{
    private const double LongestEdge = 0.001;   // radians
    private readonly GeometryFactory _factory;
    private readonly List<Coordinate> _vertices = [];
    private readonly List<Vector> _normals = [];
    private readonly List<double> _metres = [];

    private MeasuredLine(LineString line)
    {
        _factory = line.Factory;
        foreach (var vertex in line.Coordinates)
        {
            var normal = SurfacePoint.NormalOf(vertex.X, vertex.Y);
            if (_normals.Count > 0) AddBetween(_normals[^1], normal);
            Add(vertex, normal);
        }
    }

    /// <summary>The whole length.</summary>
    public double Metres => _metres[^1];

    public static MeasuredLine Of(LineString line) => new(line);

    /// <summary>The line from one place along it to another.</summary>
    public LineString Between(double from, double to)
    {
        var first = Math.Max(0, _metres.BinarySearch(from) is var f && f >= 0 ? f : ~f);
        var vertices = new List<Coordinate> { At(from) };
        for (var i = first; i < _metres.Count && _metres[i] < to; i++)
            if (_metres[i] > from) vertices.Add(_vertices[i]);
        vertices.Add(At(to));
        return _factory.CreateLineString([.. vertices]);
    }

    private Coordinate At(double metres)
    {
        var found = _metres.BinarySearch(metres);
        if (found >= 0) return _vertices[found];
        if (~found >= _metres.Count) return _vertices[^1];
        var (before, after) = (~found - 1, ~found);
        var share = (metres - _metres[before]) / (_metres[after] - _metres[before]);
        var (longitude, latitude) = (_normals[before] + (_normals[after] - _normals[before]) * share).Unit().Degrees();
        return new Coordinate(longitude, latitude);
    }

    private void AddBetween(in Vector a, in Vector b)
    {
        if ((b - a).Length() <= LongestEdge) return;
        var middle = (a + b).Unit();
        AddBetween(a, middle);
        var (longitude, latitude) = middle.Degrees();
        Add(new Coordinate(longitude, latitude), middle);
        AddBetween(middle, b);
    }

    private void Add(Coordinate vertex, in Vector normal)
    {
        _metres.Add(_metres.Count == 0 ? 0
            : _metres[^1] + new SurfacePoint(_vertices[^1].X, _vertices[^1].Y).DistanceTo(SurfacePoint.PositionOf(normal)));
        _vertices.Add(vertex);
        _normals.Add(normal);
    }
}
