using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Service.Accounts;
using HazardMap.Service.Risk.Trips;

namespace HazardMap.Service.Risk;

/// <summary>What <c>WhatIf</c> answers: what would lower a score, and what the score would be as tried.</summary>
/// <param name="Score">The stored score.</param>
/// <param name="Level">Its level.</param>
/// <param name="Rule">Version of the rule that scored the water.</param>
/// <param name="Measures">What would lower it, the most effective first.</param>
/// <param name="Tried">With the properties given in the call; null when none was.</param>
/// <param name="Displaced">Under a rule of trips: where the trips go then; null when nothing was tried.</param>
[TypeName("RiskWhatIf")]
internal sealed record WhatIf(double Score, RiskLevel Level, string Rule, IReadOnlyList<Measure> Measures, Measure? Tried,
    Displaced? Displaced = null)
{
    /// <summary>The same without waters that its reader may not see; the sums stay.</summary>
    internal WhatIf SeenBy(Sight sight) => Displaced is null ? this
        : this with { Displaced = Displaced with { Others = [.. Displaced.Others.Where(other => sight.Has(other.HazardId))] } };
}

/// <summary>Where trips go when a water is otherwise, in visits on a holiday of the peak month.</summary>
/// <param name="Own">The change at the water itself.</param>
/// <param name="All">Of all waters together: below 0, so many visits are no longer made.</param>
/// <param name="Others">Waters whose visits change, the largest change first.</param>
[TypeName("RiskDisplaced")]
internal sealed record Displaced(double Own, double All, IReadOnlyList<TripRivalWater> Others);

/// <summary>Something that can be done about a water, and what its score would be then.</summary>
[TypeName("RiskMeasure")]
internal sealed record Measure(string Name, double Score, RiskLevel Level, string SentenceEn, string SentenceZh)
{
    public static Measure Of(RiskMeasure measure) =>
        new(measure.Name, measure.Score, measure.Level, measure.Sentence.En, measure.Sentence.Zh);

    /// <summary>What a change of properties does to a score.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="now">The water as it is.</param>
    /// <param name="then">The water as it would be.</param>
    /// <param name="exposure">Children weighted by distance: the score without its factors.</param>
    public static Measure Tried(ProximityRule rule, HazardTraits now, HazardTraits then, double exposure)
    {
        var (before, after) = (exposure * rule.Multiplier(now), exposure * rule.Multiplier(then));
        var sentence = RiskMeasures.Sentence(new BilingualText("As tried", "按假设"), rule, before, after);
        return new Measure("Tried", after, rule.LevelOf(after), sentence.En, sentence.Zh);
    }
}
