using System.Globalization;
using System.Text.RegularExpressions;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// Reads days as people write them and as sheets turn them: 2026-05-31, 2026/5/31, 2026年5月31日, 20260531; of any year 06-01,
/// 6月1日, 1-Jun. What may be two days (5/6/2026) or none is refused with the form that is wanted.
/// </summary>
internal static partial class DateText
{
    /// <summary>The day that a cell says.</summary>
    /// <param name="text">The cell, as it is compared.</param>
    /// <param name="isSince">Whether a year or a month alone is its first day.</param>
    /// <param name="problem">Why there is none.</param>
    /// <param name="isOdd">Whether it was written otherwise than as 2026-05-31, which is told.</param>
    public static object? Day(string text, bool isSince, out CellProblem? problem, out bool isOdd)
    {
        (problem, isOdd) = (null, false);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        isOdd = true;
        var match = YearFirst().Match(text);
        if (!match.Success) match = Digits().Match(text);
        if (match.Success && (isSince || match.Groups["d"].Success)
            && Of(Number(match, "y"), Number(match, "m") ?? 1, Number(match, "d") ?? 1) is { } found)
            return found;
        var example = isSince ? "2018-01-01, or 2018" : "2026-05-31";
        problem = SheetOr(text, "NotADay", $"is not a day: write it as {example}",
            $"不是日期：请写成 {(isSince ? "2018-01-01 或 2018" : "2026-05-31")}");
        return null;
    }

    /// <summary>The day of any year that a cell says, as MM-DD.</summary>
    /// <param name="text">The cell, as it is compared.</param>
    /// <param name="problem">Why there is none.</param>
    /// <param name="isOdd">Whether it was written otherwise, which is told.</param>
    public static object? MonthDay(string text, out CellProblem? problem, out bool isOdd)
    {
        (problem, isOdd) = (null, false);
        foreach (var form in new[] { MonthFirst(), YearFirst(), DayFirst(), NamedFirst() })
        {
            if (form.Match(text) is not { Success: true } match || !match.Groups["d"].Success) continue;
            // A sheet has put its own year before it.
            if (Of(2000, Number(match, "m") ?? MonthOf(match.Groups["name"].Value), Number(match, "d")) is not { } day) continue;
            var written = day.ToString("MM-dd", CultureInfo.InvariantCulture);
            isOdd = written != text;
            return written;
        }
        problem = SheetOr(text, "NotAMonthDay", "is not a month and a day: write it as 06-01", "不是月-日：请写成 06-01");
        return null;
    }

    private static CellProblem SheetOr(string text, string reason, string en, string zh) => LedgerCells.SheetError(text)
        ?? new(reason, $"'{CellProblem.Quote(text)}' {en}", $"'{CellProblem.Quote(text)}' {zh}");

    private static DateOnly? Of(int? year, int? month, int? day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day is { } d && d >= 1
            && d <= DateTime.DaysInMonth(year.Value, month.Value) ? new DateOnly(year.Value, month.Value, d) : null;

    private static int? Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : null;

    private static int? MonthOf(string name) =>
        Array.FindIndex(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames,
            m => m.Length > 0 && name.StartsWith(m, StringComparison.OrdinalIgnoreCase)) is >= 0 and var i ? i + 1 : null;

    private const string Midnight = "([T ]+0{1,2}:00(:00(\\.0+)?)?Z?)?$";

    [GeneratedRegex("^(?<y>[12]\\d{3})(\\s*[-/.年]\\s*(?<m>\\d{1,2})(\\s*[-/.月]\\s*(?<d>\\d{1,2})\\s*[日号]?)?)?"
        + "\\s*[年月]?" + Midnight, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YearFirst();

    [GeneratedRegex("^(?<y>[12]\\d{3})(?<m>\\d{2})(?<d>\\d{2})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digits();

    [GeneratedRegex("^(?<m>\\d{1,2})\\s*[-/.月]\\s*(?<d>\\d{1,2})\\s*[日号]?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MonthFirst();

    [GeneratedRegex("^(?<d>\\d{1,2})[- ](?<name>[A-Za-z]{3,9})\\.?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DayFirst();

    [GeneratedRegex("^(?<name>[A-Za-z]{3,9})\\.?[- ](?<d>\\d{1,2})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamedFirst();
}
