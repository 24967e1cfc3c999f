using HazardMap.Register;
using HazardMap.Risk.Trips;

namespace HazardMap.Tests.Risk.Trips;

public class TripScoresTests
{
    private static readonly TripRule Rule = Rules.Trips();
    private static readonly DayCounts Days = Street.Days2026;
    private static readonly Street Usual = Street.Usual();
    private static readonly TripScores Scores = new(Rule, Usual.Scale(Rule, Days));

    private static readonly TripTraits Gorge = new(new HazardTraits(HazardKind.Weir, 5, Flow.Fast, Bank.Sheer, Access.Open,
        false, false, false, false, false));

    [Fact]
    public void Scores_of_all_waters_are_the_deaths_of_a_thousand_years()
    {
        var sum = Usual.Waters.Sum(w => Usual.Score(Scores, w, Days).RiskScore);
        Assert.Equal(1000 * 0.9 * (242 * 3.69e-5 + 845 * 3.06e-5), sum, sum * 1e-9);
    }

    [Fact]
    public void Deadliness_is_1_on_average_over_deaths_as_each_age_meets_it_and_has_a_class()
    {
        foreach (var age in Enum.GetValues<TripAge>())
        {
            var (deadly, visits) = (0.0, 0.0);
            var unknown = Scores.Scale.UnknownFacts();
            var year = new TripWeights(Rule.Times, Scores.Scale.Rhythm, Days).Year;
            foreach (var water in Usual.Waters)
            {
                var trips = Usual.Trips(Rule, unknown, water).Dot(year, age);
                deadly += trips * Rule.Deadliness[age].Of(water.Traits, unknown) / Scores.Scale.MeanDeadliness[age];
                visits += trips;
            }
            Assert.Equal(1, deadly / visits, 1e-12);
        }
        Assert.Equal(DeadlinessClass.IV, Scores.ClassOf(Scores.Deadliness(Gorge)));
        Assert.Equal([DeadlinessClass.I, DeadlinessClass.II, DeadlinessClass.III, DeadlinessClass.IV, DeadlinessClass.IV],
            new[] { 0.59, 0.6, 1, 2, 9 }.Select(Scores.ClassOf).ToArray());
    }

    [Fact]
    public void A_fence_sends_trips_elsewhere_and_the_sum_falls()
    {
        var before = Usual.Waters.Select(w => Usual.Score(Scores, w, Days)).ToList();
        var fenced = Street.Usual();
        fenced.Waters[1] = fenced.Waters[1] with { Traits = Street.Fenced(fenced.Waters[1].Traits) };
        var after = fenced.Waters.Select(w => fenced.Score(Scores, w, Days)).ToList();
        Assert.True(after[1].Visits < before[1].Visits);
        Assert.True(after[0].Visits > before[0].Visits && after[4].Visits > before[4].Visits);
        Assert.True(after.Sum(s => s.Visits) < before.Sum(s => s.Visits));
        Assert.Equal(before[1].Deadliness, after[1].Deadliness);
    }

    [Fact]
    public void The_interval_is_the_delta_method_of_what_the_formula_does_when_a_number_moves()
    {
        var water = Usual.Waters[4];
        var score = Usual.Score(Scores, water, Days);
        var variance = 0.0;
        foreach (var number in Rule.Numbers.Where(n => n.Sd > 0 && n.Path is not "visits.value" and not "waterItself.value"))
        {
            // Everything is made anew with the number a little higher and a little lower, the scale as well.
            double Log(double by) =>
                Math.Log(Usual.ScoresUnder(Rule.With(new(number.Path, number.Value * Math.Exp(by))), Days)[4]);
            // What is unknown of waters is a part of its own.
            if (!number.Path.Contains(".unknown.", StringComparison.Ordinal))
                variance += Square(number.Sd * (Log(1e-3) - Log(-1e-3)) / 2e-3);
        }
        // What a water's number does to the competition of others is left out, so the two are near, not equal.
        Assert.InRange(Math.Sqrt(score.Variance.Visits + score.Variance.Deadliness + score.Variance.Rate) / Math.Sqrt(variance), 0.9, 1.1);
        Assert.Equal(0.49, score.Variance.Itself, 1e-12);
        Assert.Equal(score.RiskScore * Math.Exp(1.2816 * score.Sigma), score.RiskHigh, 1e-12 * score.RiskHigh);
        Assert.Equal(score.RiskScore * score.RiskScore, score.RiskLow * score.RiskHigh, 1e-12 * score.RiskScore * score.RiskScore);
    }

    [Fact]
    public void Elasticities_are_what_the_variance_is_made_of_and_what_the_formula_does()
    {
        var (weights, unknown) = (new TripWeights(Rule.Times, Scores.Scale.Rhythm, Days), Scores.Scale.UnknownFacts());
        foreach (var water in Usual.Waters)
        {
            var (trips, slopes) = (Usual.Trips(Rule, unknown, water), Usual.Slopes(Rule, unknown, water, weights.Year));
            var elasticities = Scores.Elasticities(trips, slopes, water.Traits, weights);
            var variance = Rule.Numbers.Sum(n => Square(n.Sd * elasticities.GetValueOrDefault(n.Path)));
            var score = Usual.Score(Scores, water, Days);
            Assert.Equal(1, variance / (score.Variance.Visits + score.Variance.Deadliness), 1e-9);
        }
        double Log(double by) => Math.Log(
            Usual.ScoresUnder(Rule.With(new(Rule.Town.Path, Rule.Town.Value * Math.Exp(by))), Days)[2]);
        var river = Usual.Waters[2];
        Assert.Equal((Log(1e-4) - Log(-1e-4)) / 2e-4, Scores.Elasticities(Usual.Trips(Rule, unknown, river),
            Usual.Slopes(Rule, unknown, river, weights.Year), river.Traits, weights)[Rule.Town.Path], 0.02);
    }

    [Fact]
    public void Shares_of_free_children_count_in_the_interval_once_they_have_a_spread()
    {
        var text = Rules.Text("2027-1").Replace("\"from\": 12, \"to\": 14, \"value\": 0.08, \"sd\": 0,",
            "\"from\": 12, \"to\": 14, \"value\": 0.08, \"sd\": 1,", StringComparison.Ordinal);
        var rule = (TripRule)HazardMap.Risk.Rules.RiskRule.Parse(text);
        const int river = 2;   // it lies at the school
        var path = rule.Times.Free.Single(f => f.Share.Sd > 0).Share.Path;
        // Deaths of each age shared out over the waters by their deadly visits, the rhythm held.
        double Log(double by)
        {
            var year = new TripWeights(rule.With(new(path, 0.08 * Math.Exp(by))).Times, Scores.Scale.Rhythm, Days).Year;
            var unknown = Scores.Scale.UnknownFacts();
            double Deadly(Street.Water water, TripAge age) =>
                Usual.Trips(rule, unknown, water).Dot(year, age) * rule.Deadliness[age].Of(water.Traits, unknown);
            return Math.Log(Enum.GetValues<TripAge>().Sum(age => Scores.Scale.DeathsPerYear[age]
                * Deadly(Usual.Waters[river], age) / Usual.Waters.Sum(w => Deadly(w, age))));
        }
        var plain = Usual.Score(Scores, Usual.Waters[river], Days).Variance.Visits;
        var unsure = Usual.Score(new TripScores(rule, Usual.Scale(rule, Days)), Usual.Waters[river], Days).Variance.Visits;
        var slope = (Log(1e-3) - Log(-1e-3)) / 2e-3;
        Assert.True(slope > 1e-3, $"{slope}");
        Assert.Equal(1, (unsure - plain) / (slope * slope), 0.05);
    }

    [Fact]
    public void Intervals_hold_the_truth_in_80_of_100_worlds_drawn_from_the_priors()
    {
        var (held, all) = (0, 0);
        var intervals = Usual.Waters.Select(w => Usual.Score(Scores, w, Days)).ToList();
        for (var n = 0; n < 200; n++)
        {
            var drawn = TripDraws.Draw(Rule, 2027, n);
            var random = new Random(n);
            double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            // The rates are turned by the draw itself, and so are all others; unknown facts stay at their means here and there.
            var truth = Usual.ScoresUnder(drawn, Days);
            for (var i = 0; i < Usual.Waters.Count; i++)
            {
                var deaths = truth[i] * Math.Exp(Rule.WaterItself.Sd * Normal() + Math.Sqrt(intervals[i].Variance.Facts) * Normal());
                all++;
                if (deaths >= intervals[i].RiskLow && deaths <= intervals[i].RiskHigh) held++;
            }
        }
        Assert.InRange((double)held / all, 0.74, 0.86);
    }

    [Fact]
    public void A_level_is_held_as_often_as_a_lognormal_falls_into_it_and_else_has_its_neighbour_beside_it()
    {
        var random = new Random(11);
        for (var scale = 1.0; scale < 3000; scale *= 2.7)
        {
            var street = Street.Usual();
            var scaled = new TripScores(Rule, Scores.Scale with
            {
                DeathsPerVisit = new(Scores.Scale.DeathsPerVisit.Aged1To4 * scale, Scores.Scale.DeathsPerVisit.Aged5To14 * scale),
            });
            var score = street.Score(scaled, street.Waters[1], Days);
            var hits = 0;
            const int draws = 40_000;
            for (var i = 0; i < draws; i++)
            {
                var z = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                if (Rule.LevelOf(score.RiskScore * Math.Exp(score.Sigma * z)) == score.Level) hits++;
            }
            Assert.Equal((double)hits / draws, score.LevelHeld, 0.012);
            Assert.Equal(score.LevelHeld < 0.6, score.OtherLevel is not null);
            if (score.OtherLevel is { } other) Assert.NotEqual(score.Level, other);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 20)]
    [InlineData(2, 20)]
    public void Its_own_record_weighs_against_the_expectation(int events, double years)
    {
        var water = Usual.Waters[1];
        var plain = Usual.Score(Scores, water, Days);
        var own = Usual.Score(Scores, water, Days, new OwnRecord(events, years));
        var mu = plain.DeathsPerYear.Aged1To4 + plain.DeathsPerYear.Aged5To14;
        Assert.Equal((1 + events) / (1 + mu * years), own.OwnFactor, 1e-12);
        Assert.Equal(plain.RiskScore * own.OwnFactor, own.RiskScore, 1e-12 * plain.RiskScore);
        Assert.Equal(events > 0 ? 1 : years > 0 ? -1 : 0, own.RiskScore.CompareTo(plain.RiskScore));
        Assert.Equal(events == 0 ? 0.49 : 1 / 3.0, own.Variance.Itself, 1e-12);
    }

    [Fact]
    public void Measuring_a_depth_narrows_the_interval()
    {
        var unstated = Usual.Waters[1];
        Assert.Null(unstated.Traits.Hazard.DepthMetres);
        var measured = unstated with { Traits = unstated.Traits with { Hazard = unstated.Traits.Hazard with { DepthMetres = 1.5 } } };
        Assert.True(Usual.Score(Scores, measured, Days).Sigma < Usual.Score(Scores, unstated, Days).Sigma);
        Assert.Equal(0, Usual.Score(Scores, measured, Days).Variance.Facts);
    }

    [Fact]
    public void Where_nobody_comes_the_score_is_0_and_the_mark_stays()
    {
        var far = new Street.Water(0, Gorge);
        var weights = new TripWeights(Rule.Times, Scores.Scale.Rhythm, Days);
        var score = Scores.Of(default, default, far.Traits, null, weights);
        Assert.Equal((0, 0, 0, 0, RiskLevel.Blue, 1, null), (score.RiskScore, score.RiskLow, score.RiskHigh, score.Visits, score.Level,
            score.LevelHeld, score.OtherLevel));
        Assert.Equal(DeadlinessClass.IV, score.Class);
        var filled = far.Traits with { Hazard = far.Traits.Hazard with { Status = HazardStatus.Filled } };
        Assert.Equal((0, 0), (Scores.Of(default, default, filled, new OwnRecord(3, 10), weights).RiskScore, Scores.Deadliness(filled)));
    }

    [Fact]
    public void No_number_is_ever_not_a_number()
    {
        var weights = new TripWeights(Rule.Times, Scores.Scale.Rhythm, Days);
        double[] sizes = [0, -1e-12, 1e-300, 1e-9, 1, 1e9, 1e15];
        foreach (var size in sizes)
            foreach (var slope in sizes)
                foreach (var record in (OwnRecord?[])[null, new(0, 0), new(50, 1e-9), new(0, 1e6)])
                {
                    var trips = new PresenceNumbers
                    {
                        [Presence.Home5To14] = size, [Presence.AwayAtSchool5To14] = size, [Presence.Home1To4] = -size,
                    };
                    var one = new TripSlope(slope, -slope, slope, -slope, slope);
                    var score = Scores.Of(trips, new(one, one), Usual.Waters[3].Traits, record, weights);
                    double[] numbers = [score.RiskScore, score.RiskLow, score.RiskHigh, score.Sigma, score.Visits, score.Deadliness,
                        score.LevelHeld, score.OwnFactor];
                    foreach (var number in numbers)
                        Assert.True(double.IsFinite(number) && number >= 0, $"{size} {slope} {record}: {score}");
                }
    }

    [Fact]
    public void A_notice_of_flood_doubles_deadliness_and_halves_attraction()
    {
        var unknown = UnknownFacts.Prior(Rule);
        var flood = Street.PlainPond with { HasNotice = true };
        Assert.Equal(2, Rule.Deadliness.Aged5To14.Of(flood, unknown) / Rule.Deadliness.Aged5To14.Of(Street.PlainPond, unknown), 1e-12);
        Assert.Equal(0.5, Rule.Attraction.Aged1To4.Of(flood, unknown) / Rule.Attraction.Aged1To4.Of(Street.PlainPond, unknown), 1e-12);
    }

    // From tables of the normal distribution, to 15 digits.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(-1, 0.158655253931457)]
    [InlineData(1.2816, 0.900008499902325)]
    [InlineData(-3, 0.00134989803163009)]
    [InlineData(-6, 9.86587645037698e-10)]
    [InlineData(-20, 2.75362411860623e-89)]
    [InlineData(0.1, 0.539827837277029)]
    [InlineData(-0.7, 0.241963652223073)]
    public void The_normal_distribution_is_right_to_twelve_digits(double x, double probability)
    {
        Assert.Equal(1, NormalDistribution.Below(x) / probability, 2e-13 + 5e-15 / probability * (probability > 1e-5 ? 1 : 0));
        Assert.Equal(1, NormalDistribution.Below(x) + NormalDistribution.Below(-x), 1e-15);
    }

    [Fact]
    public void The_normal_distribution_is_the_integral_of_its_density()
    {
        // Simpson's rule over steps so small that its own error is below 1e-13.
        const int steps = 4000;
        static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        for (var to = -4.0; to <= 4; to += 0.37)
        {
            var (from, h) = (-4.5, (to + 4.5) / steps);
            var sum = Density(from) + Density(to);
            for (var i = 1; i < steps; i++) sum += (i % 2 == 0 ? 2 : 4) * Density(from + i * h);
            Assert.Equal(sum * h / 3, NormalDistribution.Between(from, to), 1e-12);
        }
    }

    private static double Square(double x) => x * x;
}
