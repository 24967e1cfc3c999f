using System.Globalization;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Tests.Risk.Crowd;

/// <summary>
/// A town of 2.8 by 2.8 km on a grid of roads every 400 m, with 30 schools and 42 waters (points, lines of several reaches,
/// areas), so close together that whoever edits is in everybody's way.
/// </summary>
internal static class CrowdTown
{
    private const double MetresPerDegreeEast = 102_529, MetresPerDegreeNorth = 110_744, Metres = 2800;

    private const string Streets = """
        insert into register.divisions (code, name, level, centre, children, source)
          values ('99', 'Crowd town', 'Prefecture', 'point(104 23)', 12000, 'test');
        insert into register.settlements (code, division_code, location, weight, kind, source)
          select 'hamlet-' || n, '99', st_point(104 + n % 5 * 0.005, 23 + n / 5 * 0.006)::geography, 1 + n % 3, 'Place', 'test'
          from generate_series(0, 19) n;
        insert into register.road_edges (way_id, segment, source, target, class, geom, length_metres, speed_kmh, walk_forward,
          walk_backward, drive_forward, drive_backward, division_code, origin)
        select way, 0, a, b, 'path', g, st_length(g::geography), 20, true, true, true, true, '99', 'test'
        from (
          select 1000 + 10 * y + x as way, 10 * y + x as a, 10 * y + x + 1 as b, x, y, x + 1 as x2, y as y2
            from generate_series(0, 6) x, generate_series(0, 7) y
          union all
          select 2000 + 10 * y + x, 10 * y + x, 10 * y + 10 + x, x, y, x, y + 1 from generate_series(0, 7) x, generate_series(0, 6) y) e
        cross join lateral (select st_makeline(st_setsrid(st_point(104 + 400 * x / 102529.0, 23 + 400 * y / 110744.0), 4326),
                                               st_setsrid(st_point(104 + 400 * x2 / 102529.0, 23 + 400 * y2 / 110744.0), 4326)) as g) l
        """;

    /// <summary>Builds the town in a migrated, empty register.</summary>
    public static async Task BuildAsync(NpgsqlDataSource database)
    {
        var random = new Random(99);
        await DoAsync(database, Streets);
        for (var i = 1; i <= 30; i++)
            await DoAsync(database, "insert into register.facilities (code, name, kind, location, division_code, capacity, under5, "
                + $"aged_5_to_14, source) values ($1, $1, 'School', st_geomfromgeojson($2)::geography, '99', 0, 3, {100 + 20 * i}, 'test')",
                $"F{i}", Point(random));
        for (var i = 1; i <= 42; i++)
            await DoAsync(database, "insert into register.hazards (code, name, kind, shape, division_code, depth_metres, source) "
                + "values ($1, $1, 'Pond', st_geomfromgeojson($2)::geography, '99', 2, 'test')",
                $"H{i}", Shape(random));
    }

    /// <summary>Somewhere in town, as GeoJSON.</summary>
    public static string Point(Random random) => $$"""{"type":"Point","coordinates":{{Position(random)}}}""";

    /// <summary>A point, a line of up to five kilometres or an area somewhere in town, as GeoJSON.</summary>
    public static string Shape(Random random)
    {
        if (random.Next(3) == 0) return Point(random);
        if (random.Next(2) == 0)
            return $$"""{"type":"LineString","coordinates":[{{Position(random)}},{{Position(random)}},{{Position(random)}}]}""";
        var (x, y, side) = (random.NextDouble() * Metres, random.NextDouble() * Metres, 30 + random.NextDouble() * 900);
        return $$"""{"type":"Polygon","coordinates":[[{{At(x, y)}},{{At(x + side, y)}},{{At(x + side, y + side)}},"""
            + $$"""{{At(x, y + side)}},{{At(x, y)}}]]}""";
    }

    private static string Position(Random random) => At(random.NextDouble() * Metres, random.NextDouble() * Metres);

    private static string At(double east, double north) =>
        string.Create(CultureInfo.InvariantCulture, $"[{104 + east / MetresPerDegreeEast:F6},{23 + north / MetresPerDegreeNorth:F6}]");

    private static Task DoAsync(NpgsqlDataSource database, string sql, params object?[] values) =>
        database.ExecuteAsync(sql, CancellationToken.None, values);
}
