using HazardMap.Register;
using HazardMap.Risk.Trips;

namespace HazardMap.Tests.Risk.Trips;

public class TripScaleTests
{
    private static readonly TripRule Rule = Rules.Trips();
    private static readonly SchoolCalendar Calendar = SchoolCalendar.Parse(
        File.ReadAllText(Repository.PathOf("geodata/calendar/5326-2026.json")), "5326-2026.json");

    private static readonly Street Usual = Street.Usual();
    private static readonly TripScale Scale = Usual.Scale(Rule, Calendar.Days);

    // Every hour of the year at every water, added up.
    private static IEnumerable<(int Month, int Hour, TripAge Age, double Deaths)> Hours(Street street, TripScale scale)
    {
        var unknown = scale.UnknownFacts();
        var weights = new TripWeights(Rule.Times, scale.Rhythm, Calendar.Days);
        foreach (var water in street.Waters)
        {
            var trips = street.Trips(Rule, unknown, water);
            for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
                for (var hour = 0; hour < 24; hour++)
                    foreach (var age in Enum.GetValues<TripAge>())
                    {
                        var sum = 0.0;
                        foreach (var entry in Presences.All)
                            if (entry.Age() == age)
                                sum += trips[entry] * scale.Months[day.Month - 1] * scale.Hours[hour]
                                    * Rule.Times.Of(entry, Calendar.Of(day), hour);
                        yield return (day.Month, hour, age,
                            scale.DeathsPerVisit[age] * Rule.Deadliness[age].Of(water.Traits, unknown) * scale.Visits * sum);
                    }
        }
    }

    [Fact]
    public void Deaths_of_the_whole_register_are_what_the_nation_would_have_and_August_and_the_afternoon_have_their_shares()
    {
        var hours = Hours(Usual, Scale).ToList();
        var expected = new PerAge<double>(242 * 3.69e-5 * 0.9, 845 * 3.06e-5 * 0.9);
        foreach (var age in Enum.GetValues<TripAge>())
            Assert.Equal(1, hours.Where(h => h.Age == age).Sum(h => h.Deaths) / expected[age], 1e-9);
        var all = hours.Sum(h => h.Deaths);
        Assert.Equal(0.18, hours.Where(h => h.Month == 8).Sum(h => h.Deaths) / all, 1e-9);
        Assert.Equal(0.651, hours.Where(h => h.Hour is >= 12 and < 18).Sum(h => h.Deaths) / all, 1e-9);
        Assert.InRange(hours.Where(h => h.Age == TripAge.Aged1To4).Sum(h => h.Deaths) / all, 0.2, 0.35);
    }

    [Fact]
    public void Its_rhythm_stays_normal_and_keeps_its_shape_within_the_margins()
    {
        Assert.Equal(1, Scale.Months[7]);
        Assert.Equal(1, new TripWeights(Rule.Times, Scale.Rhythm, Calendar.Days).Holiday[Presence.Home5To14], 1e-12);
        Assert.Equal(0.72 / 0.94, Scale.Months[5] / Scale.Months[6], 1e-12);
        Assert.Equal(0.25 / 0.4, Scale.Hours[8] / Scale.Hours[9], 1e-12);
        Assert.Equal(1, Scale.Hours[13] / Scale.Hours[16], 1e-12);
    }

    [Fact]
    public void Kept_as_text_and_read_again_it_is_the_same_to_the_last_bit()
    {
        var again = TripScale.FromJson(Scale.ToJson());
        Assert.Equal(Scale.ToJson(), again.ToJson());
        Assert.Equal((Scale.DeathsPerVisit, Scale.MeanDeadliness, Scale.Day), (again.DeathsPerVisit, again.MeanDeadliness, again.Day));
        Assert.Equal(Scale.Months, again.Months);
        Assert.True(again.IsOf(Rule));
        Assert.False(again.IsOf(Rule.With(new("decay.aged1To4.value", 41))));
        Assert.All(Scale.Elasticities, e => Assert.Equal(e.Value, again.Elasticities[e.Key]));
        foreach (var water in Usual.Waters)
            Assert.Equal(Usual.Score(new TripScores(Rule, Scale), water, Calendar.Days),
                Usual.Score(new TripScores(Rule, again), water, Calendar.Days));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[")]
    public void A_broken_scale_is_refused(string json)
    {
        var refusal = Assert.Throws<RefusalException>(() => TripScale.FromJson(json));
        Assert.Equal("BadRiskScale", refusal.Code);
        Assert.Contains("risk --scale", refusal.MessageZh);
    }

    [Fact]
    public void A_scale_of_a_winters_day_is_that_of_a_summers_day()
    {
        var (winter, summer) = (Make(new DateOnly(2026, 1, 15)), Make(new DateOnly(2026, 7, 15)));
        Assert.Equal(winter.ToJson(), (summer with { Day = winter.Day }).ToJson());

        static TripScale Make(DateOnly day)
        {
            var unknown = Usual.Unknown(Rule);
            var maker = new ScaleMaker(Rule, unknown);
            foreach (var water in Usual.Waters) maker.Add(water.Traits, Usual.Trips(Rule, unknown, water), default, Calendar.Days);
            return maker.Make(Usual.Children, day);
        }
    }

    [Fact]
    public void Waters_without_children_and_children_without_waters_make_no_scale()
    {
        var unpeopled = new Street().Add(0, HazardKind.Pond, 2);
        var dry = new Street().Home(0, 10, 30);
        var filled = new Street().Home(0, 10, 30).Add(5, HazardKind.Pond, 2);
        filled.Waters[0] = filled.Waters[0] with
        {
            Traits = filled.Waters[0].Traits with { Hazard = filled.Waters[0].Traits.Hazard with { Status = HazardStatus.Filled } },
        };
        foreach (var street in (Street[])[unpeopled, dry, filled])
        {
            var refusal = Assert.Throws<RefusalException>(() => street.Scale(Rule, Calendar.Days));
            Assert.Equal("ScaleNeedsChildren", refusal.Code);
            Assert.Contains("没有儿童", refusal.MessageZh);
        }
    }

    [Fact]
    public void Where_one_age_comes_to_no_water_its_visits_count_as_the_others_and_that_is_said()
    {
        var scale = new Street().Home(0, 0, 300).Add(5, HazardKind.Pond, 2).Scale(Rule, Calendar.Days);
        Assert.Equal(scale.DeathsPerVisit.Aged5To14, scale.DeathsPerVisit.Aged1To4);
        Assert.Contains("aged 1 to 4", Assert.Single(scale.Notes).En);
        Assert.Contains("1–4", scale.Notes[0].Zh);
    }

    [Fact]
    public void Children_who_are_free_in_the_afternoon_only_cannot_be_raked()
    {
        var text = Rules.Text("2027-1").Replace("\"value\": 0.15, \"sd\": 0,", "\"value\": 0, \"sd\": 0,", StringComparison.Ordinal)
            .Replace("\"from\": 17, \"to\": 19, \"value\": 0.25", "\"from\": 17, \"to\": 19, \"value\": 0", StringComparison.Ordinal);
        var rule = (TripRule)HazardMap.Risk.Rules.RiskRule.Parse(text);
        var refusal = Assert.Throws<RefusalException>(() =>
            new Street().Home(0, 0, 30).Add(5, HazardKind.Pond, 2).Scale(rule, Calendar.Days));
        Assert.Equal(("ScaleCannotRake", "season.afternoon.value"), (refusal.Code, refusal.Target));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(5, 10, (5 + 5.0) / (5 + 10 * 0.5))]
    [InlineData(30, 10, (5 + 30.0) / (5 + 10 * 0.5))]
    public void A_countys_own_deaths_replace_the_nations_as_far_as_they_outweigh_them(int deaths, double years, double by)
    {
        // As many children as suffer half a death a year.
        var children = new PerAge<double>(0, 0.5 / (3.06e-5 * 0.9));
        var expected = DeathsExpected.Of(Rule.Rates, children, new OwnDeaths(deaths, years));
        Assert.Equal(0.5 * by, expected.PerYear.Aged5To14, 1e-12);
        Assert.Equal(years == 0 ? (0.25, 0.14) : (0, 1 / Math.Sqrt(5 + deaths)), (expected.Sd.Aged5To14, expected.CommonSd));
    }

    [Fact]
    public void Counts_below_zero_are_refused()
    {
        string? Refused(PerAge<double> children, OwnDeaths own) =>
            Assert.Throws<RefusalException>(() => DeathsExpected.Of(Rule.Rates, children, own)).Target;
        Assert.Equal("ownDeaths", Refused(new(1, 1), new OwnDeaths(-1, 5)));
        Assert.Equal("children", Refused(new(double.NaN, 1), default));
    }
}
