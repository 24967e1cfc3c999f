using HazardMap.Register;

namespace HazardMap.Risk.Trips;

/// <summary>What children do on a day.</summary>
public enum DayKind
{
    /// <summary>Pupils are in school.</summary>
    [Word("上学日", "School day")] SchoolDay,

    /// <summary>Saturday or Sunday in term.</summary>
    [Word("周末", "Weekend")] Weekend,

    /// <summary>Public holiday or school vacation.</summary>
    [Word("假日", "Holiday")] Holiday,
}

/// <summary>How many days of each kind a year has, by month.</summary>
public sealed class DayCounts
{
    private readonly int[] _days = new int[TripTimes.Months * TripTimes.DayKinds];

    internal DayCounts(int year, Func<DateOnly, DayKind> kind)
    {
        Year = year;
        for (var day = new DateOnly(year, 1, 1); ; day = day.AddDays(1))
        {
            _days[(day.Month - 1) * TripTimes.DayKinds + (int)kind(day)]++;
            if (day is { Month: 12, Day: 31 }) return;
        }
    }

    /// <summary>The year.</summary>
    public int Year { get; }

    /// <summary>Days of a kind in a month, 1 to 12.</summary>
    public int this[int month, DayKind kind] => _days[(month - 1) * TripTimes.DayKinds + (int)kind];

    /// <summary>Days of a kind in the year.</summary>
    public int Of(DayKind kind) => Enumerable.Range(1, TripTimes.Months).Sum(month => this[month, kind]);
}
