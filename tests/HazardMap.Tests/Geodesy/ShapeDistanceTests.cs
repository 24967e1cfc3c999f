using HazardMap.Geodesy;
using NetTopologySuite.Geometries;

namespace HazardMap.Tests.Geodesy;

public class ShapeDistanceTests
{
    private static double Metres(double longitude, double latitude, string geoJson) =>
        ShapeDistance.Metres(new SurfacePoint(longitude, latitude), ShapeIndex.Of(GeoJson.Read(geoJson)), 50_000);

    [Fact]
    public void Inside_a_pond_the_distance_is_zero_and_on_its_island_it_is_not()
    {
        const string pond = """{"type":"Polygon","coordinates":[[[104,23],[104.01,23],[104.01,23.01],[104,23.01],[104,23]],"""
            + """[[104.004,23.004],[104.006,23.004],[104.006,23.006],[104.004,23.006],[104.004,23.004]]]}""";
        Assert.Equal(0, Metres(104.002, 23.002, pond));
        Assert.Equal(Geodesic.Distance(104.005, 23.005, 104.004, 23.005), Metres(104.005, 23.005, pond), 1e-3);
        Assert.Equal(0, Metres(104, 23, pond), 1e-6);
    }

    [Fact]
    public void A_pond_across_the_antimeridian_is_small_not_the_rest_of_the_world()
    {
        const string pond = """{"type":"Polygon","coordinates":[[[179.99,0],[-179.99,0],[-179.99,0.01],[179.99,0.01],[179.99,0]]]}""";
        Assert.Equal(0, Metres(180, 0.005, pond));
        Assert.Equal(0, Metres(-180, 0.005, pond));
        Assert.Equal(Geodesic.Distance(179.98, 0.005, 179.99, 0.005), Metres(179.98, 0.005, pond), 1e-4);
        Assert.Equal(double.PositiveInfinity, Metres(0, 0.005, pond));
    }

    [Fact]
    public void Of_two_almost_equally_near_places_the_one_is_taken_that_PostGIS_takes()
    {
        // North is 0.7% shorter than east at the equator; the sphere of normals does not know. ST_Distance: 111.31837760.
        const string two = """{"type":"MultiPoint","coordinates":[[0.00099999,0],[0,0.001]]}""";
        Assert.Equal(111.3183776, Metres(0, 0, two), 1e-7);
    }

    [Fact]
    public void A_long_edge_is_measured_along_its_great_circle()
    {
        // 4 degrees along the 60th parallel: the edge runs some 1.7 km north of it in the middle.
        const string line = """{"type":"LineString","coordinates":[[8,60],[12,60]]}""";
        Assert.InRange(Metres(10, 60, line), 1_600, 1_800);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(23.4)]
    [InlineData(47)]
    [InlineData(60)]
    [InlineData(-75)]
    [InlineData(89.95)]
    public void Random_shapes_agree_with_a_walk_along_every_edge(double latitude)
    {
        var random = new Random(7);
        for (var i = 0; i < 8; i++)
        {
            var at = (Longitude: random.Next(2) == 0 ? 179.999 : 105 + random.NextDouble(), Latitude: latitude);
            var corners = Enumerable.Range(0, random.Next(2, 40))
                .Select(_ => GeodesicTests.Nearby(random, at.Longitude, at.Latitude, 8_000)).ToArray();
            var line = GeoJson.Factory.CreateLineString([.. corners.Select(c => new Coordinate(c.Longitude, c.Latitude))]);
            var ours = ShapeDistance.Metres(new SurfacePoint(at.Longitude, at.Latitude), ShapeIndex.Of(line), 50_000);
            var walked = Walk(at, corners);
            // Steps of 1/2000 of an edge of up to 16 km: the walk may overshoot by half a step; for the 0.7% see ShapeDistance.
            Assert.InRange(ours, walked - 4.1, walked * 1.007);
        }
    }

    private static double Walk((double Longitude, double Latitude) at, (double Longitude, double Latitude)[] corners)
    {
        var least = double.PositiveInfinity;
        var from = new SurfacePoint(at.Longitude, at.Latitude);
        for (var i = 1; i < corners.Length; i++)
        {
            var a = SurfacePoint.NormalOf(corners[i - 1].Longitude, corners[i - 1].Latitude);
            var b = SurfacePoint.NormalOf(corners[i].Longitude, corners[i].Latitude);
            for (var step = 0; step <= 2000; step++)
                least = Math.Min(least, from.DistanceTo(SurfacePoint.PositionOf((a + (b - a) * (step / 2000.0)).Unit())));
        }
        return least;
    }
}
