namespace HazardMap.Geodesy.Crs;

/// <summary>A transverse Mercator grid: Gauss-Krüger zones of CGCS2000, UTM.</summary>
internal sealed class GridCrs(string name, Ellipsoid ellipsoid, int meridian, double scale, double falseEasting, double falseNorthing)
    : CoordinateSystem(name)
{
    private const double Degree = Math.PI / 180;
    private const double WidestDegrees = 35;
    private const double WidestMetres = 3_900_000;
    private const double PoleMetres = 10_001_966;   // a quarter of the meridian, rounded up
    private readonly TransverseMercator _projection = new(ellipsoid);

    public override (double Longitude, double Latitude) ToWgs84(double x, double y)
    {
        double east = (x - falseEasting) / scale, north = (y - falseNorthing) / scale;
        if (!(Math.Abs(east) <= WidestMetres && Math.Abs(north) <= PoleMetres))
            throw Positions.Beyond(this, x, y,
                $"its false easting is {falseEasting:0}: does the easting carry (or lack) a zone number, or are the axes swapped?");
        var (longitude, latitude) = _projection.Inverse(east, north);
        return (Positions.Wrap(meridian + longitude / Degree), latitude / Degree);
    }

    public override (double X, double Y) FromWgs84(double longitude, double latitude)
    {
        Soundness.CheckPosition(longitude, latitude);
        var off = Math.IEEERemainder(longitude - meridian, 360);
        if (Math.Abs(off) > WidestDegrees)
            throw Positions.Beyond(this, longitude, latitude,
                $"it is {Math.Abs(off):0} degrees from the central meridian {meridian}; the grid is usable within {WidestDegrees}.");
        var (x, y) = _projection.Forward(off * Degree, latitude * Degree);
        return (falseEasting + scale * x, falseNorthing + scale * y);
    }
}
