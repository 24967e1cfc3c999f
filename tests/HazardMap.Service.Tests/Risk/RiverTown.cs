using HazardMap.Service.Database;
using HazardMap.Service.Tests.Worlds;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Tests.Risk;

/// <summary>
/// A town on a river near Wenshan, in metres east and north of 104E 23N. The river runs along y = 0. The school is at the
/// north bank, a pond just across; the only bridge is a kilometre to the east. A hut has no road to it.
/// </summary>
/// <remarks>
/// <code>
///   north road  y =  100   x = 0 ........ 1000        school (0, 120)
///   bridge      x = 1000   y = 100 ... -100
///   south road  y = -100   x = 0 ........ 1000        pond (0, -120)
///   island path x = 3000 .. 3200, y = 1000: joined to nothing; a kindergarten stands on it, a well beside it
/// </code>
/// </remarks>
public class RiverTown : EmptyRegister
{
    internal const double MetresPerDegreeEast = 102_529, MetresPerDegreeNorth = 110_744;

    protected override async Task FillAsync()
    {
        await ExecuteAsync("insert into register.divisions (code, name, level, centre, source) "
            + "values ('99', 'River town', 'Village', 'point(104 23)', 'test')");
        await AddRoadAsync(1, 1, 2, (0, 100), (1000, 100));
        await AddRoadAsync(2, 2, 3, (1000, 100), (1000, -100));
        await AddRoadAsync(3, 3, 4, (1000, -100), (0, -100));
        await AddRoadAsync(4, 10, 11, (3000, 1000), (3200, 1000));
        await AddFacilityAsync("school", "School", (0, 120), aged5To14: 300);
        await AddFacilityAsync("kindergarten", "Kindergarten", (3100, 1010), aged5To14: 50);
        await AddHazardAsync("pond", "Pond", Ewkb.Factory.CreatePoint(At(0, -120)));
        await AddHazardAsync("river", "River", Line((-500, 0), (2000, 0)));
        await AddHazardAsync("well", "Well", Ewkb.Factory.CreatePoint(At(3100, 900)));
        await AddHazardAsync("lake", "Lake",
            Ewkb.Factory.CreatePolygon([At(900, 150), At(1100, 150), At(1100, 250), At(900, 250), At(900, 150)]));
    }

    internal static Coordinate At(double east, double north) => new(104 + east / MetresPerDegreeEast, 23 + north / MetresPerDegreeNorth);

    internal static LineString Line(params (double East, double North)[] places) =>
        Ewkb.Factory.CreateLineString([.. places.Select(p => At(p.East, p.North))]);

    internal Task AddRoadAsync(long id, long source, long target, (double, double) from, (double, double) to) => ExecuteAsync(
        """
        insert into register.road_edges (way_id, segment, source, target, class, geom, length_metres, speed_kmh,
          walk_forward, walk_backward, drive_forward, drive_backward, division_code, origin)
        values ($1, 0, $2, $3, 'path', $4::geometry, st_length($4::geometry::geography), 20, true, true, true, true, '99', 'test')
        """, id, source, target, Line(from, to));

    internal Task AddFacilityAsync(string code, string kind, (double East, double North) at, int aged5To14) => ExecuteAsync(
        "insert into register.facilities (code, name, kind, location, division_code, aged_5_to_14, source) "
            + "values ($1, $1, $2, $3, '99', $4, 'test')",
        code, kind, Ewkb.Factory.CreatePoint(At(at.East, at.North)), aged5To14);

    internal Task AddHazardAsync(string code, string kind, Geometry shape) => ExecuteAsync(
        "insert into register.hazards (code, name, kind, shape, division_code, source) values ($1, $1, $2, $3, '99', 'test')", code, kind,
        shape);
}
