using HazardMap.Register;
using HazardMap.Risk.Rules;

namespace HazardMap.Tests.Risk;

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

    [Fact]
    public void An_exposure_is_right_to_the_last_digits_at_the_door_and_at_fifty_kilometres()
    {
        var random = new Random(3);
        for (var n = 0; n < 20_000; n++)
        {
            var metres = n == 0 ? 0 : 50_000 * Math.Pow(random.NextDouble(), 4);
            var (under5, aged5To14) = (random.Next(300), 1 + random.Next(3000));
            var expected = under5 * Math.Exp(-metres / 79) + aged5To14 * Math.Exp(-metres / 517);
            Assert.InRange(Rules.Rule2026.Exposure(under5, aged5To14, metres), expected * (1 - 1e-15), expected * (1 + 1e-15));
        }
    }

    [Theory]
    [InlineData("2026-1", DistanceMode.Straight, null, null)]
    [InlineData("2026-1-walk", DistanceMode.Walk, null, null)]
    [InlineData("2026-2", DistanceMode.Straight, 500.0, null)]
    [InlineData("2026-2-walk", DistanceMode.Walk, null, 250.0)]
    public void A_rule_says_how_distance_is_measured(string version, DistanceMode mode, double? reach, double? bank) =>
        Assert.Equal(new RiskDistance(mode, reach, bank), Rules.Of(version).Distance);

    [Fact]
    public void But_for_the_distance_the_walking_rules_have_the_numbers_of_2026_1()
    {
        foreach (var version in new[] { "2026-1-walk", "2026-2-walk" })
            Assert.Equal(Rules.Rule2026.Parameters,
                Rules.Of(version).Parameters.Where(p => !p.Path.StartsWith("distance.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Metres_to_the_bank_are_for_walking_only()
    {
        var refusal = Assert.Throws<RefusalException>(() => RiskRule.Parse(Rules.Text("2026-2-walk").Replace("\"Walk\"", "\"Straight\"",
            StringComparison.Ordinal)));
        Assert.Equal(("InvalidRule", "distance.bankMetres"), (refusal.Code, refusal.Target));
    }

    [Fact]
    public void A_hazard_of_which_nothing_is_known_is_neither_raised_nor_lowered() =>
        Assert.Equal(1, Rules.Rule2026.Multiplier(PlainStream));

    [Fact]
    public void Factors_multiply_to_the_multiplier_and_each_names_its_source()
    {
        var pit = new HazardTraits(HazardKind.Pit, 3.5, Flow.Still, Bank.Sheer, Access.Fenced, true, true, true, true, true);
        var factors = Rules.Rule2026.Factors(pit);
        Assert.Equal(["kind", "depth", "flow", "bank", "access", "sign", "ring", "rope", "pole", "camera"],
            factors.Select(f => f.Name).ToArray());
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

    [Theory]
    [InlineData("\"metres\": 79", "\"metres\": NaN", "decay.under5.metres", "\"under5\"")]
    [InlineData("\"metres\": 79", "\"metres\": -79", "decay.under5.metres", "\"under5\"")]
    [InlineData("\"metres\": 79", "\"metres\": 79, \"metres\": 80", "decay.under5.metres", "\"under5\"")]
    [InlineData("\"metres\": 79, ", "", "decay.under5.metres", "\"under5\"")]
    [InlineData("\"yellow\": {", "\"blue\": {", "levels.yellow", "\"levels\"")]
    public void A_refusal_points_at_the_line(string right, string wrong, string key, string onTheLineOf)
    {
        Assert.Contains(right, Rules.Text2026);
        var refusal = Assert.Throws<RefusalException>(() => RiskRule.Parse(Rules.Text2026.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Equal(key, refusal.Target);
        var line = Rules.Text2026[..Rules.Text2026.IndexOf(onTheLineOf, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        Assert.Contains($"line {line},", refusal.Message);
        Assert.Contains($"第 {line} 行", refusal.MessageZh);
    }

    [Fact]
    public void Sources_are_told_in_both_languages()
    {
        foreach (var rule in Rules.Versions.Select(Rules.Any).OfType<ProximityRule>())
            Assert.All(rule.Factors(PlainStream), f => Assert.NotEqual(f.Source, f.SourceZh, StringComparer.Ordinal));
    }

    [Fact]
    public void August_keeps_its_18_percent_and_the_afternoon_its_65()
    {
        var season = Rules.Rule2026.Season;
        Assert.Equal(0.180, 1 / season.Months.Sum(m => m.Multiplier), 0.001);
        Assert.Equal(0.651, season.Hours.Skip(12).Take(6).Sum(h => h.Multiplier) / season.Hours.Sum(h => h.Multiplier), 0.001);
    }

    [Theory]
    [InlineData("2026-08-15T07:00:00Z", 1.0)]
    [InlineData("2026-01-15T03:00:00Z", 0.17 * 0.58)]
    [InlineData("2026-07-31T18:30:00Z", 1.0 * 0.01)]
    public void A_time_is_read_on_the_rules_own_clock(string at, double factor) =>
        Assert.Equal(factor, Rules.Rule2026.Season.Of(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)), 1e-12);

    [Fact]
    public void The_first_and_the_last_hour_that_a_calendar_knows_have_their_factors_too()
    {
        var season = Rules.Rule2026.Season;
        string MonthAndHour(DateTimeOffset at) => string.Join(' ', season.Factors(at).Select(f => f.Value));
        Assert.Equal("1 7", MonthAndHour(DateTimeOffset.MaxValue));
        Assert.Equal("1 8", MonthAndHour(DateTimeOffset.MinValue));
        Assert.Equal("2 23", MonthAndHour(new DateTimeOffset(2024, 2, 29, 15, 0, 0, TimeSpan.Zero)));
        Assert.Equal("3 0", MonthAndHour(new DateTimeOffset(2025, 2, 28, 16, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("\"cutoff\": {", "\"cutoff\": { \"half\\ud800\": 1, ", "cutoff")]
    [InlineData("\"timeZone\": \"Asia/Shanghai\"", "\"timeZone\": \"\\udc00\"", "season.timeZone")]
    public void Half_a_character_is_refused_by_the_key_it_is_in(string right, string wrong, string key)
    {
        Assert.Contains(right, Rules.Text2026);
        var refusal = Assert.Throws<RefusalException>(() => RiskRule.Parse(Rules.Text2026.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Equal(("InvalidRule", key), (refusal.Code, refusal.Target));
    }

    [Fact]
    public void A_refusal_in_Chinese_is_all_Chinese()
    {
        string Zh(string text) => Assert.Throws<RefusalException>(() => RiskRule.Parse(text)).MessageZh;
        Assert.Contains("文件须为 JSON 对象", Zh("[]"));
        Assert.Contains("文件不是有效的 JSON", Zh("<html>"));
        Assert.Contains("须为 Straight 或 Walk",
            Zh(Rules.Text2026.Replace("\"mode\": \"Straight\"", "\"mode\": \"Fly\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Past_incidents_count_where_the_rule_asks_for_them_and_nowhere_else()
    {
        var known = PlainStream with { Incidents = 1 };
        Assert.Equal(1, Rules.Rule2026.Multiplier(known));
        Assert.Equal(1, Rules.Of("2026-2").Multiplier(known));
        Assert.Equal([1.0, 1.5, 2.0, 2.0],
            new[] { 0, 1, 2, 7 }.Select(n => Rules.Of("2026-3").Multiplier(PlainStream with { Incidents = n })));
    }

    [Fact]
    public void Levels_out_of_order_are_refused()
    {
        var rule = Rules.Rule2026;
        var text = Rules.Text2026.Replace(FormattableString.Invariant($"\"atLeast\": {rule.RedAtLeast}"), "\"atLeast\": 1",
            StringComparison.Ordinal);
        Assert.Equal("levels.red.atLeast", Assert.Throws<RefusalException>(() => RiskRule.Parse(text)).Target);
    }
}
