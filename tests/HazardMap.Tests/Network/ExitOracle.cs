using HazardMap.Geodesy;
using HazardMap.Network;
using NetTopologySuite.Geometries;
using Vector = HazardMap.Geodesy.Vector;

namespace HazardMap.Tests.Network;

/// <summary>
/// The least way to a water by brute force: a point each metre or so of every road, and where roads come near by halving;
/// distances through space between points and pieces of shore; costs by Floyd and Warshall.
/// </summary>
internal sealed class ExitOracle
{
    private const int Steps = 300, Halvings = 50;
    private const double Hidden = 8;   // metres between two points
    private readonly WalkTown _town;
    private readonly double[,] _costs;
    private readonly List<(Vector From, Vector To)> _shore = [];
    private readonly List<Polygon> _areas = [];
    private readonly double _within;
    private readonly List<(int Edge, double Fraction, double Bank)> _points = [];

    public ExitOracle(WalkTown town, Geometry water, double within)
    {
        (_town, _within) = (town, within);
        _costs = RandomRoads.AllCosts(town.Roads.Graph, town.Edges);
        for (var i = 0; i < water.NumGeometries; i++) Add(water.GetGeometryN(i));
        for (var edge = 0; edge < town.Edges.Count; edge++) AddPoints(edge);
    }

    /// <summary>Whether any point of the network is near enough.</summary>
    public bool HasPoints => _points.Count > 0;

    /// <summary>Metres of the least way; infinity when there is none.</summary>
    public double Least(RoadContact door)
    {
        var least = double.PositiveInfinity;
        foreach (var (edge, at) in door.Stretches.Select(s => (s.Edge, s.From)))
        {
            var here = Bank(edge, at);
            if (here <= _within) least = Math.Min(least, here);
            var metres = _points.ConvertAll(point => Path(edge, at, point.Edge, point.Fraction) + point.Bank);
            least = Math.Min(least, metres.DefaultIfEmpty(double.PositiveInfinity).Min());
            if (!_town.HasWrongLengths) continue;
            // Where a metre costs less than a metre the best may hide between two points.
            var nearly = least + Hidden;
            for (var i = 0; i < metres.Count; i++)
                for (var k = -100; k <= 100 && metres[i] <= nearly; k++)
                {
                    var fraction = Math.Clamp(_points[i].Fraction + k / 200.0 / Steps, 0, 1);
                    var bank = Bank(_points[i].Edge, fraction);
                    if (bank <= _within) least = Math.Min(least, Path(edge, at, _points[i].Edge, fraction) + bank);
                }
        }
        return door.AccessMetres + least;
    }

    private void AddPoints(int edge)
    {
        var before = Bank(edge, 0);
        Take(edge, 0, before);
        for (var i = 1; i <= Steps; i++)
        {
            var (from, to) = ((i - 1.0) / Steps, i / (double)Steps);
            var after = Bank(edge, to);
            if (before <= _within != after <= _within)
            {
                var (near, far) = before <= _within ? (from, to) : (to, from);
                for (var k = 0; k < Halvings; k++)
                    if (Bank(edge, (near + far) / 2) <= _within) near = (near + far) / 2;
                    else far = (near + far) / 2;
                Take(edge, near, Bank(edge, near));
            }
            Take(edge, to, after);
            before = after;
        }
    }

    private void Take(int edge, double fraction, double bank)
    {
        if (bank <= _within) _points.Add((edge, fraction, bank));
    }

    private double Path(int edge, double at, int toEdge, double to)
    {
        var ((_, source, target, cost, reverse), (_, toSource, toTarget, toCost, toReverse)) = (_town.Edges[edge], _town.Edges[toEdge]);
        static double Part(double cost, double share) => share <= 0 ? 0 : cost < 0 ? double.PositiveInfinity : cost * share;
        double Between(long a, long b) => _costs[RandomRoads.Node(_town.Roads.Graph, a), RandomRoads.Node(_town.Roads.Graph, b)];
        double[] out_ = [Part(reverse, at), Part(cost, 1 - at)], in_ = [Part(toCost, to), Part(toReverse, 1 - to)];
        var least = edge == toEdge ? Part(to >= at ? cost : reverse, Math.Abs(to - at)) : double.PositiveInfinity;
        foreach (var (start, first) in new[] { (source, out_[0]), (target, out_[1]) })
            foreach (var (end, last) in new[] { (toSource, in_[0]), (toTarget, in_[1]) })
                least = Math.Min(least, first + Between(start, end) + last);
        return least;
    }

    private double Bank(int edge, double fraction)
    {
        var (longitude, latitude) = _town.Roads.Shapes.At(edge, fraction);
        if (_areas.Exists(area => area.Contains(new Point(_town.Unwrapped(longitude), latitude)))) return 0;
        var at = SurfacePoint.PositionOf(SurfacePoint.NormalOf(longitude, latitude));
        return _shore.Min(piece => ToPiece(at, piece.From, piece.To));
    }

    // Over some hundred metres a chord is as long as its arc to a hundred-millionth.
    private static double ToPiece(Vector at, Vector from, Vector to)
    {
        var (along, off) = (to - from, at - from);
        var length2 = along.Dot(along);
        var share = length2 > 0 ? Math.Clamp(off.Dot(along) / length2, 0, 1) : 0;
        return (off - along * share).Length();
    }

    private void Add(Geometry part)
    {
        if (part is Polygon area)
        {
            LinearRing Ring(LineString ring) => new([.. ring.Coordinates.Select(c => new Coordinate(_town.Unwrapped(c.X), c.Y))]);
            _areas.Add(new Polygon(Ring(area.ExteriorRing), [.. area.InteriorRings.Select(Ring)]));
            foreach (var ring in area.InteriorRings.Prepend(area.ExteriorRing)) AddShore(ring.Coordinates);
        }
        else AddShore(part.Coordinates);
    }

    private void AddShore(Coordinate[] vertices)
    {
        var positions = vertices.Select(v => SurfacePoint.PositionOf(SurfacePoint.NormalOf(v.X, v.Y))).ToList();
        if (positions.Count == 1) _shore.Add((positions[0], positions[0]));
        for (var i = 1; i < positions.Count; i++) _shore.Add((positions[i - 1], positions[i]));
    }
}
