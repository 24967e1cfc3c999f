using HazardMap.Register;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Sample;

/// <summary>Waters on a real river, 20-150 m off its line: the line is coarse, the bank is somewhere beside it.</summary>
internal static class RiverBank
{
    private const double Nearest = 20, Farthest = 150;

    public static WaterShape? Propose(Rivers rivers, Area village, WaterKind kind, RandomStream random)
    {
        if (village.Stations.Count == 0)
            return null;
        var station = random.Pick(village.Stations);
        var side = random.Chance(0.5) ? 1 : -1;
        // Most of a river's hazards are close to its line.
        var off = Nearest + 2 + (Farthest - Nearest - 4) * random.Unit() * random.Between(0.2, 1);
        if (kind.Kind == HazardKind.River && random.Chance(0.22))
            return Reach(rivers.Stations[station.River], station.Step, side, off, random);
        var at = Beside(station, side * off, random.Between(-Rivers.StepMetres / 2, Rivers.StepMetres / 2));
        return kind.Kind switch
        {
            HazardKind.Pit => WaterShapes.Pit(at, Math.Clamp(random.LogNormal(16, 0.4), 8, 45), random),
            HazardKind.Weir => WaterShapes.Line([at, Beside(station, side * (off + random.Between(15, 40)), 0)]),
            _ => WaterShapes.Point(at),
        };
    }

    public static bool IsOn(Rivers rivers, Coordinate at) => rivers.Distance(at, 200) is >= Nearest and <= Farthest;

    /// <summary>A line that follows the river: two to nine stations, a little unsteady.</summary>
    private static WaterShape? Reach(IReadOnlyList<RiverStation> stations, int first, int side, double off, RandomStream random)
    {
        var last = Math.Min(first + random.Whole(2, 9), stations.Count - 1);
        return last - first < 2
            ? null
            : WaterShapes.Line([.. Enumerable.Range(first, last - first + 1)
                .Select(step => Beside(stations[step], side * (off + 4 * random.Normal()), 0))]);
    }

    private static Coordinate Beside(RiverStation station, double left, double ahead) => new Metres(station.At.Y).Offset(
        station.At, station.East * ahead - station.North * left, station.North * ahead + station.East * left);
}
