namespace HazardMap.Risk.Trips;

/// <summary>How trips run through the year (g) and the day (h), normal: the peak month is 1, and the hours of a holiday, times the share of
/// children aged 5 to 14 who are free at home, sum to 1.</summary>
/// <param name="Months">January first.</param>
/// <param name="Hours">From midnight.</param>
public sealed record TripRhythm(IReadOnlyList<double> Months, IReadOnlyList<double> Hours)
{
    /// <summary>As the rule has it, before a register rakes it.</summary>
    public static TripRhythm Of(TripTimes times) =>
        Normal(times, [.. times.MonthShape.Select(m => m.Value)], [.. times.HourShape.Select(h => h.Value)]);

    internal static TripRhythm Normal(TripTimes times, double[] months, double[] hours)
    {
        var (peak, holiday) = (months[times.PeakMonth - 1], times.HolidayAtHome(hours));
        return new TripRhythm(Array.ConvertAll(months, m => m / peak), Array.ConvertAll(hours, h => h / holiday));
    }
}

/// <summary>
/// What one trip of each entry of <see cref="Presence"/> weighs: dot products with the trips that a water keeps give visits per
/// <c>rho</c>, of a year, of a holiday, of any hour.
/// </summary>
public sealed class TripWeights
{
    private readonly TripTimes _times;
    private readonly TripRhythm _rhythm;

    /// <summary>For the days of a year.</summary>
    public TripWeights(TripTimes times, TripRhythm rhythm, DayCounts days)
    {
        (_times, _rhythm, Days) = (times, rhythm, days);
        Year = YearOf(null);
        Holiday = Sum(hour => At(_times.PeakMonth, DayKind.Holiday, hour));
        ShareSlopes = [.. times.Free.Select((free, i) => (free.Share, Slope: i)).Where(f => f.Share.Sd > 0)
            .Select(f => (f.Share.Index, YearOf(f.Slope)))];
    }

    /// <summary>Days of the year by month and kind.</summary>
    public DayCounts Days { get; }

    /// <summary>Of a year (W).</summary>
    public PresenceNumbers Year { get; }

    /// <summary>Of a holiday in the peak month.</summary>
    public PresenceNumbers Holiday { get; }

    // How the year moves with the logarithm of a share that is not sure.
    internal IReadOnlyList<(int Number, PresenceNumbers Slope)> ShareSlopes { get; }

    /// <summary>Of one hour of one day.</summary>
    /// <param name="month">1 to 12.</param>
    /// <param name="day">What kind of day it is.</param>
    /// <param name="hour">0 to 23.</param>
    public PresenceNumbers At(int month, DayKind day, int hour) => At(month, day, hour, null);

    /// <summary>Of one day.</summary>
    public PresenceNumbers OfDay(int month, DayKind day) => Sum(hour => At(month, day, hour));

    private PresenceNumbers At(int month, DayKind day, int hour, int? onlyShare)
    {
        var by = _rhythm.Months[month - 1] * _rhythm.Hours[hour];
        var weights = new PresenceNumbers();
        foreach (var entry in Presences.All) weights[entry] = by * _times.Of(entry, day, hour, onlyShare);
        return weights;
    }

    private PresenceNumbers YearOf(int? onlyShare)
    {
        var year = new PresenceNumbers();
        for (var month = 1; month <= TripTimes.Months; month++)
            foreach (var day in Enum.GetValues<DayKind>())
            {
                if (Days[month, day] is not (> 0 and var count)) continue;
                for (var hour = 0; hour < TripTimes.Hours; hour++)
                {
                    var one = At(month, day, hour, onlyShare);
                    foreach (var entry in Presences.All) year[entry] += count * one[entry];
                }
            }
        return year;
    }

    private static PresenceNumbers Sum(Func<int, PresenceNumbers> hour)
    {
        var sum = new PresenceNumbers();
        for (var h = 0; h < TripTimes.Hours; h++) sum.Add(hour(h));
        return sum;
    }
}
