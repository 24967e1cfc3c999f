using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;
using OurCrs = HazardMap.Geodesy.Crs.CoordinateSystem;

namespace HazardMap.Tests.Geodesy;

/// <summary>A second opinion on the grids, from a library that shares no line with ours.</summary>
public sealed class ProjNetTests
{
    [Theory]
    [InlineData(4513, 75, 25_500_000), InlineData(4522, 102, 34_500_000), InlineData(4543, 102, 500_000), InlineData(4544, 105, 500_000),
        InlineData(4554, 135, 500_000)]
    public void A_three_degree_zone_agrees_to_a_tenth_of_a_millimetre(int code, int meridian, int falseEasting)
    {
        var grid = (ProjectedCoordinateSystem)new CoordinateSystemFactory().CreateFromWkt($"""
            PROJCS["CGCS2000 / {meridian}", GEOGCS["CGCS2000", DATUM["CGCS2000", SPHEROID["CGCS2000", 6378137, 298.257222101]],
              PRIMEM["Greenwich", 0], UNIT["degree", 0.017453292519943295]], PROJECTION["Transverse_Mercator"],
              PARAMETER["latitude_of_origin", 0], PARAMETER["central_meridian", {meridian}], PARAMETER["scale_factor", 1],
              PARAMETER["false_easting", {falseEasting}], PARAMETER["false_northing", 0], UNIT["metre", 1]]
            """);
        // From the projection's own datum: from another one ProjNET is 2 mm off.
        var theirs = new CoordinateTransformationFactory().CreateFromCoordinateSystems(grid.GeographicCoordinateSystem, grid).MathTransform;
        var ours = OurCrs.Parse($"EPSG:{code}");
        for (var latitude = 0.0; latitude <= 54; latitude += 4.5)
            for (var off = -1.5; off <= 1.5; off += 0.5)
            {
                var (x, y) = ours.FromWgs84(meridian + off, latitude);
                var expected = theirs.Transform([meridian + off, latitude]);
                Assert.Equal(expected[0], x, 1e-4);
                Assert.Equal(expected[1], y, 1e-4);
            }
    }
}
