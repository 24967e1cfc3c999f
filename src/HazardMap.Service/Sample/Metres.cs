using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Sample;

/// <summary>
/// Metres to degrees around one latitude (series of the WGS84 ellipsoid): right to a millimetre in a hundred metres,
/// which is all that placing needs. Every position that leaves is rounded to six decimals.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Metres
{
    private readonly double _perLongitude, _perLatitude;

    public Metres(double latitude)
    {
        var phi = latitude * (Math.PI / 180);
        _perLatitude = 111132.954 - 559.822 * Math.Cos(2 * phi) + 1.175 * Math.Cos(4 * phi);
        _perLongitude = 111412.84 * Math.Cos(phi) - 93.5 * Math.Cos(3 * phi) + 0.118 * Math.Cos(5 * phi);
    }

    public static double Round(double degrees) => Math.Round(degrees * 1e6) / 1e6;

    public static Coordinate Round(Coordinate at) => new(Round(at.X), Round(at.Y));

    public static double Between(Coordinate from, Coordinate to) => new Metres(from.Y).Distance(from, to);

    public double EastDegrees(double metres) => metres / _perLongitude;

    public double NorthDegrees(double metres) => metres / _perLatitude;

    public Coordinate Offset(Coordinate from, double east, double north) =>
        new(Round(from.X + east / _perLongitude), Round(from.Y + north / _perLatitude));

    public (double East, double North) Vector(Coordinate from, Coordinate to) =>
        ((to.X - from.X) * _perLongitude, (to.Y - from.Y) * _perLatitude);

    public double Distance(Coordinate from, Coordinate to)
    {
        var (east, north) = Vector(from, to);
        return Math.Sqrt(east * east + north * north);
    }

    /// <summary>Metres from a point to a segment.</summary>
    public double Distance(Coordinate point, Coordinate start, Coordinate end)
    {
        var (px, py) = Vector(start, point);
        var (dx, dy) = Vector(start, end);
        var length = dx * dx + dy * dy;
        var along = length == 0 ? 0 : Math.Clamp((px * dx + py * dy) / length, 0, 1);
        var (ex, ey) = (px - along * dx, py - along * dy);
        return Math.Sqrt(ex * ex + ey * ey);
    }
}
