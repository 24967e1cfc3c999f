using FsCheck;
using FsCheck.Fluent;
using HazardMap.Coverage;
using HazardMap.Network;
using HazardMap.Register;
using NetTopologySuite.Geometries;

namespace HazardMap.Tests.Coverage;

/// <summary>Small random towns: a crooked grid of streets, some one-way, with doors beside them; duplicates and zeros among them.</summary>
public class CoverageMeasurementTests
{
    private static readonly double[] Bands = [400, 900, 1600];
    private static readonly CoverageDivision[] All = [new("99", "All", DivisionLevel.Prefecture, null)];

    private sealed record Town(RoadNetwork Network, DemandPoint[] Demand, CoverageSupply[] Supply)
    {
        public RoadWays Roads => new(Network, Demand, Supply, 300, 1);

        public CoverageMeasurement Measured(CoverageWays ways, double[] bands) =>
            CoverageMeasurement.Of(CoverageMeasures.Of(bands), Demand, Supply, All, ways);
    }

    private static Town NewTown(int seed)
    {
        var random = new Random(seed);
        const int side = 6;
        (double X, double Y) Corner(int i) =>
            (104 + (i % side + 0.5 * ((i * 7919) % 97) / 97) * 0.003, 23 + (i / side + 0.5 * ((i * 104_729) % 89) / 89) * 0.003);
        var builder = new RoadGraphBuilder();
        var shapes = new RoadShapes();
        void Join(int a, int b)
        {
            var metres = HazardMap.Geodesy.Geodesic.Distance(Corner(a).X, Corner(a).Y, Corner(b).X, Corner(b).Y);
            builder.Add(new RoadEdge(builder.Count, a, b, random.Next(8) == 0 ? -1 : metres, random.Next(8) == 0 ? -1 : metres));
            shapes.Add([Corner(a), Corner(b)]);
        }
        for (var i = 0; i < side * side; i++)
        {
            if (i % side + 1 < side && random.Next(10) > 0) Join(i, i + 1);
            if (i + side < side * side && random.Next(10) > 0) Join(i, i + side);
        }
        (double X, double Y) Door() =>
            random.Next(6) == 0 ? (104.009, 23.009) : (104 + random.NextDouble() * 0.024, 23 + random.NextDouble() * 0.02);
        DemandPoint[] demand = [.. Enumerable.Range(0, 40).Select(i => (i, Door: Door()))
            .Select(d => new DemandPoint($"{d.i}", $"D{d.i}", "", "99", d.Door.X, d.Door.Y, random.Next(4) * 50))];
        CoverageSupply[] supply = [.. Enumerable.Range(0, random.Next(0, 6)).Select(i => (i, Door: Door())).Select(
            s => new CoverageSupply($"{s.i}", $"P{s.i}", "", "99", s.Door.X, s.Door.Y, random.Next(3) == 0 ? null : random.Next(3) * 40))];
        return new Town(new RoadNetwork(builder.Build(), shapes), demand, supply);
    }

    private static void ForAllTowns(int most, Action<Town> holds) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => holds(NewTown(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(most));

    private static IEnumerable<CoverageWays> BothWays(Town town, double limit) =>
        [StraightWays.Of(town.Demand, town.Supply, limit), town.Roads.Within(limit, threads: 2)];

    [Fact]
    public void Supply_that_anybody_reaches_is_shared_out_to_the_last_place_and_nothing_is_not_a_number() => ForAllTowns(60, town =>
    {
        foreach (var ways in BothWays(town, Bands[^1]))
        {
            var measured = town.Measured(ways, Bands);
            Func<FloatingCatchments, double>[] methods = [a => a.TwoStep, a => a.Stepped, a => a.Gaussian, a => a.ThreeStep];
            for (var m = 0; m < methods.Length; m++)
            {
                Assert.Equal(measured.Supplies.Where(s => s.Ratios[m] is not null).Sum(s => s.Supply.Capacity ?? 0),
                    measured.Points.Sum(p => p.Point.Demand * methods[m](p.Access)), 1e-6);
                Assert.All(measured.Points, p => Assert.True(double.IsFinite(methods[m](p.Access))));
            }
            Assert.Equal(measured.Everywhere.Demand, measured.Everywhere.Covered + measured.LeftOut.Sum(p => p.Point.Demand));
            Assert.All(measured.Points, p => Assert.False(double.IsNaN(p.Nearest.Cost)));
            Assert.Equal(measured.Everywhere.Within, measured.Divisions[0].Within);
        }
    });

    [Fact]
    public void A_larger_threshold_never_covers_fewer() => ForAllTowns(40, town =>
    {
        foreach (var mode in new[] { 0, 1 })
        {
            var before = 0L;
            foreach (var limit in new[] { 200.0, 500, 900, 900.0001, 2000, 5000 })
            {
                var measured = town.Measured(BothWays(town, limit).ElementAt(mode), [limit]);
                Assert.True(measured.Everywhere.Covered >= before);
                before = measured.Everywhere.Covered;
            }
        }
    });

    [Fact]
    public void A_point_exactly_at_the_threshold_is_in_and_one_a_hair_beyond_is_not() => ForAllTowns(40, AThresholdIsSharp);

    [Fact]
    public void A_threshold_is_sharp_where_chord_and_arc_differ_by_less_than_rounding() => AThresholdIsSharp(NewTown(63));

    private static void AThresholdIsSharp(Town town)
    {
        foreach (var mode in new[] { 0, 1 })
            foreach (var way in BothWays(town, 1600).ElementAt(mode).Within
                .Where(w => w.Cost > 0 && town.Demand[w.Demand].Demand > 0).Take(5))
            {
                var at = BothWays(town, way.Cost).ElementAt(mode);
                Assert.Contains(at.Within, w => w == way);
                Assert.NotNull(town.Measured(at, [way.Cost]).Points.Single(p => p.Point == town.Demand[way.Demand]).Band);
                Assert.DoesNotContain(BothWays(town, Math.BitDecrement(way.Cost)).ElementAt(mode).Within, w => w == way);
            }
    }

    [Fact]
    public void Ways_along_the_roads_are_those_from_each_door_and_the_nearest_is_the_least_of_them() => ForAllTowns(60, town =>
    {
        var roads = town.Roads;
        var ways = roads.Within(double.MaxValue);
        int[] demand = [.. Enumerable.Range(0, town.Demand.Length).Where(i => roads.Demand[i] is not null)],
            supply = [.. Enumerable.Range(0, town.Supply.Length).Where(i => roads.Supply[i] is not null)];
        var forward = new PlaceCosts(town.Network.Graph, [.. supply.Select(i => roads.Supply[i]!.Value)])
            .Within([.. demand.Select(i => roads.Demand[i]!.Value)], double.MaxValue);
        var expected = forward.ToDictionary(c => (supply[c.To], demand[c.From]), c => c.Cost);
        Assert.Equal(expected.Count, ways.Within.Count);
        foreach (var (s, d, cost) in ways.Within) Assert.Equal(expected[(s, d)], cost, 1e-6);
        foreach (var of in ways.Within.GroupBy(w => w.Demand)) Assert.Equal(of.Min(w => w.Cost), ways.Nearest[of.Key].Cost);
    });

    [Fact]
    public void A_catchment_holds_what_is_well_within_and_the_dissolved_one_counts_no_overlap_twice() => ForAllTowns(15, town =>
    {
        var roads = town.Roads;
        var areas = CatchmentAreas.AlongRoads(town.Network, roads, Bands, offRoadMetres: 200, threads: 2);
        foreach (var (s, d, cost) in roads.Within(5000).Within)
            foreach (var area in areas.Where(a => a.Supply == s))
            {
                var margin = 2 * area.ErrorMetres;
                var door = new Point(town.Demand[d].Longitude, town.Demand[d].Latitude);
                if (cost <= Bands[area.Band] - margin && roads.Demand[d]!.Value.AccessMetres <= 200 - margin)
                    Assert.True(area.Area.Covers(door), $"{cost} in {Bands[area.Band]}");
            }
        foreach (var dissolved in areas.Where(a => a.Supply is null))
        {
            var parts = areas.Where(a => a.Supply is not null && a.Band == dissolved.Band).ToList();
            Assert.True(dissolved.Area.IsValid && parts.All(p => p.Area.IsValid));
            Assert.InRange(dissolved.Area.Area, parts.Max(p => p.Area.Area) * 0.999, parts.Sum(p => p.Area.Area) * 1.001);
        }
    });

    [Fact]
    public void A_circle_is_as_large_as_it_says()
    {
        var circle = StraightCatchment.Around(104.25, 23.37, 5000)!;
        foreach (var vertex in circle.Coordinates)
            Assert.Equal(5000, HazardMap.Geodesy.Geodesic.Distance(104.25, 23.37, vertex.X, vertex.Y), 0.02);
        Assert.True(circle.IsValid);
        Assert.InRange(StraightCatchment.ErrorMetres(5000), 1, 2);
        Assert.Null(StraightCatchment.Around(179.99, 0, 5000));
    }

    [Theory]
    [InlineData(new double[0], "BadBands")]
    [InlineData(new double[] { 0 }, "BadBands")]
    [InlineData(new double[] { 5, 5 }, "BadBands")]
    [InlineData(new double[] { double.NaN }, "BadBands")]
    [InlineData(new double[] { double.PositiveInfinity }, "BadBands")]
    public void Bands_that_make_no_sense_are_refused(double[] bands, string code) =>
        Assert.Equal(code, Assert.Throws<RefusalException>(() => CoverageMeasures.Of(bands)).Code);

    [Fact]
    public void Three_equal_bands_weigh_as_published() =>
        Assert.Equal([1, 0.68, 0.22], CoverageMeasures.Of([10, 20, 30]).StepWeights.Select(w => Math.Round(w, 2)));
}
