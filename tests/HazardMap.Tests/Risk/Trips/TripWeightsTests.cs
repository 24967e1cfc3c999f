using HazardMap.Risk.Trips;

namespace HazardMap.Tests.Risk.Trips;

public class TripWeightsTests
{
    private static readonly TripRule Rule = Rules.Trips();
    private static readonly SchoolCalendar Calendar = SchoolCalendar.Parse(
        File.ReadAllText(Repository.PathOf("geodata/calendar/5326-2026.json")), "5326-2026.json");

    private static readonly TripRhythm Rhythm = TripRhythm.Of(Rule.Times);
    private static readonly TripWeights Weights = new(Rule.Times, Rhythm, Calendar.Days);

    // RISK-2027's own words, hour by hour, without the rule's tables.
    private static double Free(TripBase at, TripAge age, DayKind day, int hour) => (at, age) switch
    {
        (TripBase.Home, TripAge.Aged1To4) => hour is >= 8 and < 18 ? 0.05 : 0,
        (TripBase.Home, _) when day == DayKind.SchoolDay => hour is 17 or 18 ? 0.25 : 0,
        (TripBase.Home, _) => hour is >= 12 and < 18 ? 0.25 : hour is (>= 8 and < 12) or 18 or 19 ? 0.15 : 0,
        (TripBase.School, TripAge.Aged5To14) => hour is 12 or 13 ? 0.08 : 0.01,
        (TripBase.Boarding, TripAge.Aged5To14) => hour is >= 17 and < 20 ? 0.05 : 0,
        (TripBase.Kindergarten, _) => 0.005,
        (TripBase.ChildrensHome, _) => 0.02,
        _ => 0,
    };

    private static bool IsThere(TripBase at, DayKind day, int hour) => at switch
    {
        TripBase.Home => true,
        TripBase.School or TripBase.Kindergarten => day == DayKind.SchoolDay && hour is >= 8 and < 17,
        TripBase.Boarding => day == DayKind.SchoolDay && hour is < 8 or >= 17 && day == DayKind.SchoolDay,
        TripBase.ChildrensHome => day != DayKind.SchoolDay && hour is >= 8 and < 18,
        _ => day != DayKind.SchoolDay && hour is >= 14 and < 18,
    };

    private static TripBase BaseOf(Presence entry) => entry switch
    {
        Presence.Home1To4 or Presence.Home5To14 => TripBase.Home,
        _ => Enum.Parse<TripBase>(entry.ToString().Replace("AwayAt", "", StringComparison.Ordinal).Replace("Away", "",
            StringComparison.Ordinal)
            .Replace("1To4", "", StringComparison.Ordinal).Replace("5To14", "", StringComparison.Ordinal)),
    };

    [Fact]
    public void A_year_is_the_sum_of_its_8760_hours()
    {
        var year = new double[Presences.Count];
        for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
            for (var hour = 0; hour < 24; hour++)
                foreach (var entry in Presences.All)
                {
                    var (kind, at) = (Calendar.Of(day), BaseOf(entry));
                    if (!IsThere(at, kind, hour)) continue;
                    var free = entry.ToString().StartsWith("Away", StringComparison.Ordinal)
                        ? -Free(TripBase.Home, entry.Age(), kind, hour) : Free(at, entry.Age(), kind, hour);
                    year[(int)entry] += Rhythm.Months[day.Month - 1] * Rhythm.Hours[hour] * free;
                }
        foreach (var entry in Presences.All)
            Assert.True(Math.Abs(year[(int)entry] - Weights.Year[entry]) <= 1e-12 * Math.Abs(year[(int)entry]),
                $"{entry}: {year[(int)entry]:R}, not {Weights.Year[entry]:R}");
    }

    [Fact]
    public void One_child_at_home_on_a_holiday_of_August_is_one() => Assert.Equal(1, Weights.Holiday[Presence.Home5To14], 1e-12);

    [Fact]
    public void At_every_hour_a_child_is_in_one_place()
    {
        foreach (var day in Enum.GetValues<DayKind>())
            for (var hour = 0; hour < 24; hour++)
            {
                // Whoever leaves home is missing there exactly while the place that has him counts him.
                Assert.Equal(Rule.Times.IsStay(TripBase.School, day, hour),
                    Rule.Times.Of(Presence.AwayAtSchool5To14, day, hour) != 0 || Rule.Times.Of(Presence.School5To14, day, hour) != 0);
                Assert.False(Rule.Times.IsStay(TripBase.School, day, hour) && Rule.Times.IsStay(TripBase.Boarding, day, hour));
                var pupil = Rule.Times.Of(Presence.Home5To14, day, hour) + Rule.Times.Of(Presence.AwayAtSchool5To14, day, hour)
                    + Rule.Times.Of(Presence.AwayBoarding5To14, day, hour) + Rule.Times.Of(Presence.School5To14, day, hour)
                    + Rule.Times.Of(Presence.Boarding5To14, day, hour);
                var at = IsThere(TripBase.School, day, hour) ? TripBase.School
                    : IsThere(TripBase.Boarding, day, hour) ? TripBase.Boarding : TripBase.Home;
                Assert.Equal(Free(at, TripAge.Aged5To14, day, hour), pupil, 1e-15);
            }
    }

    [Fact]
    public void On_a_holiday_pupils_are_at_home_and_their_number_changes_nothing()
    {
        foreach (var entry in (Presence[])[Presence.AwayAtSchool5To14, Presence.AwayBoarding5To14, Presence.School5To14,
            Presence.Boarding5To14])
            Assert.Equal(0, Weights.OfDay(8, DayKind.Holiday)[entry]);
    }

    [Fact]
    public void Days_of_a_slider_add_up_to_the_year()
    {
        var sum = new PresenceNumbers();
        for (var month = 1; month <= 12; month++)
            foreach (var kind in Enum.GetValues<DayKind>())
                for (var i = 0; i < Calendar.Days[month, kind]; i++) sum.Add(Weights.OfDay(month, kind));
        foreach (var entry in Presences.All)
            Assert.Equal(Weights.Year[entry], sum[entry], Math.Abs(Weights.Year[entry]) * 1e-12 + 1e-15);
    }

    [Theory]
    [InlineData("2026-08-15T07:30:00Z", 8, 15, 15)]
    [InlineData("2026-07-31T18:30:00Z", 8, 1, 2)]
    [InlineData("9999-12-31T23:30:00Z", 12, 31, 23)]
    [InlineData("0001-01-01T00:30:00Z", 1, 1, 8)]
    public void A_time_is_read_on_the_rules_own_clock(string at, int month, int day, int hour)
    {
        var on = Rule.Times.On(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((month, day, hour), (on.Month, on.Date.Day, on.Hour));
    }
}
