using HazardMap.Coverage;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Trips;
using Npgsql;

namespace HazardMap.Service.Coverage;

/// <summary>Who may be served, and what a reader must know of how they were counted.</summary>
internal sealed record DemandRead(IReadOnlyList<DemandPoint> Points, IReadOnlyList<string> Notes);

/// <summary>
/// Children of 1 to 14 where they live, in whole children: those of each lowest division, shared out over its settlements as risk does
/// (<see cref="Homes"/>).
/// </summary>
internal static class ChildrenAtHome
{
    /// <summary>Reads them, in the order of the grid.</summary>
    public static async Task<DemandRead> ReadAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var parameters = TripParameters.Of(RuleFiles.Trips(RuleFiles.Default));
        var stored = await TripReader.ChildrenAsync(connection, stop);
        var homes = Homes.Of(parameters, stored.Divisions, stored.Points, stored.Facilities);
        var (divisions, names) = (DivisionsOf(stored), await NamesAsync(connection, stop));
        var points = new DemandPoint[homes.Origins.Length];
        foreach (var division in Enumerable.Range(0, points.Length).GroupBy(i => divisions[homes.Origins[i].Key], StringComparer.Ordinal))
        {
            int[] here = [.. division];
            var children = WholePeople.Of([.. here.Select(i =>
                homes.Origins[i][Presence.Home1To4] + homes.Origins[i][Presence.Home5To14])]);
            for (var n = 0; n < here.Length; n++) points[here[n]] = Point(homes.Origins[here[n]], division.Key, names, children[n]);
        }
        return new DemandRead(points, [.. NotesOf(homes)]);
    }

    private static DemandPoint Point(in TripOrigin home, string division, Dictionary<Guid, (string Code, string Name)> names, long children)
    {
        var (code, name) = names.GetValueOrDefault(home.Key, (division, ""));
        // Not the bare key: a run takes that for a facility's.
        return new DemandPoint($"home:{home.Key}", code, name.Length > 0 ? name : code, division, home.Longitude, home.Latitude, children);
    }

    private static Dictionary<Guid, string> DivisionsOf(ChildrenKnown stored)
    {
        var divisions = new Dictionary<Guid, string>();
        foreach (var division in stored.Divisions) divisions[TripOrigin.CentreKey(division.Code)] = division.Code;
        foreach (var facility in stored.Facilities) divisions[facility.Id] = facility.DivisionCode;
        foreach (var point in stored.Points) divisions[point.Id] = point.DivisionCode;
        return divisions;
    }

    private static async Task<Dictionary<Guid, (string Code, string Name)>> NamesAsync(NpgsqlConnection connection,
        CancellationToken stop) =>
        (await connection.RowsAsync("""
            select id, code, coalesce(name, '') from register.settlements
            union all select id, code, name from register.facilities where kind = 'ChildrensHome'
            """, row => (row.GetGuid(0), row.GetString(1), row.GetString(2)), stop)).ToDictionary(r => r.Item1, r => (r.Item2, r.Item3));

    private static IEnumerable<string> NotesOf(Homes homes)
    {
        var unknown = homes.Divisions.Count(d => d.IsUnknown);
        if (unknown > 0)
            yield return $"{unknown} divisions do not say how many children or people live there: their children are not counted. "
                + $"{unknown} 个行政区划未填报儿童数或人口：其儿童未计入。";
        var estimated = homes.Divisions.Count(d => d.IsEstimated);
        if (estimated > 0)
            yield return $"{estimated} divisions have their children estimated from the population. "
                + $"{estimated} 个行政区划的儿童数由人口推算。";
        var centres = homes.Divisions.Count(d => !d.IsUnknown && d.Kind == TripOriginKind.Centre);
        if (centres > 0)
            yield return $"{centres} divisions have no settlements on record: their children stand at the centre. "
                + $"{centres} 个行政区划没有居民点：其儿童按中心点计。";
    }
}
