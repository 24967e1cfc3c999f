using HazardMap.Proximity;
using HazardMap.Register;

namespace HazardMap.Tests.Proximity;

public class RiskRuleTests
{
    private static readonly HazardTraits PlainStream = new(HazardKind.Stream, null, null, null, null, false, false, false, false, false);

    [Fact]
    public void The_rule_of_2026_has_the_numbers_of_the_contract()
    {
        var rule = Rules.Rule2026;
        Assert.Equal(("2026-1", 79, 517, 3000), (rule.Version, rule.DecayUnder5Metres, rule.DecayAged5To14Metres, rule.CutoffMetres));
        Assert.Equal(10 * Math.Exp(-1) + 20 * Math.Exp(-79 / 517.0), rule.Exposure(10, 20, 79));
    }

    [Theory]
    [InlineData("2026-1", DistanceMode.Straight, null)]
    [InlineData("2026-1-walk", DistanceMode.Walk, null)]
    [InlineData("2026-2", DistanceMode.Straight, 500.0)]
    public void A_rule_says_how_distance_is_measured(string version, DistanceMode mode, double? reach) =>
        Assert.Equal(new RiskDistance(mode, reach), Rules.Of(version).Distance);

    [Fact]
    public void A_hazard_of_which_nothing_is_known_is_neither_raised_nor_lowered() =>
        Assert.Equal(1, Rules.Rule2026.Multiplier(PlainStream));

    [Fact]
    public void Factors_multiply_to_the_multiplier_and_each_names_its_source()
    {
        var pit = new HazardTraits(HazardKind.Pit, 3.5, Flow.Still, Bank.Sheer, Access.Fenced, true, true, true, true, true);
        var factors = Rules.Rule2026.Factors(pit);
        Assert.Equal(["kind", "depth", "flow", "bank", "access", "sign", "ring", "rope", "pole", "camera"], factors.Select(f => f.Name).ToArray());
        Assert.Equal(Rules.Rule2026.Multiplier(pit), factors.Aggregate(1.0, (product, f) => product * f.Multiplier));
        Assert.All(factors, f => Assert.NotEmpty(f.Source));
        Assert.Contains("Cochrane", factors.Single(f => f.Name == "access").Source);
    }

    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(0.5, 0.8)]
    [InlineData(1.2, 1.0)]
    [InlineData(4.0, 1.3)]
    [InlineData(900.0, 1.3)]
    public void Depth_falls_into_the_first_band_whose_bound_is_greater(double metres, double multiplier) =>
        Assert.Equal(multiplier, Rules.Rule2026.Multiplier(PlainStream with { DepthMetres = metres }));

    [Fact]
    public void A_closed_hazard_is_multiplied_by_nothing_and_says_so()
    {
        var closed = PlainStream with { Status = HazardStatus.Closed };
        Assert.Equal(0, Rules.Rule2026.Multiplier(closed));
        Assert.Equal(0, Rules.Rule2026.Factors(closed)[^1].Multiplier);
        Assert.Equal(RiskLevel.Blue, Rules.Rule2026.LevelOf(0));
    }

    [Theory]
    [InlineData("\"Weir\": { \"multiplier\": 1.3", "\"Dam\": { \"multiplier\": 1.3", "factors.kind.Weir")]
    [InlineData("\"Well\": { \"multiplier\": 0.7", "\"Well\": { \"multiplier\": -0.7", "factors.kind.Well.multiplier")]
    [InlineData("\"Well\": { \"multiplier\": 0.7", "\"Well\": { \"multiplier\": \"NaN\"", "factors.kind.Well.multiplier")]
    [InlineData("\"Well\": { \"multiplier\": 0.7", "\"Well\": { \"times\": 2, \"multiplier\": 0.7", "factors.kind.Well.times")]
    [InlineData("\"source\": \"cochrane\"", "\"source\": \"hearsay\"", "factors.access.Fenced.source")]
    [InlineData("\"sureness\": \"high\"", "\"sureness\": \"very\"", "cutoff.sureness")]
    [InlineData("\"metres\": 79", "\"metres\": 0", "decay.under5.metres")]
    [InlineData("\"metres\": 3000", "\"metres\": 60000", "cutoff.metres")]
    [InlineData("\"belowMetres\": 2,", "\"belowMetres\": 1,", "factors.depth.bands[2].belowMetres")]
    [InlineData("\"mode\": \"Straight\"", "\"mode\": \"Fly\"", "distance.mode")]
    [InlineData("\"reachMetres\": null", "\"reachMetres\": -1", "distance.reachMetres")]
    [InlineData("\"reachMetres\": null, ", "", "distance.reachMetres")]
    [InlineData("\"yellow\": {", "\"yelow\": {", "levels.yellow")]
    [InlineData("\"decay\": {", "\"extra\": {}, \"decay\": {", "extra")]
    [InlineData("\"version\": \"2026-1\"", "\"version\": \"../etc\"", "version")]
    public void A_wrong_rule_is_refused_naming_the_key(string right, string wrong, string key)
    {
        Assert.Contains(right, Rules.Text2026);
        var refusal = Assert.Throws<RefusalException>(() => RiskRule.Parse(Rules.Text2026.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Equal(("InvalidRule", key), (refusal.Code, refusal.Target));
    }

    [Fact]
    public void Levels_out_of_order_are_refused()
    {
        var rule = Rules.Rule2026;
        var text = Rules.Text2026.Replace(FormattableString.Invariant($"\"atLeast\": {rule.RedAtLeast}"), "\"atLeast\": 1", StringComparison.Ordinal);
        Assert.Equal("levels.red.atLeast", Assert.Throws<RefusalException>(() => RiskRule.Parse(text)).Target);
    }
}
