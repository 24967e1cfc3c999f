using HazardMap.Risk.Rules;

namespace HazardMap.Service.Risk;

/// <summary>What <c>Profile</c> answers: how risk runs through the year and the day.</summary>
/// <param name="Rule">Version of the rule.</param>
/// <param name="TimeZone">The clock that months and hours are of.</param>
/// <param name="UtcOffsetMinutes">What it is ahead of UTC.</param>
/// <param name="ReferenceMonth">The month that stored scores are for, 1 to 12.</param>
/// <param name="ReferenceHour">The hour that stored scores are for, 0 to 23.</param>
/// <param name="At">The time asked about.</param>
/// <param name="Multiplier">What a stored score is multiplied by then.</param>
/// <param name="Months">January first.</param>
/// <param name="Hours">From midnight.</param>
internal sealed record RiskProfile(
    string Rule, string TimeZone, int UtcOffsetMinutes, int ReferenceMonth, int ReferenceHour, DateTimeOffset? At, double? Multiplier,
    IReadOnlyList<RiskMonth> Months, IReadOnlyList<RiskHour> Hours)
{
    /// <summary>Of a rule.</summary>
    public static RiskProfile Of(ProximityRule rule, DateTimeOffset? at)
    {
        var season = rule.Season;
        return new RiskProfile(
            rule.Version, season.TimeZone, (int)season.Offset.TotalMinutes, season.ReferenceMonth, season.ReferenceHour,
            at, at is { } time ? season.Of(time) : null,
            [.. season.Months.Select((n, i) => new RiskMonth(i + 1, n.Multiplier, n.Source.En, n.Source.Zh, n.Sureness))],
            [.. season.Hours.Select((n, i) => new RiskHour(i, n.Multiplier, n.Source.En, n.Source.Zh, n.Sureness))]);
    }
}

/// <summary>A month, 1 to 12.</summary>
internal sealed record RiskMonth(int Month, double Multiplier, string Source, string SourceZh, string Sureness);

/// <summary>An hour of the day, 0 to 23.</summary>
internal sealed record RiskHour(int Hour, double Multiplier, string Source, string SourceZh, string Sureness);
