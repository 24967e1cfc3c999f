using System.Globalization;
using HazardMap.Geodesy;
using HazardMap.Network;
using NetTopologySuite.Geometries;

namespace HazardMap.Tests.Network;

/// <summary>Ways that leave the network at the best of its points within 250 m of a water, against every point tried one by one.</summary>
/// <remarks><c>HAZARDMAP_WALK_TOWNS</c> asks for more towns than the default.</remarks>
public class WalkExitTests
{
    private const double Within = 250;

    [Theory]
    [InlineData(104, 23, false)]
    [InlineData(9.52, 47.14, false)]
    [InlineData(179.995, -17, false)]
    [InlineData(25, 69, false)]
    [InlineData(104, 23, true)]
    public void A_way_is_the_least_over_all_points_of_the_network_near_the_water(double longitude, double latitude, bool withWrongLengths)
    {
        var towns = int.TryParse(Environment.GetEnvironmentVariable("HAZARDMAP_WALK_TOWNS"), CultureInfo.InvariantCulture, out var asked)
            ? asked : withWrongLengths ? 1 : 4;
        var (walked, unjoined, atOnce) = (0, 0, 0);
        for (var seed = 0; seed < towns; seed++)
        {
            var town = new WalkTown(seed, longitude, latitude, withWrongLengths);
            var search = new WalkSearch(town.Roads);
            for (var w = 0; w < 4; w++)
            {
                var water = town.Water(w);
                var shape = ShapeIndex.Of(water);
                var oracle = new ExitOracle(town, water, Within);
                if (town.Roads.Exits(shape, Within) is not { } exits)
                {
                    Assert.False(oracle.HasPoints);
                    continue;
                }
                search.Towards(exits, 1e9);
                foreach (var door in town.Doors.Select(d => town.Roads.Index.Contact(ShapeIndex.Of(d.X, d.Y))!))
                {
                    var (expected, way) = (oracle.Least(door), search.From(door));
                    Assert.Equal(double.IsFinite(expected), search.IsJoined(door));
                    Assert.Equal(expected, way?.Metres ?? double.PositiveInfinity, 0.01);
                    if (way is null) unjoined++;
                    else walked++;
                    if (way?.PathMetres == 0) atOnce++;
                }
            }
        }
        Assert.True(walked > 3 * towns && atOnce > 0 && (unjoined > 1 || towns == 1),
            $"{walked} walked, {unjoined} not joined, {atOnce} off at once");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_way_is_never_longer_than_by_the_nearest_point_and_never_shorter_than_straight(bool withWrongLengths)
    {
        for (var seed = 100; seed < 180; seed++)
        {
            var town = new WalkTown(seed, 104, 23, withWrongLengths);
            var (search, nearest) = (new WalkSearch(town.Roads), new WalkSearch(town.Roads));
            for (var w = 0; w < 4; w++)
            {
                var shape = ShapeIndex.Of(town.Water(w));
                var contact = town.Roads.Index.Contact(shape)!;
                var exits = town.Roads.Exits(shape, Within);
                Assert.True(exits is null ? contact.AccessMetres > Within : shape.HasInside || contact.AccessMetres <= Within);
                if (contact.AccessMetres > Within) continue;
                search.Towards(exits!, 1e9);
                nearest.Towards(contact, 1e9);
                foreach (var place in town.Doors)
                {
                    var door = town.Roads.Index.Contact(ShapeIndex.Of(place.X, place.Y))!;
                    // Places that are nearest to a millimetre count as equally near.
                    if (nearest.From(door) is { } longer) Assert.InRange(search.From(door)!.Value.Metres, 0, longer.Metres + 0.0011);
                    var straight = ShapeDistance.Metres(new SurfacePoint(place.X, place.Y), shape, 50_000);
                    if (!withWrongLengths && search.From(door) is { } way) Assert.True(way.Metres >= straight * 0.993 - 1e-3);
                    Assert.Equal(search.From(door), search.From(door, straight));
                }
            }
        }
    }

    [Fact]
    public void A_limit_holds_exactly()
    {
        var town = new WalkTown(7, 104, 23, withWrongLengths: false);
        var search = new WalkSearch(town.Roads);
        var tried = 0;
        for (var w = 0; w < 4; w++)
        {
            if (town.Roads.Exits(ShapeIndex.Of(town.Water(w)), Within) is not { } exits) continue;
            foreach (var door in town.Doors.Select(d => town.Roads.Index.Contact(ShapeIndex.Of(d.X, d.Y))!))
            {
                search.Towards(exits, 1e9);
                if (search.From(door) is not { } way) continue;
                search.Towards(exits, way.Metres);
                Assert.Equal(way, search.From(door));
                search.Towards(exits, way.Metres - 1e-5);
                Assert.Null(search.From(door));
                Assert.True(search.IsJoined(door));
                tried++;
            }
        }
        Assert.True(tried > 5);
    }

    // A road along the north bank, a kilometre; its far end is nearest to the lake, and a one-way path leads nearer from there.
    [Fact]
    public void A_road_beside_a_lake_is_left_where_it_comes_near_and_not_where_it_is_nearest()
    {
        var shapes = new RoadShapes();
        shapes.Add([(104, 23), (104.01, 23 - 0.0005)]);
        shapes.Add([(104.01, 23 - 0.0005), (104.01, 23 - 0.0009)]);
        var length = Geodesic.Distance(104, 23, 104.01, 23 - 0.0005);
        var roads = new RoadNetwork(RoadGraph.Of([new(1, 1, 2, length, length), new(2, 2, 3, -1, 44)]), shapes);
        var lake = ShapeIndex.Of(GeoJson.Factory.CreatePolygon([new(103.99, 22.999), new(104.02, 22.999), new(104.02, 22.99),
            new(103.99, 22.99), new(103.99, 22.999)]));
        var search = new WalkSearch(roads);
        var door = roads.Index.Contact(ShapeIndex.Of(104, 23))!;
        search.Towards(roads.Index.Contact(lake)!, 3000);
        Assert.Null(search.From(door));
        search.Towards(roads.Exits(lake, Within)!, 3000);
        var way = search.From(door)!.Value;
        Assert.Equal(0, way.PathMetres);
        Assert.Equal(Geodesic.Distance(104, 23, 104, 22.999), way.BankMetres, 0.2);   // the shore is no parallel
    }

    [Fact]
    public void A_house_on_a_pier_in_the_midst_of_a_wide_lake_is_in_the_water_and_one_without_roads_near_has_no_exit()
    {
        var shapes = new RoadShapes();
        shapes.Add([(104, 23), (104.001, 23)]);
        var roads = new RoadNetwork(RoadGraph.Of([new(1, 1, 2, 103, 103)]), shapes);
        Coordinate[] ring = [new(103.9, 22.9), new(104.1, 22.9), new(104.1, 23.1), new(103.9, 23.1), new(103.9, 22.9)];
        var (search, door) = (new WalkSearch(roads), roads.Index.Contact(ShapeIndex.Of(104.0005, 23))!);
        search.Towards(roads.Exits(ShapeIndex.Of(GeoJson.Factory.CreatePolygon(ring)), Within)!, 3000);
        Assert.Equal(0, search.From(door)!.Value.Metres, 1e-3);
        Assert.Null(roads.Exits(ShapeIndex.Of(GeoJson.Factory.CreateLineString(ring)), Within));
        Assert.Null(roads.Exits(ShapeIndex.Of(104, 23.01), Within));
        Assert.Throws<ArgumentOutOfRangeException>(() => roads.Exits(ShapeIndex.Of(104, 23), double.NaN));
    }
}
