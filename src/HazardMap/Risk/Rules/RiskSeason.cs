using System.Globalization;

namespace HazardMap.Risk.Rules;

/// <summary>
/// How risk runs through the year and the day: a multiplier for each month and each hour of the rule's own clock.
/// </summary>
/// <remarks>The reference month and hour have the multiplier 1 (a file that says otherwise is refused): stored scores are theirs.</remarks>
public sealed class RiskSeason
{
    internal RiskSeason(RuleText text)
    {
        TimeZone = text.Text("season", "timeZone");
        Offset = TimeSpan.FromMinutes(text.Whole("season", "utcOffsetMinutes", -14 * 60, 14 * 60));
        ReferenceMonth = text.Whole("season.reference", "month", 1, 12);
        ReferenceHour = text.Whole("season.reference", "hour", 0, 23);
        Months = [.. Enumerable.Range(1, 12).Select(m => text.Multiplier("season.months", m.ToString(CultureInfo.InvariantCulture)))];
        Hours = [.. Enumerable.Range(0, 24).Select(h => text.Multiplier("season.hours", h.ToString(CultureInfo.InvariantCulture)))];
        if (Months[ReferenceMonth - 1].Multiplier != 1) throw NotOne(text, $"season.months.{ReferenceMonth}.multiplier", "month", "月份");
        if (Hours[ReferenceHour].Multiplier != 1) throw NotOne(text, $"season.hours.{ReferenceHour}.multiplier", "hour", "时段");
    }

    /// <summary>Name of the clock, such as <c>Asia/Shanghai</c>.</summary>
    public string TimeZone { get; }

    /// <summary>What that clock is ahead of UTC, all year.</summary>
    public TimeSpan Offset { get; }

    /// <summary>The month that stored scores are for, 1 to 12.</summary>
    public int ReferenceMonth { get; }

    /// <summary>The hour that stored scores are for, 0 to 23.</summary>
    public int ReferenceHour { get; }

    /// <summary>January first.</summary>
    public IReadOnlyList<RuleNumber> Months { get; }

    /// <summary>From midnight.</summary>
    public IReadOnlyList<RuleNumber> Hours { get; }

    /// <summary>What a stored score is multiplied by at that time.</summary>
    public double Of(DateTimeOffset at) => Factors(at).Aggregate(1.0, (product, f) => product * f.Multiplier);

    /// <summary>The same with its reasons: month and hour on the rule's clock.</summary>
    public IReadOnlyList<FactorShare> Factors(DateTimeOffset at)
    {
        // The calendar repeats after 400 years; so no clock is ahead of the last hour that there is.
        var local = at.UtcDateTime.AddYears(at.UtcDateTime.Year > 5000 ? -400 : 400) + Offset;
        return [Share("month", local.Month, Months[local.Month - 1]), Share("hour", local.Hour, Hours[local.Hour])];
    }

    private static FactorShare Share(string name, int value, RuleNumber number) =>
        new(name, value.ToString(CultureInfo.InvariantCulture), number.Multiplier, number.Source.En, number.Sureness, number.Source.Zh);

    private static RefusalException NotOne(RuleText text, string key, string what, string whatZh) =>
        text.Refuse(key, $"must be 1: it is the reference {what}, which stored scores are for",
            $"须为 1：它是存储分值所对应的基准{whatZh}");
}
