using System.Globalization;

namespace HazardMap.Geodesy.Crs;

/// <summary>Longitude and latitude, on WGS84 or on CGCS2000, which is taken as the same.</summary>
internal sealed class GeographicCrs(string name) : CoordinateSystem(name)
{
    public override (double Longitude, double Latitude) ToWgs84(double x, double y) => FromWgs84(x, y);

    public override (double X, double Y) FromWgs84(double longitude, double latitude)
    {
        Soundness.CheckPosition(longitude, latitude);
        return (longitude, latitude);
    }
}

/// <summary>A datum shifted on purpose, known by its forward formula; the inverse is found by iteration.</summary>
internal sealed class ShiftedCrs(string name, Func<double, double, (double Longitude, double Latitude)> forward) : CoordinateSystem(name)
{
    public override (double Longitude, double Latitude) ToWgs84(double x, double y)
    {
        Soundness.CheckPosition(x, y);
        return ChineseDatums.Invert(forward, x, y);
    }

    public override (double X, double Y) FromWgs84(double longitude, double latitude)
    {
        Soundness.CheckPosition(longitude, latitude);
        return forward(longitude, latitude);
    }
}

/// <summary>EPSG:3857, the square map of the web: a sphere's Mercator of the ellipsoid's latitudes.</summary>
internal sealed class WebMercator() : CoordinateSystem("EPSG:3857")
{
    private const double Degree = Math.PI / 180;
    private const double Edge = Math.PI * 6378137;

    public override (double Longitude, double Latitude) ToWgs84(double x, double y)
    {
        if (!(Math.Abs(x) <= Edge * 1.000001 && Math.Abs(y) <= 10 * Edge))
            throw Positions.Beyond(this, x, y, $"eastings lie within {Edge:0} metres of zero.");
        return (Math.Clamp(x / 6378137 / Degree, -180, 180), Math.Atan(Math.Sinh(y / 6378137)) / Degree);
    }

    public override (double X, double Y) FromWgs84(double longitude, double latitude)
    {
        Soundness.CheckPosition(longitude, latitude);
        if (Math.Abs(latitude) > 89.99) throw Positions.Beyond(this, longitude, latitude, "the map has no pole.");
        return (6378137 * longitude * Degree, 6378137 * Math.Asinh(Math.Tan(latitude * Degree)));
    }
}

/// <summary>What the systems share about positions.</summary>
internal static class Positions
{
    public static double Wrap(double longitude) => longitude is >= -180 and <= 180 ? longitude : Math.IEEERemainder(longitude, 360);

    public static RefusalException Beyond(CoordinateSystem system, double x, double y, string why) =>
        new("CoordinateOutOfRange",
            string.Create(CultureInfo.InvariantCulture, $"[{x}, {y}] is not a usable position of {system.Name}: {why}"),
            string.Create(CultureInfo.InvariantCulture, $"[{x}, {y}] 不是 {system.Name} 的有效坐标。"));
}
