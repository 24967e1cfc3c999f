using HazardMap.Register;
using HazardMap.Risk.Trips;

namespace HazardMap.Tests.Risk.Trips;

public class TripLearningTests
{
    private static readonly TripRule Rule = Rules.Trips();

    private static CalibrationWater Water(double expected, int events, params (string Path, double Elasticity)[] elasticities) =>
        new(expected, events, elasticities.ToDictionary(e => e.Path, e => e.Elasticity, StringComparer.Ordinal));

    [Fact]
    public void A_level_alone_finds_the_middle_of_prior_and_record()
    {
        // 10 expected, 20 seen: the most probable shift b solves 20 - 10 exp(b) = b / sd^2.
        var report = TripCalibration.Of(Rule, 0.3, [Water(4, 12), Water(6, 8)]);
        var level = report.Numbers.Single(n => n.Path == TripCalibration.Level);
        var (low, high) = (0.0, 1.0);
        while (high - low > 1e-15)
        {
            var b = (low + high) / 2;
            if (20 - 10 * Math.Exp(b) - b / 0.09 > 0) low = b;
            else high = b;
            if (b == low && b == high) break;
            if (high - low < 1e-14) break;
        }
        Assert.Equal(Math.Exp(low), level.Posterior, 1e-8);
        Assert.Equal(Math.Sqrt(1 / (1 / 0.09 + 10 * level.Posterior)), level.PosteriorSd, 1e-8);
        Assert.Equal(100 * (1 - level.PosteriorSd * level.PosteriorSd / 0.09), level.LearntPercent, 1e-6);
        Assert.True(report.LogLikelihoodAfter > report.LogLikelihoodBefore);
        Assert.Equal((2, 20, 10), (report.Waters, report.Events, report.Expected));
    }

    [Fact]
    public void With_few_events_only_level_and_town_may_move_and_with_many_what_the_data_speak_of()
    {
        const string reservoir = "deadliness.aged5To14.kind.Reservoir.value";
        CalibrationWater[] Waters(int by) =>
        [
            Water(10 * by, 10 * by), Water(10 * by, 22 * by, (reservoir, 1)), Water(10 * by, 4 * by, (Rule.Town.Path, 1)),
        ];
        var few = TripCalibration.Of(Rule, 0.25, Waters(1));
        Assert.Equal((1.4, 0, false), Number(few, reservoir));
        Assert.InRange(Number(few, Rule.Town.Path).Posterior, 0.2, 0.499);
        var many = TripCalibration.Of(Rule, 0.25, Waters(100));
        Assert.InRange(Number(many, reservoir).Posterior, 1.4 * 1.7, 1.4 * 2.3);
        Assert.InRange(Number(many, Rule.Town.Path).Posterior, 0.5 * 0.35, 0.5 * 0.5);
        Assert.True(Number(many, reservoir).Learnt > 95);

        static (double Posterior, double Learnt, bool IsFree) Number(CalibrationReport report, string path) =>
            report.Numbers.Single(n => n.Path == path) is var n ? (n.Posterior, n.LearntPercent, n.IsFree) : default;
    }

    [Fact]
    public void Without_events_numbers_stay_near_and_nothing_expected_is_refused()
    {
        var report = TripCalibration.Of(Rule, 0.25, [Water(0.5, 0, (Rule.Town.Path, 0.5))]);
        Assert.InRange(report.Numbers.Single(n => n.Path == TripCalibration.Level).Posterior, 0.95, 1);
        Assert.All(report.Numbers, n => Assert.True(double.IsFinite(n.Posterior) && n.LearntPercent is >= 0 and < 5));
        Assert.Equal("CalibrationNeedsExpectation",
            Assert.Throws<RefusalException>(() => TripCalibration.Of(Rule, 0.25, [Water(0, 3)])).Code);
    }

    [Fact]
    public void Children_counted_at_waters_teach_visits_attraction_and_the_hours_and_how_much_counts_scatter()
    {
        const string weir = "attraction.aged5To14.kind.Weir.value";
        var random = new Random(5);
        // Three times the visits, weirs draw half of what was thought, and at noon come twice as many; days differ, by a Gamma of shape 2.
        double Scatter() => -(Math.Log(1 - random.NextDouble()) + Math.Log(1 - random.NextDouble())) / 2;
        int Poisson(double mean)
        {
            var (count, left) = (0, Math.Exp(-mean));
            for (var p = random.NextDouble(); p > left; p *= random.NextDouble()) count++;
            return count;
        }
        VisitCount Count(int i)
        {
            var (isWeir, hour) = (i % 2 == 0, i % 3 == 0 ? 12 : 16);
            return new VisitCount(2, Poisson(2 * 3 * (isWeir ? 0.5 : 1) * (hour == 12 ? 2 : 1) * Scatter()), null, hour,
                new Dictionary<string, double>(StringComparer.Ordinal) { [weir] = isWeir ? 1 : 0 });
        }
        var report = CountCalibration.Of(Rule, [.. Enumerable.Range(0, 3000).Select(Count)])!;
        double By(string path) => report.Numbers.Single(n => n.Path == path) is var n ? n.Posterior / n.Prior : 0;
        Assert.InRange(By(weir), 0.45, 0.6);
        Assert.InRange(report.Overdispersion, 0.42, 0.58);
        Assert.InRange(report.Hours.Single(h => h.Hour == 12).Ratio / report.Hours.Single(h => h.Hour == 16).Ratio, 1.8, 2.2);
        Assert.InRange(By(Rule.Visits.Path) * report.Hours.Single(h => h.Hour == 16).Ratio, 2.6, 3.4);
        Assert.True(report.LogLikelihoodAfter > report.LogLikelihoodBefore);
        Assert.Null(report.InWaterShare);
        Assert.Null(CountCalibration.Of(Rule, []));
    }

    [Fact]
    public void A_count_where_nobody_is_expected_teaches_nothing_and_zeros_are_told_from_nothing()
    {
        var none = new Dictionary<string, double>(StringComparer.Ordinal);
        var nowhere = CountCalibration.Of(Rule, [new VisitCount(0, 7, 3, 15, none)])!;
        Assert.Equal((1, 1, 7), (nowhere.Counts, nowhere.Nowhere, nowhere.Seen));
        Assert.All(nowhere.Numbers, n => Assert.Equal((n.Prior, 0), (n.Posterior, n.LearntPercent)));
        var empty = CountCalibration.Of(Rule, [.. Enumerable.Range(0, 50).Select(_ => new VisitCount(1, 0, 0, 15, none))])!;
        Assert.True(empty.Numbers.Single(n => n.Path == Rule.Visits.Path) is { } visits && visits.Posterior < 0.2 * visits.Prior);
        Assert.All(empty.Numbers, n => Assert.True(double.IsFinite(n.Posterior) && n.Posterior > 0));
    }

    [Fact]
    public void Levels_are_fitted_to_what_can_be_patrolled()
    {
        double[] scores = [0, 0, 0.013, 0.2, 0.31, 0.31, 0.31, 0.74, 1.9, 5.2];
        var three = FittedLevels.Of(Rule, scores, 3);
        Assert.Equal((3, 3), (three.Red + three.Orange, scores.Count(s => s >= three.OrangeAtLeast)));
        Assert.Equal((2, 0.5), (three.RedAtLeast / three.OrangeAtLeast, three.YellowAtLeast / three.OrangeAtLeast));
        Assert.Equal(3, FittedLevels.Of(Rule, scores, 5) is var ties ? ties.Red + ties.Orange
            : 0);   // 0.31 is there three times: none or all
        Assert.Equal(8, FittedLevels.Of(Rule, scores, 500) is var all ? all.Red + all.Orange : 0);
        Assert.Equal("NoScores", Assert.Throws<RefusalException>(() => FittedLevels.Of(Rule, [0, 0], 3)).Code);
        Assert.Equal("BadCount", Assert.Throws<RefusalException>(() => FittedLevels.Of(Rule, scores, 0)).Code);
    }

    [Fact]
    public void Count_first_where_the_variance_of_deaths_falls_most()
    {
        var ids = Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).ToArray();
        var lessons = LessonHere.Of(
        [
            new(ids[0], 10, new(0.8, 0.3, 0.1, 0.06, 0.49)),   // measure
            new(ids[1], 10, new(0, 0.3, 0.1, 0.06, 0.49)),     // count
            new(ids[2], 0.1, new(0.8, 0.9, 0.1, 0.06, 0.49)),  // hardly anybody drowns
            new(ids[3], 10, new(0, 0, 0.1, 0.06, 0.49)),       // nothing to learn
        ], 5);
        Assert.Equal([(ids[0], Lesson.Measure), (ids[1], Lesson.Count), (ids[2], Lesson.Count)], lessons.Select(l => (l.Id,
            l.What)).ToArray());
        static double Variance(double v) => 100 * (Math.Exp(v) - 1) * Math.Exp(v);
        Assert.Equal(Variance(1.75) - Variance(0.95), lessons[0].Fall, 1e-9);
        Assert.Single(LessonHere.Of([new(ids[0], 1, new(1, 0, 0, 0, 0)), new(ids[1], 1, new(1, 0, 0, 0, 0))], 1));
    }

    [Fact]
    public void The_countys_grades_and_the_rules_are_compared()
    {
        GradedWater W(RiskLevel own, RiskLevel level, double score) => new(Guid.NewGuid(), own, level, score);
        GradedWater[] waters =
        [
            W(RiskLevel.Red, RiskLevel.Red, 5), W(RiskLevel.Red, RiskLevel.Blue, 0.1), W(RiskLevel.Orange, RiskLevel.Orange, 3),
            W(RiskLevel.Blue, RiskLevel.Yellow, 1.5), W(RiskLevel.Blue, RiskLevel.Red, 9), W(RiskLevel.Blue, RiskLevel.Blue, 0),
        ];
        var agreement = GradeAgreement.Of(waters);
        Assert.Equal((6, 3), (agreement.Waters, agreement.Same));
        Assert.Equal([1, 0, 0, 1], agreement.Matrix[0]);
        Assert.Equal([9, 1.5], agreement.RuleHigher.Select(w => w.RiskScore));
        Assert.Equal([0.1], agreement.OwnHigher.Select(w => w.RiskScore));
        // Quadratic weights by hand: seen 9 + 4... over all pairs of marginals divided by six.
        var seen = waters.Sum(w => Math.Pow((int)w.Own - (int)w.Level, 2));
        var chance = waters.Sum(a => waters.Sum(b => Math.Pow((int)a.Own - (int)b.Level, 2))) / 6;
        Assert.Equal(1 - seen / chance, agreement.Kappa!.Value, 1e-12);
        Assert.Null(GradeAgreement.Of([W(RiskLevel.Blue, RiskLevel.Blue, 0)]).Kappa);
        Assert.Equal((RiskLevel.Red, RiskLevel.Orange, RiskLevel.Blue), (GradeAgreement.Patrolled(RiskLevel.Orange, RiskLevel.Red),
            GradeAgreement.Patrolled(RiskLevel.Orange, RiskLevel.Blue), GradeAgreement.Patrolled(RiskLevel.Blue, null)));
    }
}
