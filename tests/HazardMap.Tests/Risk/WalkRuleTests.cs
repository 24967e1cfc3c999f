using HazardMap.Geodesy;
using HazardMap.Network;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Tests.Network;
using NetTopologySuite.Geometries;

namespace HazardMap.Tests.Risk;

public class WalkRuleTests
{
    private static readonly ProximityRule Walk = Rules.Of("2026-1-walk"), BestExit = Rules.Of("2026-2-walk");
    private static readonly HazardTraits Pond = new(HazardKind.Pond, null, null, null, null, false, false, false, false, false);

    [Fact]
    public void Without_any_roads_the_scores_are_those_of_the_straight_rule()
    {
        var (hazards, facilities) = World(new Random(3));
        var (straight, walked) = (new double[hazards.Count], new double[hazards.Count]);
        Assert.Equal(new RiskScorer(Rules.Rule2026, facilities).Score(hazards, straight),
            new RiskScorer(Walk, facilities, new RoadNetwork(RoadGraph.Of([]), new RoadShapes())).Score(hazards, walked));
        Assert.Equal(straight, walked);
    }

    [Fact]
    public void Where_no_road_is_within_the_cut_off_of_the_door_or_the_water_roads_are_not_loaded_and_the_distance_is_straight()
    {
        var shapes = new RoadShapes();
        shapes.Add([(104, 23), (104.01, 23)]);
        var roads = new RoadNetwork(RoadGraph.Of([new(1, 1, 2, 1025, 1025)]), shapes);
        RiskFacility school = new(Guid.NewGuid(), 104, 23.05, 0, 100), near = new(Guid.NewGuid(), 104.002, 23.001, 0, 100);
        var exposures = new RiskScorer(Walk, [school, near], roads)
            .Explain(new RiskHazard(Guid.NewGuid(), 104, 23.026, null, Pond)).Exposures;
        Assert.Equal(2658, Assert.Single(exposures, e => e.Mode == DistanceMode.Straight).DistanceMetres, 10.0);
        // The other's way is 3,100 m long: there is one, so the pair is out.
        Assert.DoesNotContain(exposures, e => e.Facility.Id == near.Id);
    }

    [Fact]
    public void A_school_at_one_end_of_a_long_lake_is_not_sent_to_the_other_end()
    {
        // A road runs along the lake, some 100 m from it, and after two kilometres down to the shore.
        var shapes = new RoadShapes();
        shapes.Add([(104, 23), (104.02, 23), (104.02, 22.9995)]);
        var metres = Geodesic.Distance(104, 23, 104.02, 23) + Geodesic.Distance(104.02, 23, 104.02, 22.9995);
        var roads = new RoadNetwork(RoadGraph.Of([new(1, 1, 2, metres, metres)]), shapes);
        var shore = GeoJson.Factory.CreateLineString([new(104, 22.999), new(104.01, 22.999), new(104.02, 22.999), new(104.03, 22.999)]);
        var lake = new RiskHazard(Guid.NewGuid(), 104, 22.999, ShapeIndex.Of(shore), Pond);
        RiskFacility school = new(Guid.NewGuid(), 104, 23.0001, 0, 300);
        RiskExposure Exposure(ProximityRule rule) => Assert.Single(new RiskScorer(rule, [school], roads).Explain(lake).Exposures);
        Assert.Equal(11 + metres + 55, Exposure(Walk).DistanceMetres, 1.0);
        Assert.Equal(11 + 111, Exposure(BestExit).DistanceMetres, 1.0);
        Assert.Equal(DistanceMode.Walk, Exposure(BestExit).Mode);
        Assert.Equal(new WalkedWay(11, 0, 111), Exposure(BestExit).Way!.Value,
            (a, b) => Math.Abs(a.DoorMetres - b.DoorMetres) < 0.5 && b.PathMetres == 0 && Math.Abs(a.BankMetres - b.BankMetres) < 0.5);
    }

    [Fact]
    public void Where_no_road_comes_within_250_metres_of_the_water_the_distance_is_straight()
    {
        var shapes = new RoadShapes();
        shapes.Add([(104, 23), (104.01, 23)]);
        var roads = new RoadNetwork(RoadGraph.Of([new(1, 1, 2, 1025, 1025)]), shapes);
        RiskFacility school = new(Guid.NewGuid(), 104.01, 23, 0, 100);
        RiskExposure Exposure(double latitude) => Assert.Single(new RiskScorer(BestExit, [school], roads)
            .Explain(new RiskHazard(Guid.NewGuid(), 104, latitude, null, Pond)).Exposures);
        Assert.Equal(DistanceMode.Walk, Exposure(23.00225).Mode);   // 249 m
        Assert.Equal(DistanceMode.Straight, Exposure(23.00227).Mode);   // 251 m
        Assert.Equal(Geodesic.Distance(104.01, 23, 104, 23.00227), Exposure(23.00227).DistanceMetres, 0.01);
    }

    [Theory]
    [InlineData("2026-1-walk", 1)]
    [InlineData("2026-1-walk", 2)]
    [InlineData("2026-1-walk", 3)]
    [InlineData("2026-2-walk", 1)]
    [InlineData("2026-2-walk", 2)]
    [InlineData("2026-2-walk", 3)]
    public void In_any_town_every_pair_is_walked_or_straight_as_the_contract_says_and_edits_agree_with_runs(string version, int seed)
    {
        var rule = Rules.Of(version);
        var random = new Random(seed);
        var (hazards, facilities) = World(random);
        var shapes = RoadIndexTests.Scatter(random, 104.02, 23.02, 0.05, edges: 40).Shapes;
        // Every third road is joined to the next at its end, every fifth is one-way.
        var roads = new RoadNetwork(RoadGraph.Of(Enumerable.Range(0, 40)
            .Select(i => new RoadEdge(i, i / 3 * 2, i % 3 + i / 3 * 2 + 1, 300, i % 5 == 0 ? -1 : 300))), shapes);
        var scores = new double[hazards.Count];
        var scorer = new RiskScorer(rule, facilities, roads);
        var pairs = scorer.Score(hazards, scores);
        long counted = 0;
        for (var i = 0; i < hazards.Count; i++)
        {
            var explained = scorer.Explain(hazards[i]);
            Assert.Equal(scores[i], explained.Score);
            counted += explained.Exposures.Count;
            foreach (var e in explained.Exposures)
            {
                var straight = ShapeDistance.Metres(new SurfacePoint(e.Facility.Longitude, e.Facility.Latitude),
                    hazards[i].Shape ?? ShapeIndex.Of(hazards[i].Longitude, hazards[i].Latitude), 50_000);
                Assert.Equal(e.Way is { } way ? Math.Max(straight, way.Metres) : straight, e.DistanceMetres, 1e-9);
                Assert.InRange(e.DistanceMetres, straight - 1e-6, 3000);
            }
            // A single edit knows only its neighbours, in any order.
            var neighbours = facilities.OrderBy(_ => random.Next()).ToList();
            Assert.Equal(scores[i], new RiskScorer(rule, neighbours, roads).ScoreOne(hazards[i]));
        }
        Assert.Equal(pairs, counted);
    }

    private static (List<RiskHazard>, List<RiskFacility>) World(Random random)
    {
        (double X, double Y) Place() => (104 + 0.05 * random.NextDouble(), 23 + 0.05 * random.NextDouble());
        var facilities = Enumerable.Range(0, 30).Select(_ => Place())
            .Select(p => new RiskFacility(Guid.NewGuid(), p.X, p.Y, random.Next(50), random.Next(500))).ToList();
        var hazards = Enumerable.Range(0, 20).Select(i =>
        {
            var (x, y) = Place();
            Geometry shape = i % 2 == 0 ? GeoJson.Factory.CreatePoint(new Coordinate(x, y)) : GeoJson.Factory.CreateLineString([new(x, y),
                new(x + 0.01, y + 0.004), new(x + 0.012, y - 0.003)]);
            return new RiskHazard(Guid.NewGuid(), x, y, shape is Point ? null : ShapeIndex.Of(shape), Pond);
        }).ToList();
        return (hazards, facilities);
    }
}
