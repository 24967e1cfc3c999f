namespace HazardMap.Geodesy.Crs;

/// <summary>From one coordinate system to another, by way of WGS84.</summary>
public sealed class CrsTransform(CoordinateSystem from, CoordinateSystem to)
{
    /// <summary>A position in the target system.</summary>
    /// <param name="x">Longitude or easting.</param>
    /// <param name="y">Latitude or northing.</param>
    /// <param name="place">What a refusal names, such as <c>points[3]</c>.</param>
    /// <exception cref="RefusalException">The position is not in the range of either system; the target names the place.</exception>
    public (double X, double Y) Apply(double x, double y, string? place = null)
    {
        try
        {
            var (longitude, latitude) = from.ToWgs84(x, y);
            return to.FromWgs84(longitude, latitude);
        }
        catch (RefusalException e) when (place is not null)
        {
            throw new RefusalException(e.Code, $"{place}: {e.Message}", $"{place}：{e.MessageZh}", place);
        }
    }
}
