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
    public void Each_number_flips_what_scoring_everything_again_flips(string version)
    {
        var rule = Rules.Of(version);
        var facilities = Enumerable.Range(0, 40).Select(_ => Facility()).ToList();
        var waters = Enumerable.Range(0, 60).Select(_ => Water()).ToList();
        var sensitivity = new RiskSensitivity(rule, _ => waters, facilities, null, 20);
        var before = Levels(rule, waters, facilities);
        var swings = sensitivity.Parameters();
        Assert.DoesNotContain(swings, s => s.Path.StartsWith("season", StringComparison.Ordinal));
        foreach (var swing in swings)
            foreach (var side in new[] { swing.Lower, swing.Higher })
            {
                Assert.Null(side.Refused);
                var after = Levels(rule.With(new RuleParameter(swing.Path, side.Value)), waters, facilities);
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

    private static RiskLevel[] Levels(RiskRule rule, List<RiskHazard> waters, List<RiskFacility> facilities)
    {
        var scores = new double[waters.Count];
        new RiskScorer(rule, facilities).Score(waters, scores);
        return [.. scores.Select(rule.LevelOf)];
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
