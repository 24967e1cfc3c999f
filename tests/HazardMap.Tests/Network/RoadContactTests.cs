using HazardMap.Geodesy;
using HazardMap.Network;
using NetTopologySuite.Geometries;

namespace HazardMap.Tests.Network;

public class RoadContactTests
{
    private static readonly GeometryFactory Make = GeoJson.Factory;

    [Theory]
    [InlineData(104.2, 23.4, 0.2)]
    [InlineData(9.5, 47.1, 0.01)]
    [InlineData(180, -17, 0.1)]
    [InlineData(12, 89.95, 0.1)]
    [InlineData(0, 0, 0.1)]
    public void A_door_touches_the_network_where_the_nearest_road_is(double longitude, double latitude, double spread)
    {
        var random = new Random(11);
        var shapes = RoadIndexTests.Scatter(random, longitude, latitude, spread, edges: 150).Shapes;
        var index = new RoadIndex(shapes);
        for (var i = 0; i < 100; i++)
        {
            var (x, y) = Somewhere(random, longitude, latitude, spread);
            if (index.Nearest(x, y, 5000) is not { } place) { Assert.Null(index.Contact(ShapeIndex.Of(x, y), 5000)); continue; }
            var contact = index.Contact(ShapeIndex.Of(x, y), 5000)!;
            Assert.Equal(place.AccessMetres, contact.AccessMetres, 1e-3);
            var at = contact.Stretches[0];
            Assert.Equal(at.From, at.To);
            var (there, here) = (shapes.At(at.Edge, at.From), shapes.At(place.Edge, place.Fraction));
            Assert.Equal(0, Geodesic.Distance(there.Longitude, there.Latitude, here.Longitude, here.Latitude), 0.05);
        }
    }

    [Theory]
    [InlineData(104.2, 23.4, 0.05)]
    [InlineData(9.5, 47.1, 0.02)]
    [InlineData(180, -17, 0.05)]
    [InlineData(10.7, 59.9, 0.05)]
    public void A_water_touches_the_network_nowhere_nearer_and_everywhere_it_says(double longitude, double latitude, double spread)
    {
        var random = new Random(3);
        var shapes = RoadIndexTests.Scatter(random, longitude, latitude, spread, edges: 12).Shapes;
        var index = new RoadIndex(shapes);
        int crossing = 0, through = 0;
        for (var i = 0; i < 60; i++)
        {
            var water = Water(random, Somewhere(random, longitude, latitude, spread), spread / 12, i);
            var contact = index.Contact(water)!;
            foreach (var stretch in contact.Stretches)
                foreach (var share in new[] { stretch.From, (stretch.From + stretch.To) / 2, stretch.To })
                    Assert.Equal(contact.AccessMetres, Metres(shapes, stretch.Edge, share, water), 0.01 + 0.007 * contact.AccessMetres);
            for (var edge = 0; edge < shapes.Count; edge++)
                for (var step = 0; step <= 40; step++)
                {
                    var metres = Metres(shapes, edge, step / 40.0, water);
                    Assert.True(metres >= contact.AccessMetres * (1 - 1e-6) - 1e-3, $"{metres} < {contact.AccessMetres}");
                    if (metres == 0)
                        Assert.Contains(contact.Stretches,
                            s => s.Edge == edge && s.From <= step / 40.0 + 1e-9 && s.To >= step / 40.0 - 1e-9);
                }
            if (contact.AccessMetres == 0) crossing++;
            if (contact.Stretches.Any(s => s.To > s.From)) through++;
        }
        Assert.True(crossing > 5 && through > 2, $"{crossing} crossed, {through} run through");
    }

    [Fact]
    public void A_bridge_touches_a_wide_river_from_shore_to_shore()
    {
        var shapes = new RoadShapes();
        shapes.Add([(104, 23), (104, 23.01)]);
        var river = ShapeIndex.Of(Make.CreatePolygon([new(103.99, 23.004), new(104.01, 23.004), new(104.01, 23.006),
            new(103.99, 23.006), new(103.99, 23.004)]));
        var contact = new RoadIndex(shapes).Contact(river)!;
        Assert.Equal(0, contact.AccessMetres);
        var bridge = contact.Stretches.MaxBy(s => s.To - s.From);
        Assert.Equal((0.4, 0.6), (bridge.From, bridge.To),
            (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-3 && Math.Abs(a.Item2 - b.Item2) < 1e-3);
    }

    [Fact]
    public void A_jetty_that_touches_no_shore_is_inside_all_along()
    {
        var shapes = new RoadShapes();
        shapes.Add([(104, 23.0045), (104, 23.0055)]);
        var lake = ShapeIndex.Of(Make.CreatePolygon([new(103.9, 23), new(104.1, 23), new(104.1, 23.01),
            new(103.9, 23.01), new(103.9, 23)]));
        Assert.Equal(new RoadStretch(0, 0, 1), Assert.Single(new RoadIndex(shapes).Contact(lake)!.Stretches));
    }

    [Fact]
    public void Every_bridge_over_a_river_is_as_near_as_the_others()
    {
        var shapes = new RoadShapes();
        for (var i = 0; i < 4; i++) shapes.Add([(104 + i * 0.01, 23), (104 + i * 0.01, 23.01)]);
        var river = ShapeIndex.Of(Make.CreateLineString([new(103.99, 23.005), new(104.025, 23.005), new(104.028, 23.02)]));
        var contact = new RoadIndex(shapes).Contact(river)!;
        Assert.Equal(0, contact.AccessMetres);
        Assert.Equal([0, 1, 2], contact.Stretches.Select(s => s.Edge));
    }

    [Fact]
    public void Beyond_the_limit_there_is_no_contact()
    {
        var shapes = new RoadShapes();
        shapes.Add([(104, 23), (104, 23.01)]);
        var index = new RoadIndex(shapes);
        var metres = index.Contact(ShapeIndex.Of(104.01, 23.005))!.AccessMetres;
        Assert.NotNull(index.Contact(ShapeIndex.Of(104.01, 23.005), metres));
        Assert.Null(index.Contact(ShapeIndex.Of(104.01, 23.005), metres - 0.01));
        Assert.Null(new RoadIndex(new RoadShapes()).Contact(ShapeIndex.Of(104, 23)));
    }

    private static double Metres(RoadShapes shapes, int edge, double share, ShapeIndex water)
    {
        var (longitude, latitude) = shapes.At(edge, share);
        return ShapeDistance.Metres(new SurfacePoint(longitude, latitude), water, 50_000);
    }

    private static (double, double) Somewhere(Random random, double longitude, double latitude, double spread) =>
        (Math.IEEERemainder(longitude + 1.2 * spread * (random.NextDouble() - 0.5), 360),
         Math.Clamp(latitude + 1.2 * spread * (random.NextDouble() - 0.5), -90, 90));

    // A winding line, a lake, two lakes of which one has an island.
    private static ShapeIndex Water(Random random, (double X, double Y) at, double size, int which)
    {
        Coordinate Place(double x, double y) => new(Math.IEEERemainder(at.X + x, 360), at.Y + y);
        Coordinate[] Ring(double radius, double dx) =>
            [.. Enumerable.Range(0, 9)
                .Select(k => Place(dx + radius * Math.Cos(k % 8 * Math.PI / 4), radius * Math.Sin(k % 8 * Math.PI / 4)))];
        return ShapeIndex.Of((which % 3) switch
        {
            0 => Make.CreateLineString(
                [.. Enumerable.Range(0, random.Next(2, 40)).Select(_ => Place(size * random.NextDouble(), size * random.NextDouble()))]),
            1 => Make.CreatePolygon(Ring(size, 0)),
            _ => Make.CreateMultiPolygon([Make.CreatePolygon(Make.CreateLinearRing(Ring(size, 0)),
                [Make.CreateLinearRing(Ring(size * 0.6, 0))]), Make.CreatePolygon(Ring(size / 2, size * 3))]),
        });
    }
}
