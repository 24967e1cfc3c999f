using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Sample;

/// <summary>A shape and the discs that cover it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WaterShape(Geometry Geometry, IReadOnlyList<Disc> Cover);

/// <summary>Outlines of made-up waters around a centre: how ponds, reservoirs, pits and ditches look from above.</summary>
internal static class WaterShapes
{
    private const double DiscStepMetres = 20;

    public static WaterShape Point(Coordinate at) => new(SampleFrame.Geometries.CreatePoint(at), [new Disc(at, 1)]);

    /// <summary>A bent ellipse; the lowest waves of its outline are random, so that no two ponds are alike.</summary>
    public static WaterShape Pond(Coordinate at, double radius, RandomStream random) =>
        Outline(at, radius, random.Whole(9, 16), random.Between(0.45, 0.95), 0.13, double.MaxValue, random);

    /// <summary>A small reservoir: longer, more bays, and one straight side where the dam is.</summary>
    public static WaterShape Reservoir(Coordinate at, double radius, RandomStream random) =>
        Outline(at, radius, random.Whole(18, 28), random.Between(0.35, 0.7), 0.17, 0.62, random);

    /// <summary>A pit of a quarry: few corners.</summary>
    public static WaterShape Pit(Coordinate at, double radius, RandomStream random) =>
        Outline(at, radius, random.Whole(5, 8), random.Between(0.5, 0.95), 0.08, double.MaxValue, random);

    /// <summary>A ditch or a brook: a bent line through the centre.</summary>
    public static WaterShape Channel(Coordinate at, double length, double bend, RandomStream random)
    {
        var metres = new Metres(at.Y);
        var steps = Math.Max(2, (int)(length / 45));
        var turn = random.Between(0, Math.PI);
        var (east, north) = (0.0, 0.0);
        var line = new List<(double East, double North)> { (0, 0) };
        for (var i = 0; i < steps; i++)
        {
            turn += bend * random.Normal();
            (east, north) = (east + length / steps * Math.Cos(turn), north + length / steps * Math.Sin(turn));
            line.Add((east, north));
        }
        return Line([.. line.Select(p => metres.Offset(at, p.East - east / 2, p.North - north / 2))]);
    }

    /// <summary>A line and its cover.</summary>
    public static WaterShape Line(Coordinate[] line)
    {
        var discs = new List<Disc>();
        for (var i = 1; i < line.Length; i++)
        {
            var steps = Math.Max(1, (int)Math.Ceiling(Metres.Between(line[i - 1], line[i]) / DiscStepMetres));
            for (var k = i == 1 ? 0 : 1; k <= steps; k++)
                discs.Add(new Disc(Along(line[i - 1], line[i], k / (double)steps), DiscStepMetres / 2));
        }
        return new WaterShape(SampleFrame.Geometries.CreateLineString(line), discs);
    }

    private static Coordinate Along(Coordinate from, Coordinate to, double share) =>
        new(from.X + (to.X - from.X) * share, from.Y + (to.Y - from.Y) * share);

    private static WaterShape Outline(
        Coordinate at, double radius, int corners, double flatness, double roughness, double dam, RandomStream random)
    {
        var metres = new Metres(at.Y);
        var waves = Enumerable.Range(2, 3)
            .Select(k => (K: k, Size: roughness * random.Between(0.3, 1), Phase: random.Between(0, 2 * Math.PI))).ToArray();
        var turn = random.Between(0, 2 * Math.PI);
        var ring = new Coordinate[corners + 1];
        var reach = 0.0;
        for (var i = 0; i < corners; i++)
        {
            var angle = 2 * Math.PI * i / corners;
            var length = radius * (1 + waves.Sum(w => w.Size * Math.Cos(w.K * angle + w.Phase))) / (1 + roughness);
            var (along, across) = (Math.Min(length * Math.Cos(angle), radius * dam), length * flatness * Math.Sin(angle));
            reach = Math.Max(reach, Math.Sqrt(along * along + across * across));
            ring[i] = metres.Offset(at, along * Math.Cos(turn) - across * Math.Sin(turn), along * Math.Sin(turn) + across * Math.Cos(turn));
        }
        ring[corners] = ring[0].Copy();
        return new WaterShape(SampleFrame.Geometries.CreatePolygon(ring), [new Disc(at, reach)]);
    }
}
