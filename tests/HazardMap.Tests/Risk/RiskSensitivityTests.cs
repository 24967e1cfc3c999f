using HazardMap.Geodesy;
using HazardMap.Network;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Tests.Geodesy;

namespace HazardMap.Tests.Risk;

public class RiskSensitivityTests
{
    private readonly Random _random = new(11);

    [Theory]
    [InlineData("2026-1")]
    [InlineData("2026-3")]
    [InlineData("2026-1-walk")]
    [InlineData("2026-2-walk")]
    public void Each_number_flips_what_scoring_everything_again_flips(string version)
    {
        var rule = Rules.Of(version);
        var facilities = Enumerable.Range(0, 40).Select(_ => Facility()).ToList();
        var waters = Enumerable.Range(0, 60).Select(_ => Water()).ToList();
        var roads = Roads();
        var sensitivity = new RiskSensitivity(rule, _ => waters, facilities, roads, 20);
        var before = Levels(rule, waters, facilities, roads);
        var swings = sensitivity.Parameters();
        Assert.DoesNotContain(swings, s => s.Path.StartsWith("season", StringComparison.Ordinal));
        foreach (var swing in swings)
            foreach (var side in new[] { swing.Lower, swing.Higher })
            {
                Assert.Null(side.Refused);
                var after = Levels(rule.With(new RuleParameter(swing.Path, side.Value)), waters, facilities, roads);
                Assert.Equal((after.Where((l, i) => l < before[i]).Count(), after.Where((l, i) => l > before[i]).Count()),
                    (side.Worse, side.Better));
            }
        Assert.True(swings[0].Flips > 3, $"{swings[0].Path} {swings[0].Flips}");
        Assert.Equal(swings.OrderByDescending(s => s.Flips).Select(s => s.Flips), swings.Select(s => s.Flips));
    }

    [Fact]
    public void A_number_that_cannot_be_turned_so_far_says_why()
    {
        var rule = Rules.Rule2026.With(new RuleParameter("levels.orange.atLeast", Rules.Rule2026.RedAtLeast - 1));
        var orange = new RiskSensitivity(rule, _ => [], [], null, 20).Parameters().Single(p => p.Path == "levels.orange.atLeast");
        Assert.Contains("levels.red.atLeast must be greater", orange.Higher.Refused);
        Assert.Null(orange.Lower.Refused);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(double.NaN)]
    public void A_percentage_without_sense_is_refused(double percent) =>
        Assert.Equal("BadPercent",
            Assert.Throws<RefusalException>(() => new RiskSensitivity(Rules.Rule2026, _ => [], [], null, percent)).Code);

    private static RiskLevel[] Levels(ProximityRule rule, List<RiskHazard> waters, List<RiskFacility> facilities, RoadNetwork roads)
    {
        var scores = new double[waters.Count];
        new RiskScorer(rule, facilities, roads).Score(waters, scores);
        return [.. scores.Select(rule.LevelOf)];
    }

    // Streets from west to east, and one from south to north through all of them.
    private static RoadNetwork Roads()
    {
        var (shapes, edges) = (new RoadShapes(), new List<RoadEdge>());
        void Add(int from, int to, (double, double) start, (double, double) end)
        {
            shapes.Add([start, end]);
            var metres = Geodesic.Distance(start.Item1, start.Item2, end.Item1, end.Item2);
            edges.Add(new RoadEdge(edges.Count, from, to, metres, metres));
        }
        for (var i = 0; i < 9; i++)
        {
            var latitude = 23.36 + 0.01 * i;
            Add(3 * i, 3 * i + 1, (104.15, latitude), (104.2, latitude));
            Add(3 * i + 1, 3 * i + 2, (104.2, latitude), (104.23, latitude));
            if (i > 0) Add(3 * i - 2, 3 * i + 1, (104.2, latitude - 0.01), (104.2, latitude));
        }
        return new RoadNetwork(RoadGraph.Of(edges), shapes);
    }

    private RiskFacility Facility()
    {
        var (longitude, latitude) = GeodesicTests.Nearby(_random, 104.2, 23.4, 5000);
        return new RiskFacility(Guid.NewGuid(), longitude, latitude, _random.Next(60), _random.Next(700));
    }

    private RiskHazard Water()
    {
        var (longitude, latitude) = GeodesicTests.Nearby(_random, 104.2, 23.4, 5000);
        var traits = new HazardTraits((HazardKind)_random.Next(10), _random.Next(4) == 0 ? null : _random.NextDouble() * 5,
            (Flow)_random.Next(3), (Bank)_random.Next(3),
            (Access)_random.Next(3), _random.Next(2) == 0, _random.Next(2) == 0, _random.Next(2) == 0, _random.Next(2) == 0,
            _random.Next(2) == 0, HazardStatus.Active, _random.Next(3));
        return new RiskHazard(Guid.NewGuid(), longitude, latitude, null, traits);
    }
}
