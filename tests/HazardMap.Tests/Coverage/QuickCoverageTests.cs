using FsCheck;
using FsCheck.Fluent;
using HazardMap.Coverage;
using HazardMap.Geodesy;
using HazardMap.Register;

namespace HazardMap.Tests.Coverage;

public class CoverageTests
{
    private static readonly CoverageDivision[] Divisions =
    [
        new("5326", "Prefecture", DivisionLevel.Prefecture, null),
        new("532601", "East", DivisionLevel.County, "5326"),
        new("532602", "West", DivisionLevel.County, "5326"),
        new("532601100", "Town", DivisionLevel.Township, "532601"),
        new("532603", "Nobody", DivisionLevel.County, "5326"),
    ];

    private static DemandPoint School(string code, string division, double longitude, long pupils) =>
        new(code, code, code, division, longitude, 23, pupils);

    private static readonly DemandPoint[] Schools =
    [
        School("near", "532601100", 104.01, 100), School("far", "532601", 104.2, 300), School("west", "532602", 103.95, 50),
        School("empty", "532602", 103, 0),
    ];

    [Fact]
    public void Demand_is_counted_in_its_division_and_in_all_above_it()
    {
        var result = QuickCoverage.Measure(Schools, [(104, 23)], Divisions, 6_000);
        Assert.Equal(new CoverageTotals(450, 150), result.Totals);
        Assert.Equal([(450, 150), (400, 100), (50, 50), (100, 100), (0, 0)],
            result.Divisions.Select(d => (d.Totals.Demand, d.Totals.Covered)));
        Assert.Null(result.Divisions[4].Totals.Share);
        Assert.Null(result.Divisions[4].Nearest);
    }

    [Fact]
    public void A_point_exactly_at_the_threshold_is_in()
    {
        var exact = Geodesic.Distance(104.01, 23, 104, 23);
        Assert.Equal(100, QuickCoverage.Measure([Schools[0]], [(104, 23)], Divisions, exact).Totals.Covered);
        Assert.Equal(0, QuickCoverage.Measure([Schools[0]], [(104, 23)], Divisions, exact - 1e-6).Totals.Covered);
    }

    [Fact]
    public void Quantiles_are_weighted_by_people()
    {
        var nearest = QuickCoverage.Measure(Schools, [(104, 23)], Divisions, 6_000).Divisions[0].Nearest!;
        var far = Geodesic.Distance(104.2, 23, 104, 23);
        Assert.Equal((far, far, far), (nearest.P50, nearest.P90, nearest.Max));   // 300 of 450 are far
    }

    [Fact]
    public void The_left_out_are_ranked_by_people()
    {
        var result = QuickCoverage.Measure(Schools, [(110, 23)], Divisions, 6_000);
        Assert.Equal("far near west", string.Join(' ', result.LeftOut.Select(l => l.Point.Code)));
    }

    [Fact]
    public void Without_any_supply_everyone_is_left_out_at_no_distance()
    {
        var result = QuickCoverage.Measure(Schools, [], Divisions, 6_000);
        Assert.Equal(new CoverageTotals(450, 0), result.Totals);
        Assert.All(result.LeftOut, l => Assert.Null(l.NearestMetres));
        Assert.Null(result.Divisions[0].Nearest);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_threshold_that_is_no_distance_is_refused(double within) =>
        Assert.Equal("within", Assert.Throws<RefusalException>(() => QuickCoverage.Measure(Schools, [], Divisions, within)).Target);

    [Fact]
    public void The_nearest_supply_is_the_nearest_of_all() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            (double Longitude, double Latitude) Place() =>
                (180 + random.NextDouble() * 4 - (random.Next(2) == 0 ? 362 : 2), random.NextDouble() * 4 - 2);
            var supply = Enumerable.Range(0, random.Next(1, 200)).Select(_ => Place())
                .Select(p => (Math.Clamp(p.Longitude, -180, 180), p.Latitude)).ToList();
            var demand = Enumerable.Range(0, 20).Select(i => Place())
                .Select((p, i) => new DemandPoint($"{i}", $"{i}", "", "5326", Math.Clamp(p.Longitude, -180, 180), p.Latitude, 1)).ToList();
            var result = QuickCoverage.Measure(demand, supply, Divisions, 0.001);
            return result.LeftOut.All(l => Math.Abs(l.NearestMetres!.Value
                - supply.Min(s => Geodesic.Distance(l.Point.Longitude, l.Point.Latitude, s.Item1, s.Latitude))) < 1e-3);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
}
