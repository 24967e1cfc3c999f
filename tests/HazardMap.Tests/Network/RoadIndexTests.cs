using HazardMap.Geodesy;
using HazardMap.Network;
using NetTopologySuite.Geometries;

namespace HazardMap.Tests.Network;

public class RoadIndexTests
{
    internal static (RoadShapes Shapes, List<ShapeIndex> Oracle) Scatter(Random random, double longitude, double latitude,
        double spread, int edges)
    {
        var shapes = new RoadShapes();
        var oracle = new List<ShapeIndex>();
        for (var edge = 0; edge < edges; edge++)
        {
            var (x, y) = (longitude + spread * (random.NextDouble() - 0.5), latitude + spread * (random.NextDouble() - 0.5));
            var vertices = new (double, double)[random.Next(2, 25)];
            for (var i = 0; i < vertices.Length; i++)
            {
                vertices[i] = (Math.IEEERemainder(x, 360), Math.Clamp(y, -90, 90));
                (x, y) = (x + spread / 20 * (random.NextDouble() - 0.5), y + spread / 20 * (random.NextDouble() - 0.5));
            }
            shapes.Add(vertices);
            oracle.Add(ShapeIndex.Of(new LineString([.. vertices.Select(v => new Coordinate(v.Item1, v.Item2))])));
        }
        return (shapes, oracle);
    }

    [Theory]
    [InlineData(104.2, 23.4, 0.2)]
    [InlineData(9.5, 47.1, 0.01)]
    [InlineData(180, -17, 0.3)]
    [InlineData(12, 89.95, 0.1)]
    [InlineData(0, 0, 0.5)]
    public void The_nearest_point_is_what_looking_at_every_road_finds(double longitude, double latitude, double spread)
    {
        var random = new Random(7);
        var (shapes, oracle) = Scatter(random, longitude, latitude, spread, edges: 150);
        var index = new RoadIndex(shapes);
        for (var i = 0; i < 200; i++)
        {
            var x = Math.IEEERemainder(longitude + 1.2 * spread * (random.NextDouble() - 0.5), 360);
            var y = Math.Clamp(latitude + 1.2 * spread * (random.NextDouble() - 0.5), -90, 90);
            var from = new SurfacePoint(x, y);
            var least = oracle.Min(shape => ShapeDistance.Metres(from, shape, 50_000));
            if (index.Nearest(x, y) is not { } place) { Assert.True(least > 49_000); continue; }
            // Of two almost equally near places of one shape ShapeDistance may take the one up to 0.7% farther, as PostGIS does.
            Assert.InRange(place.AccessMetres, least * (1 - 7e-3) - 1e-6, least + 1e-6);
            Assert.Equal(Geodesic.Distance(x, y, place.Longitude, place.Latitude), place.AccessMetres, 1e-4);
            Assert.Equal(0, ShapeDistance.Metres(new SurfacePoint(place.Longitude, place.Latitude), oracle[place.Edge], 1), 1e-4);
        }
    }

    [Fact]
    public void The_fraction_is_measured_along_the_road()
    {
        var shapes = new RoadShapes();
        shapes.Add([(104, 23), (104.001, 23), (104.004, 23)]);
        var index = new RoadIndex(shapes);
        Assert.Equal(0.5, index.Nearest(104.002, 23.0003)!.Value.Fraction, 1e-6);
        Assert.Equal(0, index.Nearest(103.9, 23.1)!.Value.Fraction);
        Assert.Equal(1, index.Nearest(104.1, 23)!.Value.Fraction);
    }

    [Fact]
    public void A_limit_holds_exactly_and_roads_that_do_not_serve_are_passed_over()
    {
        var shapes = new RoadShapes();
        shapes.Add([(104, 23), (104, 23.1)]);
        shapes.Add([(104.01, 23), (104.01, 23.1)]);
        var index = new RoadIndex(shapes);
        var metres = index.Nearest(103.999, 23.05)!.Value.AccessMetres;
        Assert.NotNull(index.Nearest(103.999, 23.05, metres));
        Assert.Null(index.Nearest(103.999, 23.05, Math.BitDecrement(metres)));
        Assert.Equal(1, index.Nearest(103.999, 23.05, serves: edge => edge == 1)!.Value.Edge);
        Assert.Null(new RoadIndex(new RoadShapes()).Nearest(104, 23));
    }

    [Fact]
    public void A_road_that_is_nowhere_is_refused()
    {
        Assert.Equal("edges[0].geom", Assert.Throws<RefusalException>(() => new RoadShapes().Add([(104, 23)])).Target);
        Assert.Equal("edges[0].geom", Assert.Throws<RefusalException>(() => new RoadShapes().Add([(104, 23), (104, double.NaN)])).Target);
    }
}
