using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Coverage;

/// <summary>
/// The prefecture on the equator with one street, from the pool at 20.0 east to 20.03, one-way westwards beyond 20.02; a lane
/// that hangs together with nothing at 20.5; a pool far from every road; a school beside each. 0.001 degrees are 111.32 m.
/// </summary>
public sealed class RoadWorld : ServedRegister
{
    protected override async Task FillAsync()
    {
        await ExecuteAsync("""
            insert into register.divisions (code, name, level, parent_code, centre, population, source) values
              ('99', 'All', 'Prefecture', null, 'point(20 0)', null, 'test'), ('9901', 'East', 'County', '99', 'point(20.01 0)', 700,
              'test');
            insert into register.facilities (code, name, kind, location, division_code, capacity, aged_5_to_14, status, source) values
              ('P1', 'Pool', 'SwimmingPool', 'point(20 0)', '9901', 100, 0, 'Open', 'test'),
              ('P2', 'Mountain pool', 'SwimmingPool', 'point(21 0)', '9901', 0, 0, 'Open', 'test'),
              ('P3', 'Planned pool', 'SwimmingPool', 'point(20.03 0)', '9901', 50, 0, 'Planned', 'test'),
              ('S1', 'Near', 'School', 'point(20.005 0)', '9901', null, 40, 'Open', 'test'),
              ('S2', 'Beside the street', 'School', 'point(20.01 0.001)', '9901', null, 60, 'Open', 'test'),
              ('S3', 'Beyond the one-way', 'School', 'point(20.03 0)', '9901', null, 80, 'Open', 'test'),
              ('S4', 'On the lane', 'School', 'point(20.5 0)', '9901', null, 20, 'Open', 'test'),
              ('S5', 'In the wild', 'School', 'point(20.3 0)', '9901', null, 10, 'Open', 'test');
            insert into register.road_edges (way_id, segment, source, target, class, geom, length_metres, speed_kmh, walk_forward,
              walk_backward, drive_forward, drive_backward, division_code, origin)
            select way, 0, way, way + 1, 'residential', st_setsrid(line::geometry, 4326),
              st_length(st_setsrid(line::geometry, 4326)::geography), 36, true, true, forward, true, '99', 'test'
            from (values (1, 'linestring(20 0, 20.02 0)', true), (2, 'linestring(20.02 0, 20.03 0)', false),
              (10, 'linestring(20.5 0, 20.501 0)', true)) r(way, line, forward)
            """);
    }
}
