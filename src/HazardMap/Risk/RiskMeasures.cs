using System.Globalization;
using HazardMap.Register;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;

namespace HazardMap.Risk;

/// <summary>Something that can be done about a water, and what its score would be then.</summary>
/// <param name="Name">Fence, Restrict, GradeBank, Sign, Ring, Rope, Pole, FourOnes, Camera, Close.</param>
/// <param name="Score">The score it would leave.</param>
/// <param name="Level">The level it would leave.</param>
/// <param name="Sentence">In one sentence.</param>
public sealed record RiskMeasure(string Name, double Score, RiskLevel Level, BilingualText Sentence);

/// <summary>What would lower a score, and by how much.</summary>
public static class RiskMeasures
{
    private sealed record Option(string Name, string En, string Zh, Func<HazardTraits, bool> IsMissing,
        Func<HazardTraits, HazardTraits> Do);

    private static readonly Option[] Options =
    [
        new("Fence", "A fence", "加装围栏", t => t.Access is not Access.Fenced, t => t with { Access = Access.Fenced }),
        new("Restrict", "Restricted access", "限制通行", t => t.Access is null or Access.Open,
            t => t with { Access = Access.Restricted }),
        new("GradeBank", "A graded bank", "削缓岸坡", t => t.Bank is Bank.Steep or Bank.Sheer, t => t with { Bank = Bank.Gentle }),
        new("Sign", "A warning sign", "设置警示牌", t => t.HasSign is not true, t => t with { HasSign = true }),
        new("Ring", "A life ring", "配备救生圈", t => t.HasRing is not true, t => t with { HasRing = true }),
        new("Rope", "A rope", "配备救生绳", t => t.HasRope is not true, t => t with { HasRope = true }),
        new("Pole", "A pole", "配备救生杆", t => t.HasPole is not true, t => t with { HasPole = true }),
        new("FourOnes", "All of the four ones", "配齐四个一", t => Missing(t) > 1,
            t => t with { HasSign = true, HasRing = true, HasRope = true, HasPole = true }),
        new("Camera", "A camera", "安装监控", t => t.HasCamera is not true, t => t with { HasCamera = true }),
        new("Close", "Closing it for good", "永久关闭（销号）", _ => true, t => t with { Status = HazardStatus.Closed }),
    ];

    /// <summary>Measures that lower the score, the most effective first. Nothing lowers the score of a closed water.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="hazard">The water as it is.</param>
    /// <param name="exposure">Children weighted by distance: the score without its factors.</param>
    public static IReadOnlyList<RiskMeasure> Of(ProximityRule rule, HazardTraits hazard, double exposure)
    {
        var now = exposure * rule.Multiplier(hazard);
        return [.. Options.Where(o => o.IsMissing(hazard)).Select(o => (o, score: exposure * rule.Multiplier(o.Do(hazard))))
            .Where(m => m.score < now)
            .OrderBy(m => m.score)
            .Select(m => new RiskMeasure(m.o.Name, m.score, rule.LevelOf(m.score), Sentence(new(m.o.En, m.o.Zh), rule, now, m.score)))];
    }

    /// <summary>What can be done about a water, with what it would be then; for a rule that weighs it by itself.</summary>
    public static IEnumerable<(string Name, BilingualText What, HazardTraits Then)> Possible(HazardTraits hazard) =>
        Options.Where(o => o.IsMissing(hazard)).Select(o => (o.Name, new BilingualText(o.En, o.Zh), o.Do(hazard)));

    /// <summary>What a change does: "A fence: Red → Yellow (812 → 219 points)"; under a rule of trips in deaths.</summary>
    public static BilingualText Sentence(BilingualText what, RiskRule rule, double before, double after)
    {
        var (from, to) = (rule.LevelOf(before), rule.LevelOf(after));
        var (scores, scoresZh) = Scores(rule, before, after);
        var (fromZh, toZh) = (RiskSentences.Zh(from) + "色", RiskSentences.Zh(to) + "色");
        return new BilingualText(
            from == to ? $"{what.En}: stays {from} ({scores})" : $"{what.En}: {from} → {to} ({scores})",
            from == to ? $"{what.Zh}：仍为{fromZh}（{scoresZh}）" : $"{what.Zh}：{fromZh} → {toZh}（{scoresZh}）");
    }

    private static (string En, string Zh) Scores(RiskRule rule, double before, double after)
    {
        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        return rule is TripRule
            ? (Text($"{before:#,0.##} → {after:#,0.##} children's deaths expected in 1,000 years"),
                Text($"每千年预计儿童溺亡 {before:#,0.##} → {after:#,0.##} 人"))
            : (Text($"{before:#,0.#} → {after:#,0.#} points"), Text($"{before:#,0.#} → {after:#,0.#} 分"));
    }

    private static int Missing(HazardTraits t) => 
        new[] { t.HasSign, t.HasRing, t.HasRope, t.HasPole }.Count(one => one is not true);
}
