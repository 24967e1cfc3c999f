namespace HazardMap.Geodesy.Crs;

/// <summary>The shifts of Chinese map services: GCJ-02 of the state, BD-09 of Baidu; forward as published, backward exact.</summary>
public static class ChineseDatums
{
    private const double A = 6378245, E2 = 0.00669342162296594323;   // Krasovsky, as the published code has it
    private const double BaiduPi = Math.PI * 3000 / 180;

    /// <summary>Whether GCJ-02 shifts here; beyond this box it equals WGS84.</summary>
    public static bool IsShifted(double longitude, double latitude) =>
        longitude is >= 72.004 and <= 137.8347 && latitude is >= 0.8293 and <= 55.8271;

    /// <summary>GCJ-02 of a WGS84 position: some 200 to 700 m off in China.</summary>
    public static (double Longitude, double Latitude) Wgs84ToGcj02(double longitude, double latitude)
    {
        if (!IsShifted(longitude, latitude)) return (longitude, latitude);
        double x = longitude - 105, y = latitude - 35;
        var (sin, cos) = Math.SinCos(latitude * (Math.PI / 180));
        var magic = 1 - E2 * sin * sin;
        var root = Math.Sqrt(magic);
        return (longitude + East(x, y) * 180 / (A / root * cos * Math.PI),
            latitude + North(x, y) * 180 / (A * (1 - E2) / (magic * root) * Math.PI));
    }

    /// <summary>BD-09 of a GCJ-02 position.</summary>
    public static (double Longitude, double Latitude) Gcj02ToBd09(double longitude, double latitude)
    {
        var z = Math.Sqrt(longitude * longitude + latitude * latitude) + 0.00002 * Math.Sin(latitude * BaiduPi);
        var theta = Math.Atan2(latitude, longitude) + 0.000003 * Math.Cos(longitude * BaiduPi);
        return (z * Math.Cos(theta) + 0.0065, z * Math.Sin(theta) + 0.006);
    }

    /// <summary>Finds what a shift maps to a position, by correcting with the shift's own error: 2 passes give centimetres.</summary>
    internal static (double Longitude, double Latitude) Invert(
        Func<double, double, (double Longitude, double Latitude)> forward, double longitude, double latitude)
    {
        double x = longitude, y = latitude;
        for (var pass = 0; pass < 30; pass++)
        {
            var (fx, fy) = forward(x, y);
            double dx = longitude - fx, dy = latitude - fy;
            (x, y) = (x + dx, y + dy);
            if (Math.Abs(dx) < 1e-14 && Math.Abs(dy) < 1e-14) break;
        }
        return (x, y);
    }

    private static double North(double x, double y) =>
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.Sqrt(Math.Abs(x)) + Ripple(x)
        + (20 * Math.Sin(y * Math.PI) + 40 * Math.Sin(y / 3 * Math.PI)) * 2 / 3
        + (160 * Math.Sin(y / 12 * Math.PI) + 320 * Math.Sin(y * Math.PI / 30)) * 2 / 3;

    private static double East(double x, double y) =>
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.Sqrt(Math.Abs(x)) + Ripple(x)
        + (20 * Math.Sin(x * Math.PI) + 40 * Math.Sin(x / 3 * Math.PI)) * 2 / 3
        + (150 * Math.Sin(x / 12 * Math.PI) + 300 * Math.Sin(x / 30 * Math.PI)) * 2 / 3;

    private static double Ripple(double x) => (20 * Math.Sin(6 * x * Math.PI) + 20 * Math.Sin(2 * x * Math.PI)) * 2 / 3;
}
