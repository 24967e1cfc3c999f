using System.Net;
using System.Text.Json.Nodes;
using HazardMap.Service.Coverage;
using HazardMap.Service.Tests.Sample;

namespace HazardMap.Service.Tests.Coverage;

public sealed class CoverageTests(PoolWorld world) : IClassFixture<PoolWorld>
{
    private async Task<JsonNode> AskAsync(string query) =>
        JsonNode.Parse(await world.Administrator.GetStringAsync($"/api/coverage?{query}"))!;

    [Theory]
    [InlineData("pupils", 450, 100)]      // S1; not the shut school, not the one beside the closed pool
    [InlineData("children", 492, 142)]    // and the kindergarten
    [InlineData("elders", 100, 70)]       // the village once, not again in its township and county; not those in the pool itself
    [InlineData("points", 1, 1)]
    public async Task Each_demand_counts_its_own_people(string demand, int all, int covered)
    {
        var totals = (await AskAsync($"kind=SwimmingPool&within=5000&demand={demand}"))["totals"]!;
        Assert.Equal((all, covered), ((int)totals["demand"]!, (int)totals["covered"]!));
        Assert.Equal((double)covered / all, (double)totals["share"]!, 1e-12);
    }

    [Fact]
    public async Task Children_at_home_stand_at_their_settlements_in_whole_children_and_who_is_not_known_is_said()
    {
        var answer = await AskAsync("kind=SwimmingPool&within=2000&demand=children-at-home");
        // 0.9386 of 100 children are of 1 to 14: 94, of whom the hamlet with half of the weight has 47, one of the others 24.
        Assert.Equal("94 71", $"{answer["totals"]!["demand"]} {answer["totals"]!["covered"]}");
        Assert.Equal("far hamlet 23", string.Join(", ", answer["leftOut"]!.AsArray().Select(l => $"{l!["name"]} {l["demand"]}")));
        Assert.Equal("children-at-home", (string?)answer["demand"]);
        Assert.StartsWith("1 divisions do not say", (string?)answer["notes"]![0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Divisions_sum_upwards_and_the_left_out_are_ranked()
    {
        var answer = await AskAsync("kind=SwimmingPool&within=5000&demand=pupils&level=County");
        var counties = answer["divisions"]!.AsArray();
        Assert.Equal("9901 400 100, 9902 50 0", string.Join(", ", counties.Select(d => $"{d!["code"]} {d["demand"]} {d["covered"]}")));
        Assert.Equal(10018.75, (double)counties[0]!["nearestMetres"]!["max"]!, 0.01);
        Assert.Equal("S2 S3", string.Join(' ', answer["leftOut"]!.AsArray().Select(l => (string?)l!["code"])));
        Assert.Equal(("geodesic", false), ((string?)answer["distance"], (bool)answer["leftOutTruncated"]!));
    }

    [Theory]
    [InlineData("9901", 400, 100, "9901 990101 99010101", "S2")]
    [InlineData("9902", 50, 0, "9902", "S3")]
    [InlineData("990101", 100, 100, "990101 99010101", "")]
    [InlineData("99", 450, 100, "99 9901 990101 99010101 9902", "S2 S3")]
    public async Task A_division_is_measured_by_itself(string division, int demand, int covered, string divisions, string leftOut)
    {
        var answer = await AskAsync($"kind=SwimmingPool&within=5000&demand=pupils&division={division}");
        Assert.Equal((demand, covered), ((int)answer["totals"]!["demand"]!, (int)answer["totals"]!["covered"]!));
        var codes = answer["divisions"]!.AsArray().Select(d => (string?)d!["code"]).Order(StringComparer.Ordinal);
        Assert.Equal(divisions, string.Join(' ', codes));
        Assert.Equal(leftOut, string.Join(' ', answer["leftOut"]!.AsArray().Select(l => (string?)l!["code"])));
        Assert.Equal(division, (string?)answer["division"]);
    }

    // The only pool stands in the other county: who is near enough is served from there.
    [Fact]
    public async Task A_division_is_served_from_beyond_its_border() =>
        Assert.Equal(50, (int)(await AskAsync("kind=SwimmingPool&within=200000&demand=pupils&division=9902"))["totals"]!["covered"]!);

    [Fact]
    public async Task The_table_for_spreadsheets_neutralises_formulas()
    {
        var question = CoverageQuestion.Parse("SwimmingPool", 5000, "pupils", null);
        var csv = CoverageAnswer.DivisionsCsv(question,
            (await CoverageStore.MeasureAsync(world.Database, question, CancellationToken.None)).Result);
        Assert.Contains("990101,'=Town,Township,100,100,1,1001.9,1001.9,1001.9\n", csv);
        Assert.Contains("99010101,Village,Village,0,0,,,,\n", csv);
    }

    [Theory]
    [InlineData("kind=Pool&within=5000&demand=pupils", "kind")]
    [InlineData("kind=3&within=5000&demand=pupils", "kind")]
    [InlineData("kind=SwimmingPool&within=0&demand=pupils", "within")]
    [InlineData("kind=SwimmingPool&within=NaN&demand=pupils", "within")]
    [InlineData("kind=SwimmingPool&demand=pupils", "within")]
    [InlineData("kind=SwimmingPool&within=5000&demand=everyone", "demand")]
    [InlineData("kind=SwimmingPool&within=5000&demand=pupils&level=Planet", "level")]
    [InlineData("kind=SwimmingPool&within=5000&demand=pupils&division=9903", "division")]
    [InlineData("kind=SwimmingPool&within=5000&demand=pupils&division=", "division")]
    [InlineData("", "kind")]
    public async Task A_question_that_makes_no_sense_is_refused_naming_the_word(string query, string target)
    {
        using var answer = await world.Administrator.GetAsync($"/api/coverage?{query}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(target, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!["target"]);
    }

    [Fact]
    public async Task A_stranger_learns_nothing() =>
        Assert.Equal(HttpStatusCode.Unauthorized,
            (await world.Stranger.GetAsync("/api/coverage?kind=SwimmingPool&within=5000&demand=pupils")).StatusCode);
}

/// <summary>The whole sample against one PostGIS statement.</summary>
[Collection(WenshanRegister.Shared)]
public sealed class WenshanCoverageTests(WenshanRegister wenshan)
{
    [Fact]
    public async Task Pupils_within_5_km_of_a_pool_are_those_that_PostGIS_finds()
    {
        var (result, _) = await CoverageStore.MeasureAsync(wenshan.Database, CoverageQuestion.Parse("SwimmingPool", 5000, "pupils", null),
            CancellationToken.None);
        Assert.Equal(376_000, result.Totals.Demand);
        Assert.Equal(result.Totals.Covered, await wenshan.ScalarAsync<long>("""
            select sum(aged_5_to_14) from register.facilities s where kind = 'School' and status = 'Open'
              and exists (select from register.facilities p where p.kind = 'SwimmingPool' and p.status = 'Open'
              and st_dwithin(s.location, p.location, 5000))
            """));
        Assert.Equal(result.Totals.Demand - result.Totals.Covered, result.LeftOut.Sum(l => l.Point.Demand));
        Assert.Equal(result.Totals, result.Divisions.Single(d => d.Division.ParentCode is null).Totals);
    }
}
