namespace HazardMap.Geodesy;

/// <summary>An ellipsoid of revolution: all that geodesy needs of the shape of the Earth.</summary>
/// <param name="A">Equatorial radius in metres.</param>
/// <param name="F">Flattening.</param>
public readonly record struct Ellipsoid(double A, double F)
{
    /// <summary>WGS84: the register's own, and what distances are measured on.</summary>
    public static readonly Ellipsoid Wgs84 = new(6378137, 1 / 298.257223563);

    /// <summary>CGCS2000, EPSG:4490: Chinese natural-resource data. Differs from WGS84 by 0.1 mm at the pole.</summary>
    public static readonly Ellipsoid Cgcs2000 = new(6378137, 1 / 298.257222101);

    /// <summary>Polar radius in metres.</summary>
    public double B => A * (1 - F);

    /// <summary>First eccentricity squared.</summary>
    public double E2 => F * (2 - F);

    /// <summary>Third flattening, the small parameter of every series here.</summary>
    public double N => F / (2 - F);

    /// <summary>Radius of curvature across the meridian, at a latitude given by its sine.</summary>
    public double PrimeVerticalRadius(double sinLatitude) => A / Math.Sqrt(1 - E2 * sinLatitude * sinLatitude);

    /// <summary>Radius of curvature along the meridian, at a latitude given by its sine.</summary>
    public double MeridianRadius(double sinLatitude)
    {
        var w2 = 1 - E2 * sinLatitude * sinLatitude;
        return A * (1 - E2) / (w2 * Math.Sqrt(w2));
    }
}
