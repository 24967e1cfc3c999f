using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Reading.Apply;

[Collection(nameof(Coast))]
public sealed class ApplyTests(Coast coast)
{
    private async Task<JsonArray> RowsAsync(string options) => (await coast.Http.JsonAsync("Lighthouses?" + options))["value"]!.AsArray();

    private async Task<string> SqlAsync(string sql)
    {
        await using var command = coast.Source.CreateCommand($"select json_agg(r)::text from ({sql}) r");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task SameAsync(string options, string sql)
    {
        var rows = await RowsAsync(options);
        foreach (var row in rows) row!.AsObject().Remove("@odata.id");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(await SqlAsync(sql)), rows), rows.ToJsonString());
    }

    [Fact]
    public Task Groups_are_counted() => SameAsync(
        "$apply=groupby((Kind),aggregate($count as N))&$orderby=N desc,Kind",
        "select kind as \"Kind\", count(*) as \"N\" from coast.lighthouses group by 1 order by 2 desc, 1");

    [Fact]
    public Task The_whole_is_aggregated() => SameAsync(
        "$apply=filter(Height gt 10)/aggregate(Steps with sum as Steps,Height with max as Highest,Height with average as Mean,HarbourCode "
            + "with countdistinct as Harbours)",
        "select sum(steps) as \"Steps\", max(height) as \"Highest\", avg(height) as \"Mean\", count(distinct harbour_code) as \"Harbours\" "
            + "from coast.lighthouses where height > 10");

    [Fact]
    public Task Groups_are_filtered_ordered_and_cut() => SameAsync(
        "$apply=groupby((HarbourCode),aggregate($count as N,Visitors with sum as V))&$filter=N gt 11&$orderby=V desc&$top=3",
        "select harbour_code as \"HarbourCode\", count(*) as \"N\", sum(visitors) as \"V\" from coast.lighthouses group by 1 "
            + "having count(*) > 11 order by 3 desc nulls last, 1 limit 3");

    [Fact]
    public Task A_path_groups_into_nested_objects() => SameAsync(
        "$apply=filter(Harbour/Depth gt 5)/groupby((Harbour/Name,Kind),aggregate($count as N))&$top=4",
        "select json_build_object('Name', h.name) as \"Harbour\", l.kind as \"Kind\", count(*) as \"N\" from coast.lighthouses l "
        + "join coast.harbours h on h.code = l.harbour_code"
        + " where h.depth > 5 group by h.name, l.kind "
        + "order by h.name, array_position(array['Tower','Lightship','Beacon'], l.kind) limit 4");

    [Fact]
    public async Task Pages_of_groups_do_not_overlap()
    {
        using var small = new HttpClient { BaseAddress = coast.SmallPages };
        var met = new List<string?>();
        for (var next = "Lighthouses?$apply=groupby((HarbourCode))"; next is not null;)
        {
            var page = await small.JsonAsync(next);
            met.AddRange(page["value"]!.AsArray().Select(x => (string?)x!["HarbourCode"]));
            next = (string?)page["@odata.nextLink"];
        }
        Assert.Equal(met.Distinct().Count(), met.Count);
        Assert.Equal((await RowsAsync("$apply=groupby((HarbourCode))")).Count, met.Count);
    }

    [Fact]
    public async Task Only_what_the_caller_may_see_is_aggregated()
    {
        using var http = new HttpClient { BaseAddress = coast.Http.BaseAddress };
        http.DefaultRequestHeaders.Add("X-Area", "SC");
        Assert.Equal(1, (int)(await http.JsonAsync("Lighthouses?$apply=aggregate($count as N)"))["value"]![0]!["N"]!);
    }
}
