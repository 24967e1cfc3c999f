using HazardMap.Service.Database;
using HazardMap.Service.Tests.Worlds;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Tests.Risk;

/// <summary>
/// Places on the equator, in Wenshan, in Liechtenstein, in Oslo, in the south, on the antimeridian and on the borders of
/// grid zones (103.5 of 3 degrees, 108 of 3 and 6), each with some facilities and with waters that are points, lines, areas
/// with islands and several of each. Seeded.
/// </summary>
public class RandomWorld : EmptyRegister
{
    protected override string Rule => "2026-1";

    private static readonly (double Longitude, double Latitude)[] Places = [(20, 0), (104.25, 23.37), (9.53, 47.15), (10.7, 59.9),
        (151, -33.8), (180, -17), (103.5, 23.4), (108, 35)];
    private readonly Random _random = new(20260101);

    protected override async Task FillAsync()
    {
        await ExecuteAsync("insert into register.divisions (code, name, level, centre, children, source) "
            + "values ('99', 'Everywhere', 'Prefecture', 'point(0 0)', 200000, 'test')");
        for (var place = 0; place < Places.Length; place++)
        {
            for (var i = 0; i < 60; i++) await AddFacilityAsync($"f{place}-{i}", Near(Places[place], 7_000));
            for (var i = 0; i < 60; i++) await AddHazardAsync($"h{place}-{i}", Shape(Places[place], i));
        }
        for (var place = 0; place < Places.Length; place++)
            for (var i = 0; i < 30; i++) await AddHamletAsync($"s{place}-{i}", Near(Places[place], 7_000));
    }

    internal Task AddFacilityAsync(string code, Coordinate at) => ExecuteAsync(
        "insert into register.facilities (code, name, kind, location, division_code, under5, aged_5_to_14, source) "
            + "values ($1, $1, 'School', $2, '99', $3, $4, 'test')",
        code, Ewkb.Factory.CreatePoint(at), _random.Next(4) == 0 ? 0 : _random.Next(80), _random.Next(4) == 0 ? 0 : _random.Next(900));

    internal Task AddHazardAsync(string code, Geometry shape)
    {
        string?[] flows = [null, "Still", "Slow", "Fast"], accesses = [null, "Open", "Restricted", "Fenced"];
        return ExecuteAsync(
            "insert into register.hazards (code, name, kind, shape, division_code, depth_metres, flow, access, has_ring, has_sign, status, "
                + "source) values ($1, $1, $2, $3, '99', $4, $5, $6, $7, $8, $9, 'test')",
            code, _random.Next(2) == 0 ? "Pond" : "River", shape, _random.Next(3) == 0 ? null : _random.NextDouble() * 6,
            flows[_random.Next(4)], accesses[_random.Next(4)], _random.Next(2) == 0, _random.Next(2) == 0,
            _random.Next(20) == 0 ? "Closed" : "Active");
    }

    internal Task AddHamletAsync(string code, Coordinate at) => ExecuteAsync(
        "insert into register.settlements (code, name, kind, location, division_code, weight, source) "
            + "values ($1, $1, $2, $3, '99', $4, 'test')",
        code, "Place", Ewkb.Factory.CreatePoint(at), 1 + _random.Next(9));

    internal Coordinate Near((double Longitude, double Latitude) place, double metres)
    {
        var angle = _random.NextDouble() * 2 * Math.PI;
        var d = metres * Math.Sqrt(_random.NextDouble()) / 111_320;
        var longitude = place.Longitude + d * Math.Cos(angle) / Math.Cos(place.Latitude * Math.PI / 180);
        return new Coordinate(longitude > 180 ? longitude - 360 : longitude, place.Latitude + d * Math.Sin(angle));
    }

    private Geometry Shape((double Longitude, double Latitude) place, int i)
    {
        var at = Near(place, 6_000);
        return (place.Longitude == 180 ? i % 2 : i % 7) switch
        {
            0 => Ewkb.Factory.CreatePoint(at),
            1 => Reach(at),
            2 => Pond(at, island: false),
            3 => Pond(at, island: true),
            4 => Ewkb.Factory.CreateMultiLineString([Reach(at), Reach(Near(place, 6_000))]),
            5 => Ewkb.Factory.CreateMultiPointFromCoords([at, Near(place, 6_000), Near(place, 6_000)]),
            _ => Ewkb.Factory.CreateMultiPolygon([Pond(at, island: true), Pond(new Coordinate(at.X + 0.05, at.Y), island: false)]),
        };
    }

    private LineString Reach(Coordinate at) =>
        Ewkb.Factory.CreateLineString([at, .. Enumerable.Range(0, _random.Next(1, 50)).Select(_ => Near((at.X, at.Y), 1_500))]);

    // Star-shaped about its middle, so that it never crosses itself.
    private Polygon Pond(Coordinate at, bool island)
    {
        var radius = 0.0005 + _random.NextDouble() * 0.02;
        var corners = _random.Next(4, 40);
        var shore = Ring(at, corners, _ => radius * (0.6 + 0.4 * _random.NextDouble()));
        return island ? Ewkb.Factory.CreatePolygon(shore, [Ring(at, 7, _ => radius * 0.3)]) : Ewkb.Factory.CreatePolygon(shore);
    }

    private static LinearRing Ring(Coordinate at, int corners, Func<int, double> radius)
    {
        var ring = Enumerable.Range(0, corners).Select(k => (r: radius(k), a: 2 * Math.PI * k / corners))
            .Select(p => new Coordinate(at.X + p.r * Math.Cos(p.a), at.Y + p.r * Math.Sin(p.a))).ToList();
        ring.Add(ring[0].Copy());
        return Ewkb.Factory.CreateLinearRing([.. ring]);
    }
}
