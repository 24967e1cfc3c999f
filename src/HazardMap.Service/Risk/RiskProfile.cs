using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;
using HazardMap.Service.Risk.Trips;

namespace HazardMap.Service.Risk;

/// <summary>What <c>Profile</c> answers: how risk runs through the year and the day.</summary>
/// <param name="Rule">Version of the rule.</param>
/// <param name="TimeZone">The clock that months and hours are of.</param>
/// <param name="UtcOffsetMinutes">What it is ahead of UTC.</param>
/// <param name="ReferenceMonth">The month that multipliers are 1 in, 1 to 12: that of stored scores by a rule of proximity; by one of
/// trips, whose scores are of a whole year, the month that most children come in.</param>
/// <param name="ReferenceHour">The same of the hour, 0 to 23.</param>
/// <param name="At">The time asked about.</param>
/// <param name="Multiplier">What a stored score is multiplied by then; by a rule of trips, which knows of each water who comes when
/// (<c>ExplainRisk</c>), the trips of a child aged 5 to 14 at home, relative to the reference.</param>
/// <param name="Months">January first.</param>
/// <param name="Hours">From midnight; by a rule of trips of a holiday.</param>
/// <param name="DayKind">What kind of day the time asked about is; null by a rule of proximity.</param>
/// <param name="Days">By a rule of trips the hours of each kind of day, else empty.</param>
internal sealed record RiskProfile(
    string Rule, string TimeZone, int UtcOffsetMinutes, int ReferenceMonth, int ReferenceHour, DateTimeOffset? At, double? Multiplier,
    IReadOnlyList<RiskMonth> Months, IReadOnlyList<RiskHour> Hours, DayKind? DayKind, IReadOnlyList<RiskDayHours> Days)
{
    /// <summary>Of a rule of proximity.</summary>
    public static RiskProfile Of(ProximityRule rule, DateTimeOffset? at)
    {
        var season = rule.Season;
        return new RiskProfile(
            rule.Version, season.TimeZone, (int)season.Offset.TotalMinutes, season.ReferenceMonth, season.ReferenceHour,
            at, at is { } time ? season.Of(time) : null,
            [.. season.Months.Select((n, i) => new RiskMonth(i + 1, n.Multiplier, n.Source.En, n.Source.Zh, n.Sureness))],
            [.. season.Hours.Select((n, i) => new RiskHour(i, n.Multiplier, n.Source.En, n.Source.Zh, n.Sureness))], null, []);
    }

    /// <summary>Of a rule of trips: by its scale as the register raked it, before there is one as the rule has it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="scale">Its newest scale.</param>
    /// <param name="areas">Codes of the divisions that the register is about: where they have different calendars, weekdays alone are
    /// sure.</param>
    /// <param name="at">The time asked about.</param>
    public static RiskProfile Of(TripRule rule, TripScale? scale, IEnumerable<string> areas, DateTimeOffset? at)
    {
        var (times, rhythm) = (rule.Times, scale?.Rhythm ?? TripRhythm.Of(rule.Times));
        double Trips(DayKind day, int hour) => rhythm.Hours[hour] * times.FreeAt(TripBase.Home, TripAge.Aged5To14, day, hour);
        var reference = Enumerable.Range(0, rhythm.Hours.Count).MaxBy(hour => Trips(Holiday, hour));
        var most = Trips(Holiday, reference);
        double[] Hours(DayKind day) => [.. rhythm.Hours.Select((_, hour) => Trips(day, hour) / most)];
        var asked = at is { } time ? times.On(time) : default((int Month, DateOnly Date, int Hour)?);
        var day = asked is { } a ? KindOf(areas, a.Date) : default(DayKind?);
        return new RiskProfile(
            rule.Version, times.TimeZone, (int)times.Offset.TotalMinutes, times.PeakMonth, reference, at,
            asked is { } b ? rhythm.Months[b.Month - 1] * Trips(day!.Value, b.Hour) / most : null,
            [.. times.MonthShape.Select((n, i) => new RiskMonth(i + 1, rhythm.Months[i], n.Source.En, n.Source.Zh, n.Sureness))],
            [.. Hours(Holiday).Zip(times.HourShape, (by, n) => new RiskHour(0, by, n.Source.En, n.Source.Zh, n.Sureness))
                .Select((hour, i) => hour with { Hour = i })],
            day, [.. Enum.GetValues<DayKind>().Select(kind => new RiskDayHours(kind, Hours(kind)))]);
    }

    private const DayKind Holiday = HazardMap.Risk.Trips.DayKind.Holiday;

    private static DayKind KindOf(IEnumerable<string> areas, DateOnly date) =>
        (areas.Select(area => TripWorld.CalendarOf(area, date.Year)).Distinct().ToList() is [var only] ? only
            : CalendarFiles.Default(date.Year)).Of(date);
}

/// <summary>A month, 1 to 12.</summary>
internal sealed record RiskMonth(int Month, double Multiplier, string Source, string SourceZh, string Sureness);

/// <summary>An hour of the day, 0 to 23.</summary>
internal sealed record RiskHour(int Hour, double Multiplier, string Source, string SourceZh, string Sureness);

/// <summary>The hours of a kind of day in the reference month, from midnight; the reference hour of a holiday is 1.</summary>
internal sealed record RiskDayHours(DayKind Kind, IReadOnlyList<double> Multipliers);
