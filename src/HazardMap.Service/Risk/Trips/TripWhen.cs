using HazardMap.OData;
using HazardMap.Risk.Trips;

namespace HazardMap.Service.Risk.Trips;

/// <summary>When children come to a water, with a day of every kind to ask about.</summary>
/// <param name="UtcOffsetMinutes">What the rule's clock is ahead of UTC.</param>
/// <param name="PeakMonth">The month that <paramref name="Days"/> are of, 1 to 12.</param>
/// <param name="Months">January first.</param>
/// <param name="Days">By kind of day.</param>
[TypeName("TripWhen")]
internal sealed record TripWhen(int UtcOffsetMinutes, int PeakMonth, IReadOnlyList<TripMonth> Months, IReadOnlyList<TripDay> Days)
{
    private const int MidMonth = 15;

    /// <summary>Of a water.</summary>
    /// <param name="world">Rule, scale and calendars.</param>
    /// <param name="division">Where the water lies.</param>
    /// <param name="trips">Trips to it by entry.</param>
    /// <param name="year">The year that days are named of.</param>
    public static TripWhen Of(TripWorld world, string division, in PresenceNumbers trips, int year)
    {
        var (times, weights, calendar, own) = (world.Rule.Times, world.WeightsOf(division), TripWorld.CalendarOf(division, year), trips);
        var hours = Enumerable.Range(0, world.Scale.Hours.Count).ToArray();
        return new TripWhen((int)times.Offset.TotalMinutes, times.PeakMonth,
            [.. world.Scale.Months.Select((by, i) => new TripMonth(i + 1, by, Near(calendar, i + 1, DayKind.SchoolDay),
                Near(calendar, i + 1, DayKind.Weekend), Near(calendar, i + 1, DayKind.Holiday)))],
            [.. Enum.GetValues<DayKind>().Select(kind => new TripDay(kind,
                [.. hours.Select(hour => world.Scores.Visits(own, weights.At(times.PeakMonth, kind, hour)))]))]);
    }

    private static DateOnly? Near(SchoolCalendar calendar, int month, DayKind kind) =>
        Enumerable.Range(1, DateTime.DaysInMonth(calendar.Year, month)).Select(day => new DateOnly(calendar.Year, month, day))
            .Where(day => calendar.Of(day) == kind).OrderBy(day => Math.Abs(day.Day - MidMonth)).Select(day => (DateOnly?)day)
            .FirstOrDefault();
}

/// <summary>A month, and the day of each kind that is nearest to its middle.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="Multiplier">Visits of a like hour of a like day, relative to the peak month.</param>
/// <param name="SchoolDay">Null: the month has none.</param>
/// <param name="Weekend">Null: the month has none.</param>
/// <param name="Holiday">Null: the month has none.</param>
[TypeName("TripMonth")]
internal sealed record TripMonth(int Month, double Multiplier, DateOnly? SchoolDay, DateOnly? Weekend, DateOnly? Holiday);

/// <summary>A day of a kind in the peak month.</summary>
/// <param name="Kind">Of day.</param>
/// <param name="Visits">Unsupervised visits of children in each hour, from midnight.</param>
[TypeName("TripDay")]
internal sealed record TripDay(DayKind Kind, IReadOnlyList<double> Visits);
