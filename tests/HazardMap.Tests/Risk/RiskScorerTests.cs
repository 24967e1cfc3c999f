using FsCheck;
using FsCheck.Fluent;
using HazardMap.Geodesy;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Tests.Geodesy;
using NetTopologySuite.Geometries;

namespace HazardMap.Tests.Risk;

public class RiskScorerTests
{
    private static readonly HazardTraits Pond = new(HazardKind.Pond, 2.5, Flow.Still, null, Access.Open, true, false, false, false, false);

    private static RiskFacility School(double longitude, double latitude, int under5 = 0, int aged5To14 = 100) =>
        new(Guid.NewGuid(), longitude, latitude, under5, aged5To14);

    [Fact]
    public void A_pond_on_the_equator_scores_what_the_formula_says()
    {
        var school = School(0.001, 0, under5: 10, aged5To14: 200);
        var scorer = new RiskScorer(Rules.Rule2026, [school, School(1, 0)]);
        var d = Geodesic.Distance(0, 0, 0.001, 0);
        var expected = (10 * Math.Exp(-d / 79) + 200 * Math.Exp(-d / 517)) * 1.2 * 1.2 * 0.95;
        Assert.Equal(expected, scorer.ScoreOne(new RiskHazard(Guid.NewGuid(), 0, 0, null, Pond)), 1e-9);
    }

    [Fact]
    public void A_school_across_the_antimeridian_counts()
    {
        var scorer = new RiskScorer(Rules.Rule2026, [School(-179.999, 0), School(180, 0), School(179.999, 0)]);
        Assert.Equal(3, scorer.Explain(new RiskHazard(Guid.NewGuid(), 180, 0, null, Pond)).Exposures.Count);
        Assert.Equal(3, scorer.Explain(new RiskHazard(Guid.NewGuid(), -179.9995, 0, null, Pond)).Exposures.Count);
    }

    [Fact]
    public void At_the_pole_every_longitude_is_near() =>
        Assert.Equal(3, new RiskScorer(Rules.Rule2026, [School(0, 89.99), School(120, 89.99), School(-77, 90)])
            .Explain(new RiskHazard(Guid.NewGuid(), 45, 90, null, Pond)).Exposures.Count);

    [Fact]
    public void A_school_in_the_middle_of_a_wide_lake_is_at_distance_zero()
    {
        var lake = GeoJson.Read("""{"type":"Polygon","coordinates":[[[104,23],[104.3,23],[104.3,23.3],[104,23.3],[104,23]]]}""");
        var scorer = new RiskScorer(Rules.Rule2026, [School(104.15, 23.15)]);
        Assert.Equal(0, Assert.Single(scorer.Explain(Of(lake)).Exposures).DistanceMetres);
    }

    [Fact]
    public void A_closed_hazard_scores_nothing() =>
        Assert.Equal(0, new RiskScorer(Rules.Rule2026, [School(0, 0)])
            .ScoreOne(new RiskHazard(Guid.NewGuid(), 0, 0, null, Pond with { Status = HazardStatus.Closed })));

    [Fact]
    public void A_negative_count_is_refused() =>
        Assert.Equal("NegativeCount", Assert.Throws<RefusalException>(() => new RiskScorer(Rules.Rule2026, [School(0, 0, -1)])).Code);

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(0, 90.1)]
    public void A_facility_off_the_globe_is_refused(double longitude, double latitude) =>
        Assert.Equal("CoordinateOutOfRange",
            Assert.Throws<RefusalException>(() => new RiskScorer(Rules.Rule2026, [School(longitude, latitude)])).Code);

    [Fact]
    public void In_any_world_full_run_single_edit_and_explanation_agree_with_measuring_every_pair() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private static bool Agrees(int seed)
    {
        var random = new Random(seed);
        var (hazards, facilities) = World(random);
        var scorer = new RiskScorer(Rules.Rule2026, facilities);
        var scores = new double[hazards.Count];
        var pairs = scorer.Score(hazards, scores);
        long measured = 0;
        for (var i = 0; i < hazards.Count; i++)
        {
            var near = facilities.Select(f => (f, d: Measure(f, hazards[i]))).Where(p => p.d <= 3000).ToList();
            measured += near.Count;
            var expected = near.Sum(p => Rules.Rule2026.Exposure(p.f.Under5, p.f.Aged5To14, p.d))
                * Rules.Rule2026.Multiplier(hazards[i].Traits);
            if (Math.Abs(scores[i] - expected) > 1e-9 * expected) return false;
            // A single edit knows only the neighbours, in whatever order the database gives them.
            var neighbours = near.Select(p => p.f).OrderBy(_ => random.Next()).ToList();
            if (new RiskScorer(Rules.Rule2026, neighbours).ScoreOne(hazards[i]) != scores[i]) return false;
            var explanation = scorer.Explain(hazards[i]);
            if (explanation.Score != scores[i] || explanation.Exposures.Count != near.Count) return false;
            if (Math.Abs(explanation.Exposures.Sum(e => e.Exposure) * explanation.Factors.Aggregate(1.0, (p, f) => p * f.Multiplier)
                - scores[i]) > 1e-12 * scores[i]) return false;
            if (Math.Abs(explanation.Exposures.Sum(e => e.Contribution) - scores[i]) > 1e-12 * scores[i]) return false;
        }
        return pairs == measured;
    }

    private static (List<RiskHazard>, List<RiskFacility>) World(Random random)
    {
        double[] latitudes = [0, 23.4, 47, 60, -33, 89.99];
        (double Longitude, double Latitude) centre = (random.Next(3) == 0 ? 180 : random.NextDouble() * 360 - 180,
            latitudes[random.Next(latitudes.Length)]);
        (double Longitude, double Latitude) Somewhere(double metres) =>
            GeodesicTests.Nearby(random, centre.Longitude, centre.Latitude, metres);
        var facilities = Enumerable.Range(0, 60).Select(_ => Somewhere(6000))
            .Select(p => School(p.Longitude, p.Latitude, random.Next(0, 50), random.Next(1, 900))).ToList();
        var hazards = Enumerable.Range(0, 25).Select(_ =>
        {
            var p = Somewhere(6000);
            return random.Next(3) > 0 ? new RiskHazard(Guid.NewGuid(), p.Longitude, p.Latitude, null, Pond)
                : Of(GeoJson.Factory.CreateLineString([.. Enumerable.Range(0, random.Next(2, 60)).Select(_ => Somewhere(9000))
                    .Select(c => new Coordinate(c.Longitude, c.Latitude))]));
        }).ToList();
        return (hazards, facilities);
    }

    private static RiskHazard Of(Geometry shape) => new(Guid.NewGuid(), shape.Coordinate.X, shape.Coordinate.Y, ShapeIndex.Of(shape), Pond);

    private static double Measure(RiskFacility f, RiskHazard h) => h.Shape is null
        ? Geodesic.Distance(f.Longitude, f.Latitude, h.Longitude, h.Latitude)
        : ShapeDistance.Metres(new SurfacePoint(f.Longitude, f.Latitude), h.Shape, 50_000);
}
