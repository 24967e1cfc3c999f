using HazardMap.Geodesy;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using NetTopologySuite.Geometries;

namespace HazardMap.Tests.Risk;

public class ReachesTests
{
    private static readonly HazardTraits River = new(HazardKind.River, null, null, null, null, false, false, false, false, false);
    private static readonly ProximityRule PerReach = Rules.Of("2026-2");

    [Fact]
    public void A_50_km_river_sums_its_schools_under_2026_1_and_takes_its_worst_500_m_under_2026_2()
    {
        // About 50 km along the 23rd parallel, a school every 5 km beside it, two of them within 300 m of each other.
        var river = GeoJson.Factory.CreateLineString(
            [.. Enumerable.Range(0, 101).Select(i => new Coordinate(104 + i * 0.00488, 23 + 0.0003 * (i % 2)))]);
        var schools = Enumerable.Range(0, 10).Select(i => School(104.02 + i * 0.0488)).Append(School(104.0225)).ToList();
        var whole = new RiskScorer(Rules.Rule2026, schools).Explain(Of(river, null));
        var worst = new RiskScorer(PerReach, schools).Explain(Of(river, 500));
        Assert.Equal(11, whole.Exposures.Count);
        Assert.Equal(whole.Score, whole.Exposures.Sum(e => e.Contribution), 1e-9);
        Assert.Equal(2, worst.Exposures.Count);
        Assert.InRange(worst.Score, whole.Score / 11 * 1.5, whole.Score / 11 * 2.1);
        Assert.Equal(worst.Score, worst.Exposures.Sum(e => e.Contribution), 1e-9);
        Assert.InRange(worst.Worst!.ToMetres!.Value - worst.Worst.FromMetres!.Value, 490, 500);
        var (longitude, latitude) = worst.Worst.Centre();
        Assert.InRange(Geodesic.Distance(longitude, latitude, 104.0212, 23), 0, 400);
    }

    [Fact]
    public void Reaches_of_a_line_are_equal_and_together_the_line()
    {
        var line = GeoJson.Factory.CreateLineString([new(9.5, 47.1), new(9.51, 47.12), new(9.53, 47.12), new(10.9, 47.5)]);
        var length = Length(line);
        var reaches = Reaches.Of(line, 500);
        Assert.Equal((int)Math.Ceiling(length / 500), reaches.Count);
        Assert.Equal(Enumerable.Range(1, reaches.Count), reaches.Select(r => r.Ordinal));
        Assert.All(reaches, r => Assert.Equal(length / reaches.Count, Length(r.Part), 0.01));
        Assert.Equal(length, reaches.Sum(r => Length(r.Part)), 0.1);
        for (var i = 1; i < reaches.Count; i++)
        {
            Assert.Equal(reaches[i - 1].ToMetres, reaches[i].FromMetres);
            Assert.Equal(reaches[i - 1].Part.Coordinates[^1], reaches[i].Part.Coordinates[0]);
        }
        var whole = ShapeIndex.Of(line);
        Assert.All(reaches,
            r => Assert.All(r.Part.Coordinates, c => Assert.Equal(0, ShapeDistance.Metres(new SurfacePoint(c.X, c.Y), whole, 100), 1e-3)));
    }

    [Fact]
    public void What_is_short_stays_whole_and_every_part_is_cut_by_itself()
    {
        var pond = GeoJson.Factory.CreatePolygon([new(104, 23), new(104.001, 23), new(104.001, 23.001), new(104, 23)]);
        Assert.Same(pond, Assert.Single(Reaches.Of(pond, 500)).Part);
        var brook = GeoJson.Factory.CreateLineString([new(104, 23), new(104.003, 23)]);
        var reaches = Reaches.Of(GeoJson.Factory.CreateMultiLineString([brook, brook]), 500);
        Assert.Equal(2, reaches.Count);
        Assert.Equal(reaches[0].ToMetres, reaches[1].FromMetres);
        Assert.Equal(3, Reaches.Of(GeoJson.Factory.CreateMultiPointFromCoords([new(1, 1), new(2, 2), new(3, 3)]), 500).Count);
    }

    [Theory]
    [InlineData(104, 23)]
    [InlineData(179.97, -17)]
    [InlineData(9.5, 47.1)]
    [InlineData(10, 59.9)]
    public void A_wide_lake_is_cut_into_cells_of_at_most_500_m_that_together_are_the_lake(double longitude, double latitude)
    {
        var random = new Random(4);
        var corners = Enumerable.Range(0, 40).Select(i => (Angle: 2 * Math.PI * i / 40, Radius: 0.02 + 0.02 * random.NextDouble()))
            .Select(c => new Coordinate(Math.IEEERemainder(longitude + c.Radius * Math.Cos(c.Angle), 360),
                latitude + c.Radius * Math.Sin(c.Angle))).ToList();
        var island = Enumerable.Range(0, 9).Select(i => 2 * Math.PI * (i % 8) / 8)
            .Select(a => new Coordinate(Math.IEEERemainder(longitude + 0.007 * Math.Cos(a), 360), latitude + 0.007 * Math.Sin(a)))
            .ToArray();
        var lake = GeoJson.Factory.CreatePolygon(GeoJson.Factory.CreateLinearRing([.. corners, corners[0].Copy()]),
            [GeoJson.Factory.CreateLinearRing(island)]);
        var cells = Reaches.Of(lake, 500);
        Assert.InRange(cells.Count, 30, 400);
        Assert.All(cells, cell => Assert.InRange(Diagonal(cell.Part), 0, 500 * Math.Sqrt(2) + 1));
        var (whole, parts) = (ShapeIndex.Of(lake), cells.Select(c => c.Shape).ToList());
        for (var i = 0; i < 200; i++)
        {
            var at = new SurfacePoint(Math.IEEERemainder(longitude + 0.1 * (random.NextDouble() - 0.5), 360),
                latitude + 0.1 * (random.NextDouble() - 0.5));
            // Of two almost equally near places of the whole ShapeDistance may take the one up to 0.7% farther, as PostGIS does.
            var metres = ShapeDistance.Metres(at, whole, 20_000);
            Assert.InRange(parts.Min(p => ShapeDistance.Metres(at, p, 20_000)), metres * 0.993 - 0.05, metres + 0.05);
        }
    }

    private static RiskFacility School(double longitude) => new(Guid.NewGuid(), longitude, 23.0005, 0, 100);

    private static RiskHazard Of(Geometry shape, double? reachMetres) =>
        new(Guid.NewGuid(), shape.Coordinate.X, shape.Coordinate.Y, ShapeIndex.Of(shape), River,
            reachMetres is { } metres ? Reaches.Of(shape, metres) : null);

    private static double Length(Geometry line) =>
        line.Coordinates.Zip(line.Coordinates.Skip(1)).Sum(p => Geodesic.Distance(p.First.X, p.First.Y, p.Second.X, p.Second.Y));

    // Of the box in the plane of degrees; across the antimeridian longitudes are taken near each other.
    private static double Diagonal(Geometry cell)
    {
        var first = cell.Coordinate.X;
        var xs = cell.Coordinates.Select(c => first + Math.IEEERemainder(c.X - first, 360)).ToList();
        double west = xs.Min(), east = xs.Max(), south = cell.Coordinates.Min(c => c.Y), north = cell.Coordinates.Max(c => c.Y);
        return Geodesic.Distance(Math.IEEERemainder(west, 360), south, Math.IEEERemainder(east, 360), north);
    }
}
