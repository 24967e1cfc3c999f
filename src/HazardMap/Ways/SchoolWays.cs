using System.Runtime.InteropServices;
using HazardMap.Network;

namespace HazardMap.Ways;

/// <summary>A place children set out from: the centre of a village, a children's home.</summary>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Weight">Its part among the origins of a school; not negative.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct WayOrigin(double Longitude, double Latitude, double Weight);

/// <summary>A school that children walk to.</summary>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Children">Those who go there.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct WaySchool(double Longitude, double Latitude, double Children);

/// <summary>The shortest way on foot from an origin to the school that serves it.</summary>
/// <param name="School">Which school.</param>
/// <param name="Origin">Which origin.</param>
/// <param name="DoorMetres">Straight from the origin to the network.</param>
/// <param name="PathMetres">Along the network.</param>
/// <param name="GateMetres">Straight from the network to the school.</param>
/// <param name="Children">The school's children, shared out over its ways by the weight of their origins.</param>
/// <param name="Path">Along the network, two positions or more; longitude before latitude.</param>
public sealed record SchoolWay(
    int School, int Origin, double DoorMetres, double PathMetres, double GateMetres, double Children,
    IReadOnlyList<(double Longitude, double Latitude)> Path)
{
    /// <summary>The whole way.</summary>
    public double Metres => DoorMetres + PathMetres + GateMetres;
}

/// <summary>Who walks to which school, and where along.</summary>
/// <remarks>
/// Every origin belongs to the school that is nearest on foot; a school that is nearest to none takes its own nearest
/// origin, so that no school within walking distance of anybody is left without a way. Beyond the farthest metres nobody walks.
/// </remarks>
public static class SchoolWays
{
    /// <summary>The ways of schools of one kind, by school and then by origin.</summary>
    public static IReadOnlyList<SchoolWay> Find(RoadNetwork roads, IReadOnlyList<WaySchool> schools, IReadOnlyList<WayOrigin> origins,
        double farthestMetres, CancellationToken stop = default) =>
            Find(roads, schools, origins, farthestMetres, _ => true, stop);

    /// <summary>The ways of some of the schools: the same as among all, when all are given that share an origin with these,
    /// and all origins of these.</summary>
    /// <param name="roads">The network.</param>
    /// <param name="schools">These, and whoever competes with them for an origin.</param>
    /// <param name="origins">Whatever may be an origin of these.</param>
    /// <param name="farthestMetres">Nobody walks farther.</param>
    /// <param name="isAsked">Which schools are asked about.</param>
    /// <param name="stop">Looked at every few thousand nodes.</param>
    public static IReadOnlyList<SchoolWay> Find(
        RoadNetwork roads, IReadOnlyList<WaySchool> schools, IReadOnlyList<WayOrigin> origins, double farthestMetres,
        Predicate<int> isAsked, CancellationToken stop = default)
    {
        if (roads.IsEmpty || schools.Count == 0) return [];
        var finder = new WayFinder(roads, [.. schools.Select(s => roads.Index.Nearest(s.Longitude, s.Latitude, farthestMetres))],
            [.. origins.Select(o => roads.Index.Nearest(o.Longitude, o.Latitude, farthestMetres))], farthestMetres);
        var ways = finder.ToNearest([.. Enumerable.Range(0, schools.Count)], isAsked, stop);
        foreach (var school in Enumerable.Range(0, schools.Count).Where(s => isAsked(s)).Except(ways.Select(w => w.School)).ToList())
            if (finder.ToNearest([school], isAsked, stop).MinBy(w => w.Metres) is { } nearest) ways.Add(nearest);
        return [.. ways.GroupBy(w => w.School).OrderBy(g => g.Key).SelectMany(g => Shared(g, schools[g.Key].Children, origins))
            .OrderBy(w => w.School).ThenBy(w => w.Origin)];
    }

    private static IEnumerable<SchoolWay> Shared(IEnumerable<SchoolWay> ways, double children, IReadOnlyList<WayOrigin> origins)
    {
        var all = ways.ToList();
        var total = all.Sum(w => origins[w.Origin].Weight);
        return all.Select(w => w with { Children = total > 0 ? children * origins[w.Origin].Weight / total : children / all.Count });
    }
}
