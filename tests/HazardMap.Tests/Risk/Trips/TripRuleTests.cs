using HazardMap.Register;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;

namespace HazardMap.Tests.Risk.Trips;

public class TripRuleTests
{
    private static readonly TripRule Rule = Rules.Trips();
    private static readonly string Text = Rules.Text("2027-1");

    [Fact]
    public void The_rule_of_2027_has_the_numbers_of_its_specification()
    {
        Assert.Equal((40, 350), (Rule.Decay.Aged1To4.Value, Rule.Decay.Aged5To14.Value));
        Assert.Equal((0.5, 1.5), (Rule.StayingAway.Aged1To4.Value, Rule.StayingAway.Aged5To14.Value));
        Assert.Equal((0.2226, 0.2456, 0.693, 0.5), (Rule.ChildrenOfPopulation.Value, Rule.ChildrenOfAge.Aged1To4.Value,
            Rule.ChildrenOfAge.Aged5To14.Value, Rule.Town.Value));
        Assert.Equal((3.69, 3.06, 0.9, 5), (Rule.Rates.Per100000.Aged1To4.Value, Rule.Rates.Per100000.Aged5To14.Value,
            Rule.Rates.LedgerShare.Value, Rule.Rates.PriorDeaths.Value));
        Assert.Equal((4, 2, 1, 0.6), (Rule.RedAtLeast, Rule.OrangeAtLeast, Rule.YellowAtLeast, Rule.HeldAtLeast.Value));
        Assert.Equal((3000, new RiskDistance(DistanceMode.Straight, 500)), (Rule.CutoffMetres, Rule.Distance));
        Assert.Equal((0.05, 0.18, 0.651, 0.7), (Rule.Visits.Value, Rule.Times.PeakMonthShare.Value, Rule.Times.AfternoonShare.Value,
            Rule.WaterItself.Sd));
        Assert.Equal([0.6, 1.3, 2.1], Rule.Spread.Radii.Select(r => r.Value).ToArray());
        Assert.Equal([150, 600, 350, 600], new double?[] { 0.01, 1e9, Math.PI, null }.Select(Rule.Spread.CentreMetres).ToArray());
    }

    [Fact]
    public void The_walking_twin_differs_in_the_distance_only()
    {
        var walk = Rules.Trips("2027-1-walk");
        Assert.Equal(new RiskDistance(DistanceMode.Walk, 500, 250), walk.Distance);
        Assert.Equal(Rule.Parameters, walk.Parameters.Where(p => p.Path is not "distance.bankMetres.value"));
    }

    [Fact]
    public void Every_number_of_the_file_is_a_parameter_once_with_its_spread_and_both_languages()
    {
        var values = System.Text.RegularExpressions.Regex.Count(Text, "\"value\":") + System.Text.RegularExpressions.Regex.Count(Text,
            "\"belowMetres\": [0-9]");
        Assert.Equal(values, Rule.Parameters.Count);
        Assert.Equal(Rule.Parameters.Count, Rule.Parameters.Select(p => p.Path).ToHashSet(StringComparer.Ordinal).Count);
        Assert.All(Rule.Numbers, n => Assert.NotEqual(n.Source.En, n.Source.Zh, StringComparer.Ordinal));
        Assert.Contains(new RuleParameter("decay.aged5To14.value", 350, 0.35), Rule.Parameters);
        foreach (var number in Rule.Numbers.Where(n => n.Sd == 0))
            Assert.Contains("spread", number.Source.En);
    }

    [Theory]
    [InlineData("\"value\": 40, \"sd\": 0.5", "\"value\": 40, \"sd\": -0.5", "decay.aged1To4.sd")]
    [InlineData("\"value\": 40, \"sd\": 0.5", "\"value\": 40", "decay.aged1To4.sd")]
    [InlineData("\"value\": 40, \"sd\": 0.5", "\"value\": 40, \"sd\": null", "decay.aged1To4.sd")]
    [InlineData("\"value\": 40, \"sd\": 0.5", "\"value\": 0, \"sd\": 0.5", "decay.aged1To4.value")]
    [InlineData("\"value\": 40, \"sd\": 0.5", "\"value\": NaN, \"sd\": 0.5", "decay.aged1To4.value")]
    [InlineData("\"value\": 40, \"sd\": 0.5", "\"value\": 40, \"sd\": 0.5, \"sd\": 0.5", "decay.aged1To4.sd")]
    [InlineData("\"value\": 40, \"sd\": 0.5", "\"value\": 40, \"mean\": 1, \"sd\": 0.5", "decay.aged1To4.mean")]
    [InlineData("\"model\": \"Trips\"", "\"model\": \"Huff\"", "model")]
    [InlineData("\"from\": 8, \"to\": 12, \"value\": 0.15", "\"from\": 8, \"to\": 13, \"value\": 0.15", "unsupervised[2]")]
    [InlineData("\"from\": 8, \"to\": 12, \"value\": 0.15", "\"from\": 12, \"to\": 12, \"value\": 0.15", "unsupervised[1].to")]
    [InlineData("\"from\": 8, \"to\": 12, \"value\": 0.15", "\"from\": 8, \"to\": 12, \"value\": 1.5", "unsupervised[1].value")]
    [InlineData("\"base\": \"Boarding\", \"days\": [\"SchoolDay\"], \"from\": 17, \"to\": 24",
        "\"base\": \"Boarding\", \"days\": [\"SchoolDay\"], \"from\": 16, \"to\": 24", "stays[2]")]
    [InlineData("\"base\": \"Boarding\", \"days\": [\"SchoolDay\"], \"from\": 17, \"to\": 24",
        "\"base\": \"Boarding\", \"days\": [\"SchoolDay\", \"SchoolDay\"], \"from\": 17, \"to\": 24", "stays[2].days[1]")]
    [InlineData("\"base\": \"School\", \"age\": \"Aged5To14\", \"days\": [\"SchoolDay\"], \"from\": 14, \"to\": 17",
        "\"base\": \"School\", \"age\": \"Aged5To14\", \"days\": [\"SchoolDay\"], \"from\": 14, \"to\": 18", "unsupervised[7]")]
    [InlineData("\"value\": 0.693", "\"value\": 0.8", "children.aged5To14.value")]
    [InlineData("\"primary\": { \"value\": 0.6", "\"primary\": { \"value\": 0.7", "catchment.stages")]
    [InlineData("\"belowMetres\": 2 ", "\"belowMetres\": 1 ", "deadliness.aged5To14.depth.bands[2].belowMetres")]
    [InlineData("\"III\": { \"value\": 1,", "\"III\": { \"value\": 0.5,", "classes.III.value")]
    [InlineData("\"orange\": { \"value\": 2,", "\"orange\": { \"value\": 5,", "levels.red.value")]
    [InlineData("\"mode\": \"Straight\",", "\"mode\": \"Straight\", \"bankMetres\": 1,", "distance.bankMetres")]
    [InlineData("\"source\": \"town\"", "\"source\": \"rumour\"", "homes.town.source")]
    [InlineData("\"yellow\": {", "\"yelow\": {", "levels.yellow")]
    public void A_wrong_rule_is_refused_naming_the_key_the_line_and_the_column_in_both_languages(string right, string wrong, string key)
    {
        Assert.Contains(right, Text);
        var refusal = Assert.Throws<RefusalException>(() => RiskRule.Parse(Text.Replace(right, wrong, StringComparison.Ordinal), "r.json"));
        Assert.Equal(("InvalidRule", key), (refusal.Code, refusal.Target));
        Assert.Matches(@"^r\.json, line \d+, column \d+: ", refusal.Message);
        Assert.Matches(@"^r\.json 第 \d+ 行第 \d+ 列：", refusal.MessageZh);
    }

    [Fact]
    public void Many_numbers_change_at_once_as_they_do_in_the_text()
    {
        var both = Rule.WithAll(new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["decay.aged1To4.value"] = 55, ["deadliness.aged5To14.depth.bands[2].belowMetres"] = 2.5, ["unsupervised[2].value"] = 0.3,
        });
        var parsed = (TripRule)RiskRule.Parse(Text
            .Replace("\"value\": 40, \"sd\": 0.5", "\"value\": 55, \"sd\": 0.5", StringComparison.Ordinal)
            .Replace("\"belowMetres\": 2 ", "\"belowMetres\": 2.5 ", StringComparison.Ordinal)
            .Replace("\"from\": 12, \"to\": 18, \"value\": 0.25", "\"from\": 12, \"to\": 18, \"value\": 0.3", StringComparison.Ordinal));
        Assert.Equal(parsed.Parameters, both.Parameters);
        var deep = Street.PlainPond with { Hazard = Street.PlainPond.Hazard with { DepthMetres = 2.2 } };
        var unknown = UnknownFacts.Prior(Rule);
        Assert.Equal(1.5, Rule.Deadliness.Aged5To14.Of(deep, unknown));
        Assert.Equal(1, both.Deadliness.Aged5To14.Of(deep, unknown));
        Assert.Equal(0.3, both.Times.FreeAt(TripBase.Home, TripAge.Aged5To14, DayKind.Weekend, 15));
        Assert.NotEqual(Rule.Fingerprint, both.Fingerprint, StringComparer.Ordinal);
        Assert.Equal(Rule.Parameters, both.With(new("decay.aged1To4.value", 40)).With(new("unsupervised[2].value", 0.25))
            .With(new("deadliness.aged5To14.depth.bands[2].belowMetres", 2)).Parameters);
    }

    [Theory]
    [InlineData("decay.aged1To4.value", -1)]
    [InlineData("decay.aged1To4.value", double.NaN)]
    [InlineData("levels.red.value", 1)]
    [InlineData("deadliness.aged5To14.depth.bands[2].belowMetres", 1)]
    [InlineData("decay.grandparents.value", 1)]
    public void A_change_that_leaves_no_rule_is_refused(string path, double value) =>
        Assert.Equal(path, Assert.Throws<RefusalException>(() => Rule.With(new RuleParameter(path, value))).Target);

    [Fact]
    public void Draws_are_the_same_in_every_run_and_lie_around_the_rule()
    {
        var draws = Enumerable.Range(0, 400).Select(n => TripDraws.Draw(Rule, 7, n)).ToList();
        Assert.Equal(draws[3].Parameters, TripDraws.Draw(Rule, 7, 3).Parameters);
        var logs = draws.Select(d => Math.Log(d.Decay.Aged5To14.Value / 350)).ToList();
        Assert.InRange(logs.Average(), -0.06, 0.06);
        Assert.InRange(Math.Sqrt(logs.Average(l => l * l)), 0.31, 0.39);
        Assert.All(draws, d => Assert.Equal(3000, d.CutoffMetres));
    }

    [Fact]
    public void Attraction_and_deadliness_are_the_products_of_the_tables()
    {
        var unknown = UnknownFacts.Prior(Rule);
        var weir = new TripTraits(new HazardTraits(HazardKind.Weir, 0.25, Flow.Fast, Bank.Sheer, Access.Restricted,
            true, true, true, true, false));
        Assert.Equal(1.3 * 0.6 * 0.6 * 0.5 * 0.7 * 0.97, Rule.Attraction.Aged5To14.Of(weir, unknown), 1e-12);
        Assert.Equal(0.7, Rule.Attraction.Aged1To4.Of(weir, unknown), 1e-12);
        Assert.Equal(1.6 * 0.1 * 1.8 * 1.6 * 0.95 * 0.965 * 0.96, Rule.Deadliness.Aged5To14.Of(weir, unknown), 1e-12);
        Assert.Equal(1.3 * 1.3 * 0.95 * 0.965 * 0.96, Rule.Deadliness.Aged1To4.Of(weir, unknown), 1e-12);
        foreach (var factors in (TripFactors[])[Rule.Attraction.Aged5To14, Rule.Attraction.Aged1To4, Rule.Deadliness.Aged5To14,
            Rule.Deadliness.Aged1To4])
        {
            var unstated = weir with { Hazard = weir.Hazard with { DepthMetres = null, Bank = null } };
            foreach (var water in (TripTraits[])[weir, unstated, Street.Fenced(weir, null), Street.PlainPond with { HasNotice = true }])
                Assert.Equal(factors.Of(water, unknown),
                    factors.Shares(water, unknown).Aggregate(1.0, (product, share) => product * share.Multiplier), 1e-12);
        }
    }

    [Fact]
    public void A_fence_that_nobody_looked_at_for_half_a_year_keeps_half_of_its_effect()
    {
        var unknown = UnknownFacts.Prior(Rule);
        double Of(int? days) => Rule.Attraction.Aged5To14.Of(Street.Fenced(Street.PlainPond, days), unknown)
            / Rule.Attraction.Aged5To14.Of(Street.PlainPond, unknown);
        Assert.All((int?[])[0, 180], days => Assert.Equal(0.6, Of(days), 1e-12));
        Assert.All((int?[])[181, null], days => Assert.Equal(Math.Sqrt(0.6), Of(days), 1e-12));
    }

    [Fact]
    public void Filled_is_nothing_and_closed_is_little()
    {
        var unknown = UnknownFacts.Prior(Rule);
        TripTraits With(HazardStatus status) => Street.PlainPond with { Hazard = Street.PlainPond.Hazard with { Status = status } };
        double A(HazardStatus status) => Rule.Attraction.Aged5To14.Of(With(status), unknown);
        Assert.Equal((0, 0), (A(HazardStatus.Filled), Rule.Deadliness.Aged1To4.Of(With(HazardStatus.Filled), unknown)));
        Assert.Equal(0.3, A(HazardStatus.Closed) / A(HazardStatus.Active), 1e-12);
        Assert.Equal(A(HazardStatus.Active), A(HazardStatus.Rectifying));
    }

    [Fact]
    public void An_unknown_fact_counts_what_the_known_ones_count_on_average_and_tells_its_spread()
    {
        var random = new Random(5);
        var counter = new UnknownFacts.Counter(Rule);
        var ponds = Enumerable.Range(0, 200).Select(_ => Street.PlainPond with
        {
            Hazard = Street.PlainPond.Hazard with { DepthMetres = 6 * random.NextDouble() * random.NextDouble() },
        }).ToList();
        foreach (var pond in ponds) counter.Add(pond);
        var weir = Street.PlainPond with { Hazard = Street.PlainPond.Hazard with { Kind = HazardKind.Weir } };
        for (var i = 0; i < 29; i++) counter.Add(weir);
        var facts = counter.Make();
        var unstated = Street.PlainPond with { Hazard = Street.PlainPond.Hazard with { DepthMetres = null } };
        foreach (var age in Enum.GetValues<TripAge>())
        {
            double Deaths(TripTraits water) => Rule.Attraction[age].Of(water, facts) * Rule.Deadliness[age].Of(water, facts);
            Assert.Equal(ponds.Average(Deaths), Deaths(unstated), 1e-12);
            var logs = ponds.Select(p => Math.Log(Deaths(p))).ToList();
            var mean = logs.Average();
            Assert.Equal(Math.Sqrt(logs.Average(l => (l - mean) * (l - mean))), facts.Of(HazardKind.Pond, WaterFact.Depth, age).Sd, 1e-9);
        }
        Assert.Equal(200, facts.Of(HazardKind.Pond, WaterFact.Depth, TripAge.Aged5To14).Known);
        Assert.Equal(new UnknownFact(0.95, 0.95, Math.Sqrt(0.15 * 0.15 + 0.9 * 0.9), 0),
            facts.Of(HazardKind.Weir, WaterFact.Depth, TripAge.Aged5To14));
        Assert.Contains("200", Rule.Deadliness.Aged5To14.Shares(unstated, facts).Single(s => s.Name == "depth").Source);
    }
}
