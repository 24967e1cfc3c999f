using HazardMap.Geodesy;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;

namespace HazardMap.Tests.Risk;

public class RiskMeasuresTests
{
    private static readonly Guid School = Guid.NewGuid();
    private static readonly HazardTraits OpenPond = new(HazardKind.Pond, 1.5, null, null, Access.Open, true, false, false, false, false);

    [Fact]
    public void Measures_are_ranked_and_say_what_they_do()
    {
        var measures = RiskMeasures.Of(Rules.Rule2026, OpenPond, exposure: 800);
        Assert.Equal("Close Fence Restrict FourOnes", string.Join(" ", measures.Take(4).Select(m => m.Name)));
        var fence = measures.Single(m => m.Name == "Fence");
        Assert.Equal(800 * 1.2 * 0.95 * 0.27, fence.Score, 1e-9);
        Assert.Equal(RiskLevel.Yellow, fence.Level);
        Assert.Equal("A fence: Red → Yellow (912 → 246.2 points)", fence.Sentence.En);
        Assert.Equal("加装围栏：红色 → 黄色（912 → 246.2 分）", fence.Sentence.Zh);
        Assert.StartsWith("配备救生圈：仍为红色（", measures.Single(m => m.Name == "Ring").Sentence.Zh,
            StringComparison.Ordinal);
        Assert.StartsWith("A life ring: stays Red", measures.Single(m => m.Name == "Ring").Sentence.En, StringComparison.Ordinal);
        Assert.DoesNotContain(measures, m => m.Name is "Sign" or "GradeBank");
        Assert.Equal(measures.Select(m => m.Score).Order(), measures.Select(m => m.Score));
    }

    [Fact]
    public void Under_a_rule_of_trips_a_measure_speaks_of_deaths_not_of_points()
    {
        var sentence = RiskMeasures.Sentence(new BilingualText("A fence", "加装围栏"), Rules.Trips(), 6.104, 3.2);
        Assert.Equal("A fence: Red → Orange (6.1 → 3.2 children's deaths expected in 1,000 years)", sentence.En);
        Assert.Equal("加装围栏：红色 → 橙色（每千年预计儿童溺亡 6.1 → 3.2 人）", sentence.Zh);
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
        var reason = ReasonOf(OpenPond, new RiskFacility(School, 0, 0, 0, 420), new RiskFacility(Guid.NewGuid(), 0.01, 0, 300, 0),
            new RiskFacility(Guid.NewGuid(), 0, 0.003, 0, 60));
        Assert.Equal("Red, 465.6: 中心小学, with 420 children 56 m away, makes 92% of the risk and 2 other places the rest; "
            + "pond, 1.5 m deep, no ring, rope, pole, fence.", reason.En);
        Assert.Equal("红，465.6 分：距水边 56 米的中心小学（儿童 420 人）占风险的 92%，"
            + "其余来自另外 2 处；坑塘，水深 1.5 米，缺救生圈、救生绳、救生杆、围栏。", reason.Zh);
    }

    [Fact]
    public void A_reason_says_where_one_place_is_all_of_it_and_where_nobody_is_near()
    {
        var alone = ReasonOf(OpenPond with { DepthMetres = null, Access = Access.Fenced, HasRing = true, HasRope = true, HasPole = true },
            new RiskFacility(School, 0, 0, 1, 0));
        Assert.Equal("Red, 0.1: all of the risk is from 中心小学, with 1 child 56 m away; pond.", alone.En);
        Assert.Equal("红，0.1 分：风险全部来自距水边 56 米的中心小学（儿童 1 人）；坑塘。", alone.Zh);
        var nearly = ReasonOf(OpenPond, new RiskFacility(School, 0, 0, 0, 420), new RiskFacility(Guid.NewGuid(), 0.02, 0, 0, 5));
        Assert.Contains("中心小学, with 420 children 56 m away, makes almost all of the risk; pond", nearly.En);
        Assert.Contains("（儿童 420 人）几乎占全部风险；坑塘", nearly.Zh);
        Assert.Contains("no children within reach", ReasonOf(OpenPond).En);
    }

    [Fact]
    public void A_reason_names_the_stretch_of_a_long_river_that_the_score_is_that_of()
    {
        var river = GeoJson.Factory.CreateLineString([new(0, 0), new(0.02, 0)]);
        var hazard = new RiskHazard(Guid.NewGuid(), 0, 0, ShapeIndex.Of(river), OpenPond with { Kind = HazardKind.River },
            Reaches.Of(river, 500));
        var explanation = new RiskScorer(Rules.Of("2026-2"), [new RiskFacility(School, 0.0065, 0.001, 0, 300)]).Explain(hazard);
        var reason = RiskSentences.Reason(RiskLevel.Yellow, hazard.Traits, explanation, _ => "中心小学");
        Assert.Contains("; river from 0.4 to 0.9 km of its length, 1.5 m deep", reason.En);
        Assert.Contains("；河流自起点 0.4 至 0.9 公里处，水深 1.5 米", reason.Zh);
    }

    private static BilingualText ReasonOf(HazardTraits traits, params RiskFacility[] facilities) =>
        RiskSentences.Reason(RiskLevel.Red, traits,
            new RiskScorer(Rules.Rule2026, facilities)
                .Explain(new RiskHazard(Guid.NewGuid(), 0.0005, 0, null, traits)), _ => "中心小学");
}
