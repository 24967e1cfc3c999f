using System.Globalization;
using HazardMap.Register;
using HazardMap.Risk.Rules;

namespace HazardMap.Risk;

/// <summary>Risk in sentences that a leader reads aloud.</summary>
public static class RiskSentences
{
    /// <summary>The level in Chinese: 红, 橙, 黄, 蓝.</summary>
    public static string Zh(RiskLevel level) => Words.Of(level).Zh;

    /// <summary>Why a water scores what it scores, in one sentence.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="traits">The water.</param>
    /// <param name="explanation">Its explanation.</param>
    /// <param name="nameOf">A facility's name.</param>
    public static BilingualText Reason(RiskLevel level, HazardTraits traits, RiskExplanation explanation, Func<Guid, string> nameOf)
    {
        var (kind, kindZh) = KindOf(traits.Kind);
        var (depth, depthZh) = traits.DepthMetres is { } d ? (Text($", {d:0.#} m deep"), Text($"，水深 {d:0.#} 米")) : ("", "");
        var (reach, reachZh) = ReachOf(explanation.Worst);
        var (who, whoZh) = Children(explanation, nameOf);
        var (lacks, lacksZh) = Lacks(traits);
        var score = Text($"{explanation.Score:#,0.#}");
        return new BilingualText($"{level}, {score}: {who}; {kind}{reach}{depth}{lacks}.",
            $"{Zh(level)}，{score} 分：{whoZh}；{kindZh}{reachZh}{depthZh}{lacksZh}。");
    }

    // A sentence says "water" where a list says "other".
    private static (string En, string Zh) KindOf(HazardKind kind) =>
        kind == HazardKind.Other ? ("water", "水域") : (Words.Of(kind).En.ToLowerInvariant(), Words.Of(kind).Zh);

    private static (string En, string Zh) Children(RiskExplanation explanation, Func<Guid, string> nameOf)
    {
        if (explanation.Exposures.Count == 0) return ("no children within reach", "影响范围内无儿童");
        var (first, others) = (explanation.Exposures[0], explanation.Exposures.Count - 1);
        var (children, name) = (first.Facility.Under5 + first.Facility.Aged5To14, nameOf(first.Facility.Id));
        var isWalk = first.Mode == DistanceMode.Walk;
        var place = Text($"{name}, with {children:N0} {(children == 1 ? "child" : "children")} ")
            + Text($"{first.DistanceMetres:N0} m away{(isWalk ? " on foot" : "")}");
        var placeZh = Text($"距水边{(isWalk ? "步行" : "")} {first.DistanceMetres:N0} 米的{name}（儿童 {children:N0} 人）");
        if (others == 0) return ($"all of the risk is from {place}", $"风险全部来自{placeZh}");
        var share = explanation.Exposures.Sum(e => e.Exposure) is > 0 and var all ? 100 * first.Exposure / all : 0;
        return share >= 99.5 ? ($"{place}, makes almost all of the risk", $"{placeZh}几乎占全部风险")
            : (Text($"{place}, makes {share:0}% of the risk and {others} other {(others == 1 ? "place" : "places")} the rest"),
                Text($"{placeZh}占风险的 {share:0}%，其余来自另外 {others} 处"));
    }

    // A long river is not everywhere near the school.
    private static (string En, string Zh) ReachOf(Reach? reach) => reach switch
    {
        null => ("", ""),
        { FromMetres: { } from, ToMetres: { } to } =>
            (Text($" from {from / 1000:0.0} to {to / 1000:0.0} km of its length"),
                Text($"自起点 {from / 1000:0.0} 至 {to / 1000:0.0} 公里处")),
        _ => (Text($", part {reach.Ordinal}"), Text($"第 {reach.Ordinal} 块")),
    };

    private static (string En, string Zh) Lacks(HazardTraits t)
    {
        (bool? IsThere, string En, string Zh)[] ones =
        [
            (t.HasSign, "sign", "警示牌"), (t.HasRing, "ring", "救生圈"), (t.HasRope, "rope", "救生绳"),
            (t.HasPole, "pole", "救生杆"),
        ];
        var lacks = ones.Where(o => o.IsThere is false).Select(o => (o.En, o.Zh)).ToList();
        if (t.Access is null or Access.Open) lacks.Add(("fence", "围栏"));
        var unseen = ones.Where(o => o.IsThere is null).ToList();
        // Nobody has looked: unknown is not missing.
        var (unknown, unknownZh) = unseen.Count == 0 ? ("", "")
            : ($", {string.Join(", ", unseen.Select(o => o.En))} not looked at",
                $"，{string.Join("、", unseen.Select(o => o.Zh))}未查看");
        return lacks.Count == 0 ? (unknown, unknownZh)
            : ($", no {string.Join(", ", lacks.Select(l => l.En))}{unknown}",
                $"，缺{string.Join("、", lacks.Select(l => l.Zh))}{unknownZh}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
