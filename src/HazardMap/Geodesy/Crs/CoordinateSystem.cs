using System.Globalization;

namespace HazardMap.Geodesy.Crs;

/// <summary>A coordinate system that people's files come in; x (longitude, easting) always first.</summary>
/// <remarks>
/// The register keeps WGS84. CGCS2000 agrees with it to centimetres and is taken as equal, as the national practice has it;
/// its projections use its own ellipsoid.
/// </remarks>
public abstract class CoordinateSystem
{
    /// <summary>WGS84 longitude and latitude.</summary>
    public static readonly CoordinateSystem Wgs84 = new GeographicCrs("EPSG:4326");

    /// <summary>GCJ-02, which phones and web maps in China give.</summary>
    public static readonly CoordinateSystem Gcj02 = new ShiftedCrs("gcj02", ChineseDatums.Wgs84ToGcj02);

    /// <summary>BD-09, Baidu's own shift on top of GCJ-02.</summary>
    public static readonly CoordinateSystem Bd09 = new ShiftedCrs("bd09", (lon, lat) =>
    {
        var (x, y) = ChineseDatums.Wgs84ToGcj02(lon, lat);
        return ChineseDatums.Gcj02ToBd09(x, y);
    });

    private protected CoordinateSystem(string name) => Name = name;

    /// <summary>What it is called: <c>EPSG:n</c>, <c>gcj02</c> or <c>bd09</c>.</summary>
    public string Name { get; }

    /// <summary>Finds a system by name.</summary>
    /// <param name="name"><c>EPSG:n</c> (4326, 4490, 4491-4554, 3857, 32601-32660, 32701-32760), <c>gcj02</c>, <c>bd09</c>.</param>
    /// <exception cref="RefusalException">No such system here.</exception>
    public static CoordinateSystem Parse(string name) => name.Trim().ToUpperInvariant() switch
    {
        "GCJ02" or "GCJ-02" => Gcj02,
        "BD09" or "BD-09" => Bd09,
        var text when text.StartsWith("EPSG:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && OfEpsg(code) is { } found =>
            found,
        _ => throw Unknown(name.Trim()),
    };

    /// <summary>Longitude and latitude on WGS84 of a position in this system.</summary>
    /// <exception cref="RefusalException">The position is not in the system's range.</exception>
    public abstract (double Longitude, double Latitude) ToWgs84(double x, double y);

    /// <summary>The position in this system of a longitude and latitude on WGS84.</summary>
    /// <exception cref="RefusalException">The position is beyond where the system is usable.</exception>
    public abstract (double X, double Y) FromWgs84(double longitude, double latitude);

    /// <inheritdoc/>
    public override string ToString() => Name;

    // Xi'an 1980, Beijing 1954 and their grids: the step to CGCS2000 differs from county to county and is not published.
    private static RefusalException Unknown(string name)
    {
        var isOld = name.StartsWith("EPSG:", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code is 4610 or 4555 or 4214 or (>= 2327 and <= 2390) or (>= 2401 and <= 2442) or (>= 21413 and <= 21483);
        var (why, whyZh) = isOld
            ? (" Xi'an 1980 and Beijing 1954 need local parameters: have the survey office transform the positions to CGCS2000 "
            + "(EPSG:4490) first.",
                "西安80、北京54 需要本地转换参数：请先由测绘部门转换为 CGCS2000（EPSG:4490）。") : ("", "");
        const string Known = "EPSG:4326, 4490, 4491-4554, 3857, 32601-32660, 32701-32760, gcj02";
        return new("UnknownCrs", $"'{name}' is not a coordinate system known here: {Known} or bd09.{why}",
            $"未知的坐标系 '{name}'。可用：{Known.Replace(", ", "、", StringComparison.Ordinal)} 或 bd09。{whyZh}", "crs");
    }

    private static CoordinateSystem? OfEpsg(int code) => code switch
    {
        4326 => Wgs84,
        4490 => new GeographicCrs("EPSG:4490"),
        3857 => new WebMercator(),
        >= 4491 and <= 4501 => Chinese(code, 75 + 6 * (code - 4491), zone: 13 + code - 4491),
        >= 4502 and <= 4512 => Chinese(code, 75 + 6 * (code - 4502), zone: 0),
        >= 4513 and <= 4533 => Chinese(code, 75 + 3 * (code - 4513), zone: 25 + code - 4513),
        >= 4534 and <= 4554 => Chinese(code, 75 + 3 * (code - 4534), zone: 0),
        >= 32601 and <= 32660 => Utm(code, code - 32600, falseNorthing: 0),
        >= 32701 and <= 32760 => Utm(code, code - 32700, falseNorthing: 10_000_000),
        _ => null,
    };

    // A zone-numbered easting begins with the number of the zone: 35,447,600 is 447,600 in zone 35.
    private static GridCrs Chinese(int code, int meridian, int zone) =>
        new($"EPSG:{code}", Ellipsoid.Cgcs2000, meridian, 1, zone * 1_000_000 + 500_000, 0);

    private static GridCrs Utm(int code, int zone, double falseNorthing) =>
        new($"EPSG:{code}", Ellipsoid.Wgs84, 6 * zone - 183, 0.9996, 500_000, falseNorthing);
}
