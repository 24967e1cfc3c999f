using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace HazardMap.Service.Sample;

/// <summary>A point on a real river and the way the river runs there (a unit vector in metres).</summary>
internal readonly record struct RiverStation(int River, int Step, Coordinate At, double East, double North);

/// <summary>The real rivers, walked in steps of fifty metres, and how far a point is from them.</summary>
internal sealed class Rivers
{
    public const double StepMetres = 50;

    private readonly STRtree<(Coordinate From, Coordinate To)> _segments = new();

    public Rivers(IReadOnlyList<FrameRiver> rivers)
    {
        foreach (var line in rivers.Select(river => river.Line.Coordinates))
            for (var i = 1; i < line.Length; i++)
                _segments.Insert(new Envelope(line[i - 1], line[i]), (line[i - 1], line[i]));
        _segments.Build();
        Stations = [.. rivers.Select((river, number) => Walk(number, river.Line.Coordinates))];
    }

    public IReadOnlyList<IReadOnlyList<RiverStation>> Stations { get; }

    /// <summary>Metres to the nearest river, or <paramref name="reach"/> when none is that near.</summary>
    public double Distance(Coordinate at, double reach)
    {
        var metres = new Metres(at.Y);
        var box = new Envelope(at);
        box.ExpandBy(metres.EastDegrees(reach), metres.NorthDegrees(reach));
        var nearest = reach;
        foreach (var (from, to) in _segments.Query(box))
            nearest = Math.Min(nearest, metres.Distance(at, from, to));
        return nearest;
    }

    private static List<RiverStation> Walk(int river, Coordinate[] line)
    {
        var stations = new List<RiverStation>();
        var due = StepMetres / 2;   // metres into the segment at which the next station stands
        for (var i = 1; i < line.Length; i++)
        {
            var (from, to) = (line[i - 1], line[i]);
            var (east, north) = new Metres(from.Y).Vector(from, to);
            var length = Math.Sqrt(east * east + north * north);
            for (; due < length; due += StepMetres)
                stations.Add(new RiverStation(river, stations.Count, Between(from, to, due / length), east / length, north / length));
            due -= length;
        }
        return stations;
    }

    private static Coordinate Between(Coordinate from, Coordinate to, double share) =>
        Metres.Round(new Coordinate(from.X + (to.X - from.X) * share, from.Y + (to.Y - from.Y) * share));
}
