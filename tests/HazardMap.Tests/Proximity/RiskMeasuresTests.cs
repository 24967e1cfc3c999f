using HazardMap.Proximity;
using HazardMap.Register;

namespace HazardMap.Tests.Proximity;

public class RiskMeasuresTests
{
    private static readonly HazardTraits OpenPond = new(HazardKind.Pond, 1.5, null, null, Access.Open, true, false, false, false, false);

    [Fact]
    public void Measures_are_ranked_and_say_what_they_do()
    {
        var measures = RiskMeasures.Of(Rules.Rule2026, OpenPond, exposure: 800);
        Assert.Equal("Close Fence Restrict FourOnes", string.Join(" ", measures.Take(4).Select(m => m.Name)));
        var fence = measures.Single(m => m.Name == "Fence");
        Assert.Equal(800 * 1.2 * 0.95 * 0.27, fence.Score, 1e-9);
        Assert.Equal(RiskLevel.Yellow, fence.Level);
        Assert.Equal("A fence: Red → Yellow (912 → 246.2)", fence.Sentence.En);
        Assert.Equal("加装围栏：红 → 黄（912 → 246.2）", fence.Sentence.Zh);
        Assert.StartsWith("A life ring: stays Red", measures.Single(m => m.Name == "Ring").Sentence.En, StringComparison.Ordinal);
        Assert.DoesNotContain(measures, m => m.Name is "Sign" or "GradeBank");
        Assert.Equal(measures.Select(m => m.Score).Order(), measures.Select(m => m.Score));
    }

    [Fact]
    public void Nothing_lowers_the_score_of_a_closed_water_or_of_one_without_children()
    {
        Assert.Empty(RiskMeasures.Of(Rules.Rule2026, OpenPond with { Status = HazardStatus.Closed }, 800));
        Assert.Empty(RiskMeasures.Of(Rules.Rule2026, OpenPond, 0));
    }

    [Fact]
    public void A_reason_is_one_sentence_in_each_language()
    {
        var school = new RiskFacility(Guid.NewGuid(), 0, 0, 0, 420);
        var scorer = new RiskScorer(Rules.Rule2026, [school, new RiskFacility(Guid.NewGuid(), 0.01, 0, 5, 0)]);
        var reason = RiskWords.Reason(RiskLevel.Red, OpenPond, scorer.Explain(new RiskHazard(Guid.NewGuid(), 0.0005, 0, null, OpenPond)), _ => "中心小学");
        Assert.Equal("Red, 429.9: 中心小学 (420 children) 56 m away makes 100% of it and 1 more; pond, 1.5 m deep, no ring, rope, pole, fence.", reason.En);
        Assert.Equal("红，429.9 分：中心小学（儿童 420 人）距离 56 米，占 100%，另有 1 处；坑塘，水深 1.5 米，缺救生圈、救生绳、救生杆、围栏。", reason.Zh);
    }
}
