using System.Globalization;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Tiles;

/// <summary>
/// A county with 3,000 waters around Wenshan, some on tile borders, one at each end of the world, a lake, a reach of
/// river, 400 facilities and one road.
/// </summary>
public sealed class ValleyOfWaters : ServedRegister
{
    internal const int Waters = 3006;
    internal const int Facilities = 400;

    /// <summary>The pond that tests edit: alone in its village.</summary>
    internal static readonly Guid Pond = Guid.Parse("0198c0de-0000-7000-8000-000000000001");

    protected override Task FillAsync() => ExecuteAsync("""
        insert into register.divisions (code, name, level, boundary, centre, source) values
          ('532601', '文山市', 'County', 'MULTIPOLYGON(((103.9 23.1, 104.6 23.1, 104.6 23.7, 103.9 23.7, 103.9 23.1)))',
          'POINT(104.24 23.37)', 'test');
        insert into register.divisions (code, name, level, parent_code, boundary, centre, source) values
          ('532601102', '德厚镇', 'Township', '532601', 'MULTIPOLYGON(((104 23.2, 104.3 23.2, 104.3 23.5, 104 23.5, 104 23.2)))',
          'POINT(104.1 23.3)', 'test');
        select setseed(0.25);
        insert into register.hazards (code, name, kind, shape, division_code, source)
        select 'H' || n, '水域' || n, (array['Pond', 'Well', 'Canal'])[1 + n % 3],
          st_point(103.9 + random() * 0.7, 23.1 + random() * 0.6)::geography, '532601', 'test'
        from generate_series(1, 3000) n;
        insert into register.hazards (id, code, name, kind, shape, division_code, source) values
          ('0198c0de-0000-7000-8000-000000000001', 'POND', '村口坑塘', 'Pond', 'POINT(105.5 24.2)', '532601', 'test'),
          (default, 'CORNER', '交界', 'Well', 'POINT(0 0)', '532601', 'test'),
          (default, 'EAST', '东极', 'Other', 'POINT(180 10)', '532601', 'test'),
          (default, 'NORTH', '北极', 'Other', 'POINT(20 89.5)', '532601', 'test'),
          (default, 'LAKE', '湖', 'Lake', 'POLYGON((104.1 23.3, 104.12 23.3, 104.12 23.32, 104.1 23.32, 104.1 23.3))', '532601', 'test'),
          (default, 'REACH', '河段', 'River', 'LINESTRING(104.2 23.4, 104.21 23.41, 104.22 23.41)', '532601', 'test');
        update register.hazard_risks r set score = s.n, rule = '2026-1', scored_at = now(),
               level = case when s.n < 10 then 'Blue' when s.n < 20 then 'Yellow' when s.n < 25 then 'Orange' else 'Red' end
        from (select id, length(code) * 7.5 - 12.5 + (random() * 3)::int as n from register.hazards) s where s.id = r.hazard_id;
        insert into register.facilities (code, name, kind, location, division_code, source)
        select 'F' || n, '设施' || n, (array['School', 'SwimmingPool', 'ChildrensHome'])[1 + n % 3],
          st_point(103.9 + random() * 0.7, 23.1 + random() * 0.6)::geography, '532601', 'test'
        from generate_series(1, 400) n;
        insert into register.rivers (name, kind, geom, source)
          values ('盘龙河', 'river', 'SRID=4326;LINESTRING(104 23.2, 104.2 23.4, 104.5 23.6)', 'test');
        insert into register.places (name, kind, location, source) values ('开化', 'PPLA3', 'SRID=4326;POINT(104.24 23.37)', 'test');
        insert into register.road_edges (way_id, segment, source, target, class, geom, length_metres, speed_kmh, walk_forward,
          walk_backward, drive_forward, drive_backward, division_code, origin)
        values (1, 0, 1, 2, 'primary', 'SRID=4326;LINESTRING(104 23.3, 104.4 23.4)', 42000, 60, true, true, true, true, '532601', 'test');
        -- The levels above are made up, for their colours: nobody may catch up with them.
        create rule nobody_catches_up as on insert to register.risk_queue do instead nothing;
        delete from register.risk_queue;
        """);

    /// <summary>The tile's body after HTTP; empty for 204.</summary>
    internal async Task<byte[]> TileAsync(string layer, int z, int x, int y)
    {
        var answer = await Administrator.GetAsync(Path(layer, z, x, y));
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }

    internal static string Path(string layer, int z, int x, int y) =>
        string.Create(CultureInfo.InvariantCulture, $"/tiles/{layer}/{z}/{x}/{y}.mvt");

    /// <summary>The tile that holds a place, and the place in the tile's units.</summary>
    internal static (int X, int Y, double InX, double InY) Locate(double longitude, double latitude, int z)
    {
        var side = Math.Pow(2, z);
        var radians = Math.Clamp(latitude, -85.0511287798066, 85.0511287798066) * Math.PI / 180;
        var u = (longitude + 180) / 360 * side;
        var v = (1 - Math.Log(Math.Tan(radians) + 1 / Math.Cos(radians)) / Math.PI) / 2 * side;
        var (x, y) = ((int)Math.Clamp(Math.Floor(u), 0, side - 1), (int)Math.Clamp(Math.Floor(v), 0, side - 1));
        return (x, y, (u - x) * 4096, (v - y) * 4096);
    }
}
