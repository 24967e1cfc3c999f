using System.Text.Json;
using System.Text.Json.Serialization;
using HazardMap.Risk.Rules;

namespace HazardMap.Risk.Trips;

/// <summary>
/// What makes deaths of visits: made once of a whole register and kept, so that an edit moves its own water and those that it shares
/// children with, and never the level of all.
/// </summary>
/// <remarks>As JSON and back it is the same to the last bit. Properties are per age where they say so.</remarks>
public sealed record TripScale
{
    private static readonly JsonSerializerOptions Options = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Version of the rule that it was made under.</summary>
    public required string Rule { get; init; }

    /// <summary>Fingerprint of that rule's file: under another text of it another scale is needed.</summary>
    public required string RuleFingerprint { get; init; }

    /// <summary>The day it was made.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The year whose calendar it was made with.</summary>
    public required int Year { get; init; }

    /// <summary>Deaths of a visit to a water of deadliness 1, by age (c).</summary>
    public required PerAge<double> DeathsPerVisit { get; init; }

    /// <summary>Visits of a child on a holiday of the peak month when only waters pull (rho).</summary>
    public required double Visits { get; init; }

    /// <summary>How trips run through the year, raked (g); the peak month is 1.</summary>
    public required IReadOnlyList<double> Months { get; init; }

    /// <summary>How trips run through the day, raked (h).</summary>
    public required IReadOnlyList<double> Hours { get; init; }

    /// <summary>Children of the register, by age (N).</summary>
    public required PerAge<double> Children { get; init; }

    /// <summary>Deaths that the register's waters are expected to see in a year, by age.</summary>
    public required PerAge<double> DeathsPerYear { get; init; }

    /// <summary>Mean deadliness over the register's visits, by age (q bar).</summary>
    public required PerAge<double> MeanDeadliness { get; init; }

    /// <summary>Standard deviation of the logarithm of each age's deaths.</summary>
    public required PerAge<double> RateSd { get; init; }

    /// <summary>The same of what both ages have in common.</summary>
    public required double CommonRateSd { get; init; }

    /// <summary>What is taken for facts that nobody has stated.</summary>
    public required IReadOnlyList<UnknownFact> Unknown { get; init; }

    /// <summary>The register's mean elasticities of deaths by the rule's numbers: what the scale takes up, and no water need answer
    /// for.</summary>
    public required IReadOnlyDictionary<string, PerAge<double>> Elasticities { get; init; }

    /// <summary>Children who died in waters whose record is complete, which deaths a year rest on beside the nation's rates; null: nobody
    /// says that a record is.</summary>
    public OwnDeaths? OwnDeaths { get; init; }

    /// <summary>What was assumed for want of data.</summary>
    public IReadOnlyList<BilingualText> Notes { get; init; } = [];

    /// <summary>Share of the scale's deaths that are of each age (s).</summary>
    [JsonIgnore]
    public PerAge<double> DeathShare => DeathsPerYear.Aged1To4 + DeathsPerYear.Aged5To14 is > 0 and var all
        ? new(DeathsPerYear.Aged1To4 / all, DeathsPerYear.Aged5To14 / all) : new(0, 0);

    /// <summary>Year and day as a rule of times needs them.</summary>
    [JsonIgnore]
    public TripRhythm Rhythm => new(Months, Hours);

    /// <summary>Whether it is of this very text of a rule.</summary>
    public bool IsOf(TripRule rule) => (Rule, RuleFingerprint) == (rule.Version, rule.Fingerprint);

    /// <summary>What is taken for facts that nobody has stated.</summary>
    public UnknownFacts UnknownFacts() => new([.. Unknown]);

    /// <summary>What a register's first pass weighs with before it has a scale: the rule's own rhythm, and a death a visit.</summary>
    public static TripScale Provisional(TripRule rule, UnknownFacts unknown, DateOnly day)
    {
        var rhythm = TripRhythm.Of(rule.Times);
        return new TripScale
        {
            Rule = rule.Version, RuleFingerprint = rule.Fingerprint, Day = day, Year = day.Year, DeathsPerVisit = new(1, 1),
            Visits = rule.Visits.Value, Months = rhythm.Months, Hours = rhythm.Hours, Children = new(0, 0), DeathsPerYear = new(0, 0),
            MeanDeadliness = new(1, 1), RateSd = new(0, 0), CommonRateSd = 0, Unknown = unknown.All,
            Elasticities = new Dictionary<string, PerAge<double>>(StringComparer.Ordinal),
        };
    }

    /// <summary>As it is kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>As it was kept.</summary>
    /// <exception cref="RefusalException">It is no scale.</exception>
    public static TripScale FromJson(string json)
    {
        try
        {
            var scale = JsonSerializer.Deserialize<TripScale>(json, Options) ?? throw Broken("null");
            scale.UnknownFacts();
            return scale.Months.Count == TripTimes.Months && scale.Hours.Count == TripTimes.Hours ? scale : throw Broken("Months, Hours");
        }
        catch (JsonException e)
        {
            throw Broken(e.Path ?? "$");
        }
    }

    private static RefusalException Broken(string where) => new("BadRiskScale",
        $"The kept scale of risk cannot be read ({where}). Make it anew: risk --scale.",
        $"保存的风险标度无法读取（{where}）。请重新制作：risk --scale。", "risk_scales");
}
