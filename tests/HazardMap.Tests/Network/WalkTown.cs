using HazardMap.Geodesy;
using HazardMap.Network;
using NetTopologySuite.Geometries;

namespace HazardMap.Tests.Network;

/// <summary>A random town of a kilometre and a half: winding roads with everything roads have, four waters, six doors.</summary>
internal sealed class WalkTown
{
    private const double Spread = 0.014;
    private readonly double _longitude, _latitude;
    private readonly Random _random;

    /// <param name="seed">The same seed, the same town.</param>
    /// <param name="longitude">Of its middle.</param>
    /// <param name="latitude">Of its middle.</param>
    /// <param name="withWrongLengths">Some roads cost less than they are long.</param>
    public WalkTown(int seed, double longitude, double latitude, bool withWrongLengths)
    {
        (_longitude, _latitude, _random, HasWrongLengths) = (longitude, latitude, new Random(seed), withWrongLengths);
        var junctions = Enumerable.Range(0, _random.Next(4, 14)).Select(_ => Somewhere(1)).ToArray();
        var shapes = new RoadShapes();
        for (var id = 0; id < 14; id++)
        {
            int from = _random.Next(junctions.Length), to = _random.Next(junctions.Length);
            var vertices = Winding(junctions[from], junctions[to]);
            shapes.Add([.. vertices.Select(v => (v.X, v.Y))]);
            Edges.Add(new RoadEdge(id, from, to, Cost(vertices, withWrongLengths), Cost(vertices, withWrongLengths)));
        }
        Roads = new RoadNetwork(RoadGraph.Of(Edges), shapes);
        Doors = [.. Enumerable.Range(0, 6).Select(_ => Somewhere(1.2))];
    }

    public bool HasWrongLengths { get; }

    /// <summary>A longitude without the jump at 180 degrees.</summary>
    public double Unwrapped(double longitude) => _longitude + Math.IEEERemainder(longitude - _longitude, 360);

    public List<RoadEdge> Edges { get; } = [];

    public RoadNetwork Roads { get; }

    public Coordinate[] Doors { get; }

    /// <summary>A well, a winding brook, a lake with an island, two ponds that belong together.</summary>
    public Geometry Water(int which)
    {
        var at = Somewhere(1);
        Coordinate[] Ring(double radius, double east) => [.. Enumerable.Range(0, 9).Select(k =>
            Place(at.X + (east + radius * Math.Cos(k % 8 * Math.PI / 4)) / Math.Cos(_latitude * Math.PI / 180),
                at.Y + radius * Math.Sin(k % 8 * Math.PI / 4)))];
        var make = GeoJson.Factory;
        return which switch
        {
            0 => make.CreatePoint(at),
            1 => make.CreateLineString([at, .. Enumerable.Range(0, 40).Select(_ => Somewhere(0.3, at))]),
            2 => make.CreatePolygon(make.CreateLinearRing(Ring(0.004, 0)), [make.CreateLinearRing(Ring(0.002, 0))]),
            _ => make.CreateMultiPolygon([make.CreatePolygon(Ring(0.001, 0)), make.CreatePolygon(Ring(0.0005, 0.004))]),
        };
    }

    // Longer than it is drawn (stairs), as long, or wrong; or not in this direction.
    private double Cost(IReadOnlyList<Coordinate> vertices, bool withWrongLengths)
    {
        var drawn = vertices.Zip(vertices.Skip(1)).Sum(s => Geodesic.Distance(s.First.X, s.First.Y, s.Second.X, s.Second.Y));
        return _random.Next(8) switch
        {
            0 or 1 => -1,
            2 => drawn * 1.4,
            3 or 4 when withWrongLengths => drawn * 0.8 * _random.NextDouble(),
            _ => drawn,
        };
    }

    private List<Coordinate> Winding(Coordinate from, Coordinate to)
    {
        var vertices = new List<Coordinate> { from };
        var count = _random.Next(0, 12);
        for (var i = 1; i <= count; i++)
        {
            var share = (double)i / (count + 1);
            vertices.Add(Somewhere(0.05, new Coordinate(from.X + (East(from, to) * share), from.Y + (to.Y - from.Y) * share)));
        }
        // A loop has somewhere to go.
        if (from.Equals(to) && count == 0) vertices.Add(Somewhere(0.2, from));
        vertices.Add(to);
        return vertices;
    }

    private static double East(Coordinate from, Coordinate to) => Math.IEEERemainder(to.X - from.X, 360);

    private Coordinate Somewhere(double share, Coordinate? around = null) => Place(
        (around?.X ?? _longitude) + share * Spread * (_random.NextDouble() - 0.5) / Math.Cos(_latitude * Math.PI / 180),
        (around?.Y ?? _latitude) + share * Spread * (_random.NextDouble() - 0.5));

    private static Coordinate Place(double x, double y) => new(Math.IEEERemainder(x, 360), y);
}
