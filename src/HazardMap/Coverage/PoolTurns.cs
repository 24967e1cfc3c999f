using System.Globalization;

namespace HazardMap.Coverage;

/// <summary>How often a child can be in a pool: the room of a pool is not who fits in at once.</summary>
public static class PoolTurns
{
    // A year without a 29 February: the season is of any year.
    private const int AnyYear = 2001;

    private static readonly DateOnly First = new(AnyYear, 7, 1), Last = new(AnyYear, 8, 31);

    /// <summary>Visits that a pool has room for in July and August, when no school is on: places x turns a day x days open.</summary>
    /// <param name="places">Who can be in it at once; null: not known, and so is the answer.</param>
    /// <param name="turns">How often a day its places are filled anew; null: once.</param>
    /// <param name="from">First day of its season, MM-DD; null: open all year.</param>
    /// <param name="to">Last day, MM-DD; before the first one: over the new year.</param>
    public static double? OfSummer(int? places, int? turns, string? from, string? to) =>
        places is null ? null : (double)places * (turns ?? 1) * Days(from, to);

    private static int Days(string? from, string? to)
    {
        if (from is null || to is null) return Overlap(First, Last);
        var (first, last) = (Day(from), Day(to));
        return first <= last ? Overlap(first, last) : Overlap(first, new(AnyYear, 12, 31)) + Overlap(new(AnyYear, 1, 1), last);
    }

    private static int Overlap(DateOnly from, DateOnly to)
    {
        var (first, last) = (from > First ? from : First, to < Last ? to : Last);
        return Math.Max(0, last.DayNumber - first.DayNumber + 1);
    }

    private static DateOnly Day(string monthDay) => DateOnly.ParseExact($"{AnyYear}-{(monthDay == "02-29" ? "02-28" : monthDay)}",
        "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
