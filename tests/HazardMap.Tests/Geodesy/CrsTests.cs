using System.Globalization;
using HazardMap.Geodesy;
using HazardMap.Geodesy.Crs;

namespace HazardMap.Tests.Geodesy;

public class CrsTests
{
    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [Fact]
    public void Every_grid_agrees_with_PostGIS_and_comes_back()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Geodesy/st_transform.csv")).Skip(1)
            .Select(l => l.Split(',')).ToList();
        Assert.Equal(284, rows.Count);
        foreach (var row in rows)
        {
            var system = CoordinateSystem.Parse("EPSG:" + row[0]);
            double longitude = Number(row[1]), latitude = Number(row[2]);
            longitude = Math.Round(Math.IEEERemainder(longitude, 360), 9);
            var (x, y) = system.FromWgs84(longitude, latitude);
            Assert.Equal(Number(row[3]), x, system.Name == "EPSG:4490" ? 1e-9 : 1e-5);
            Assert.Equal(Number(row[4]), y, system.Name == "EPSG:4490" ? 2e-9 : 1e-5);
            var (backLongitude, backLatitude) = system.ToWgs84(x, y);
            Assert.Equal(longitude, backLongitude, 1e-11);
            Assert.Equal(latitude, backLatitude, 1e-11);
        }
    }

    [Fact]
    public void Gauss_Kruger_agrees_with_the_published_cases()
    {
        foreach (var row in SharedData.Rows("cases/geodesy/cgcs2000_gauss_kruger.csv"))
        {
            var (x, y) = CoordinateSystem.Parse("EPSG:" + row[5]).FromWgs84(Number(row[2]), Number(row[1]));
            Assert.Equal(Number(row[6]), x, 1e-6);
            Assert.Equal(Number(row[7]), y, 1e-6);
        }
    }

    [Fact]
    public void Gcj02_agrees_with_the_published_cases()
    {
        foreach (var row in SharedData.Rows("cases/geodesy/gcj02_pairs.csv"))
        {
            var (x, y) = CoordinateSystem.Gcj02.FromWgs84(Number(row[2]), Number(row[1]));
            Assert.Equal(Number(row[5]), x, 1e-6);
            Assert.Equal(Number(row[4]), y, 1e-6);
        }
    }

    [Theory]
    [InlineData("gcj02")]
    [InlineData("bd09")]
    public void Shifted_datums_come_back_to_double_precision(string name)
    {
        var system = CoordinateSystem.Parse(name);
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            double longitude = 73 + random.NextDouble() * 62, latitude = 3 + random.NextDouble() * 50;
            var (x, y) = system.FromWgs84(longitude, latitude);
            var (backLongitude, backLatitude) = system.ToWgs84(x, y);
            Assert.Equal(longitude, backLongitude, 1e-12);
            Assert.Equal(latitude, backLatitude, 1e-12);
        }
    }

    [Fact]
    public void In_Wenshan_gcj02_lies_about_210_m_east_and_300_m_south()
    {
        var (x, y) = CoordinateSystem.Gcj02.FromWgs84(104.25, 23.37);
        Assert.InRange(Math.CopySign(Geodesic.Distance(104.25, 23.37, x, 23.37), x - 104.25), 150, 270);
        Assert.InRange(Math.CopySign(Geodesic.Distance(104.25, 23.37, 104.25, y), y - 23.37), -360, -240);
    }

    [Fact]
    public void Outside_China_gcj02_does_not_shift() =>
        Assert.Equal((9.5, 47.1), CoordinateSystem.Gcj02.FromWgs84(9.5, 47.1));

    [Theory]
    [InlineData("EPSG:4544", "EPSG:4326", 35_447_600, 2_600_000)]   // a zone number where none belongs
    [InlineData("EPSG:4523", "EPSG:4326", 447_600, 2_600_000)]      // and none where one does
    [InlineData("EPSG:4544", "EPSG:4326", 447_600, 26_000_000)]
    [InlineData("EPSG:4326", "EPSG:4544", 23.4, 104.2)]             // swapped axes
    [InlineData("EPSG:4326", "EPSG:4544", -70, 23.4)]
    [InlineData("EPSG:4326", "EPSG:3857", 10, 90)]
    [InlineData("EPSG:3857", "EPSG:4326", 30_000_000, 0)]
    [InlineData("gcj02", "EPSG:4326", double.NaN, 0)]
    [InlineData("EPSG:32648", "EPSG:4326", double.PositiveInfinity, 0)]
    public void What_is_beyond_a_system_is_refused_with_its_place(string from, string to, double x, double y)
    {
        var transform = new CrsTransform(CoordinateSystem.Parse(from), CoordinateSystem.Parse(to));
        var refusal = Assert.Throws<RefusalException>(() => transform.Apply(x, y, "points[7]"));
        Assert.Equal(("CoordinateOutOfRange", "points[7]"), (refusal.Code, refusal.Target));
    }

    [Theory]
    [InlineData("EPSG:9999")]
    [InlineData("EPSG:32661")]
    [InlineData("EPSG:-1")]
    [InlineData("mars")]
    [InlineData("")]
    public void An_unknown_system_is_refused(string name) =>
        Assert.Equal("UnknownCrs", Assert.Throws<RefusalException>(() => CoordinateSystem.Parse(name)).Code);
}
