using System.Globalization;
using HazardMap.Geodesy;

namespace HazardMap.Tests.Geodesy;

public class GeodesicTests
{
    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [Fact]
    public void Geodesics_across_the_globe_agree_with_the_published_ones_to_a_micrometre()
    {
        foreach (var row in SharedData.Rows("cases/geodesy/geodesics_20.csv"))
        {
            double Longitude(int column) => Math.IEEERemainder(Number(row[column]), 360);
            var metres = Geodesic.Distance(Longitude(1), Number(row[0]), Longitude(4), Number(row[3]));
            Assert.Equal(Number(row[6]), metres, 1e-6);
        }
    }

    [Theory]
    [InlineData(0, 0, 0.001, 0, 111.31949079327358)]      // a sin: the equator is a circle
    [InlineData(0, 90, 77, 90, 0)]
    [InlineData(12, 34, 12, 34, 0)]
    [InlineData(179.9995, 0, -179.9995, 0, 111.31949079327358)]
    public void Small_and_degenerate_geodesics_are_exact(double lon1, double lat1, double lon2, double lat2, double metres) =>
        Assert.Equal(metres, Geodesic.Distance(lon1, lat1, lon2, lat2), 1e-6);

    [Fact]
    public void Almost_opposite_points_are_refused_not_answered_wrongly() =>
        Assert.Equal("AntipodalPoints", Assert.Throws<RefusalException>(() => Geodesic.Distance(0, 0, 179.9, 0.1)).Code);

    [Fact]
    public void The_arc_over_a_chord_is_the_geodesic_within_50_km_from_pole_to_pole()
    {
        var random = new Random(20260101);
        double worstNear = 0, worstFar = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var latitude = random.NextDouble() * 179.98 - 89.99;
            var longitude = random.NextDouble() * 360 - 180;
            var near = i % 2 == 0;
            var (lon2, lat2) = Nearby(random, longitude, latitude, near ? 3_000 : 50_000);
            var exact = Geodesic.Distance(longitude, latitude, lon2, lat2);
            var ours = new SurfacePoint(longitude, latitude).DistanceTo(new SurfacePoint(lon2, lat2).Position);
            if (near) worstNear = Math.Max(worstNear, Math.Abs(ours - exact));
            else worstFar = Math.Max(worstFar, Math.Abs(ours - exact));
        }
        Assert.InRange(worstNear, 0, 1e-8);
        Assert.InRange(worstFar, 0, 2e-5);
    }

    internal static (double Longitude, double Latitude) Nearby(Random random, double longitude, double latitude, double metres)
    {
        var s = metres * random.NextDouble() / 6_400_000;
        var angle = random.NextDouble() * 2 * Math.PI;
        var at = new SurfacePoint(longitude, latitude);
        var n = (at.Normal + at.East * (Math.Tan(s) * Math.Cos(angle)) + at.North * (Math.Tan(s) * Math.Sin(angle))).Unit();
        return (Math.Atan2(n.Y, n.X) * 180 / Math.PI, Math.Atan2(n.Z, Math.Sqrt(n.X * n.X + n.Y * n.Y)) * 180 / Math.PI);
    }
}
