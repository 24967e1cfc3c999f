using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Reading.Apply;

/// <summary>Each transformation of $apply against SQL that says the same by hand; rows are compared in their order.</summary>
[Collection(nameof(Coast))]
public sealed class ApplyTransformationTests(Coast coast)
{
    private async Task<JsonArray> RowsAsync(string options)
    {
        var rows = (await coast.Http.JsonAsync("Lighthouses?" + options))["value"]!.AsArray();
        foreach (var row in rows) row!.AsObject().Remove("@odata.id");
        return rows;
    }

    /// <summary>Compares with rows of JSON that a statement gives, members that are absent left out by <c>json_strip_nulls</c> where it
    /// says so.</summary>
    private async Task SameAsync(string options, string sql)
    {
        var rows = await RowsAsync(options);
        await using var command = coast.Source.CreateCommand($"select coalesce(json_agg(r.j), '[]')::text from ({sql}) r");
        var expected = JsonNode.Parse((string)(await command.ExecuteScalarAsync())!)!.AsArray();
        Assert.True(JsonNode.DeepEquals(expected, rows), $"{options}\nexpected {Short(expected)}\nanswered {Short(rows)}");
    }

    private static string Short(JsonNode node) => node.ToJsonString() is { Length: > 1500 } text ? text[..1500] : node.ToJsonString();

    [Theory]
    [InlineData(
        "$apply=filter(Kind eq 'Tower')/compute(Steps div 100 as Hundreds)/groupby((Hundreds),aggregate($count as "
            + "N,Height with max as Top))",
        "select json_build_object('Hundreds', steps / 100, 'N', count(*), 'Top', max(height)) j from coast.lighthouses "
            + "where kind = 'Tower' group by steps / 100 order by steps / 100 nulls first")]
    [InlineData(
        "$apply=groupby((HarbourCode),aggregate($count as N))/filter(N gt 10)/aggregate(N with average as Mean,$count as Groups)",
        "select json_build_object('Mean', avg(n)::float8, 'Groups', count(*)) j from (select count(*) n from coast.lighthouses "
            + "group by harbour_code) x where n > 10")]
    [InlineData(
        "$apply=groupby((rollup($all,Kind,Lit)),aggregate(Steps with sum as S))",
        "select case grouping(kind, lit) when 0 then json_build_object('Kind', kind, 'Lit', lit, 'S', sum(steps)) "
        + "when 1 then json_build_object('Kind', kind, 'S', sum(steps)) else json_build_object('S', sum(steps)) end j"
        + " from coast.lighthouses group by rollup(kind, lit) "
        + "order by grouping(kind, lit), array_position(array['Tower','Lightship','Beacon'], kind), lit nulls first")]
    [InlineData(
        "$apply=groupby((rollup(Harbour/Depth,Kind)),aggregate($count as N))&$filter=N gt 20",
        "select case grouping(h.depth, kind) when 0 then json_build_object('Harbour', json_build_object('Depth', h.depth), 'Kind', kind, "
        + "'N', count(*)) else json_build_object('Harbour', json_build_object('Depth', h.depth), 'N', count(*)) end j"
        + " from coast.lighthouses l left join coast.harbours h on h.code = l.harbour_code "
        + "group by grouping sets ((h.depth, kind), (h.depth)) having count(*) > 20"
        + " order by grouping(h.depth, kind), h.depth nulls first, array_position(array['Tower','Lightship','Beacon'], kind)")]
    [InlineData(
        "$apply=groupby((Kind),aggregate(Kind with min as First,Blink with sum as Long,LastSeenAt with max as Seen,"
            + "BuiltOn with min as Oldest))&$select=Kind,First,Oldest&$orderby=Oldest",
        "select json_build_object('Kind', kind, 'First', kind, 'Oldest', min(built_on)) j from coast.lighthouses group by kind "
            + "order by min(built_on)")]
    [InlineData(
        "$apply=aggregate(Kind with max as Last,Steps mul 2 add RangeNm with sum as S,Harbour with countdistinct as H)",
        "select json_build_object('Last', 'Beacon', 'S', sum(steps * 2 + range_nm), 'H', count(distinct h.code)) j "
            + "from coast.lighthouses l left join coast.harbours h on h.code = l.harbour_code")]
    // An entity behind a navigation counts once, however many lead to it.
    [InlineData(
        "$apply=filter(HarbourCode ne null)/groupby((Kind),aggregate(Harbour/Depth with sum as Once,Harbour/Depth with average as "
            + "Mean,Harbour/Depth add 0 with sum as Each))",
        "select json_build_object('Kind', kind, 'Once', (select sum(depth) from (select distinct h.code, h.depth from coast.lighthouses i "
        + "join coast.harbours h on h.code = i.harbour_code where i.kind = l.kind) d),"
        + " 'Mean', (select avg(depth)::float8 from (select distinct h.code, h.depth from coast.lighthouses i "
        + "join coast.harbours h on h.code = i.harbour_code where i.kind = l.kind) d), 'Each', sum(h.depth)) j"
        + " from coast.lighthouses l join coast.harbours h on h.code = l.harbour_code group by kind "
        + "order by array_position(array['Tower','Lightship','Beacon'], kind)")]
    [InlineData(
        "$apply=groupby((Kind),aggregate(Keepers/$count as K,Keepers/Age with sum as Years,Keepers/Age with max as Oldest,Keepers/Age "
            + "with average as Mean))",
        "select json_build_object('Kind', l.kind, 'K', count(k.id), 'Years', sum(k.age), 'Oldest', max(k.age), "
        + "'Mean', avg(k.age)::float8) j"
        + " from coast.lighthouses l left join coast.keepers k on k.lighthouse_id = l.id group by l.kind "
        + "order by array_position(array['Tower','Lightship','Beacon'], l.kind)")]
    [InlineData(
        "$apply=groupby((Kind),filter(Steps gt 200)/compute(Height mul 2 as Twice)/aggregate($count as N,Twice with max "
            + "as Top)/filter(N gt 0))",
        "select json_build_object('Kind', kind, 'N', count(*) filter (where steps > 200), 'Top', "
        + "max(height * 2) filter (where steps > 200)) j"
        + " from coast.lighthouses group by kind order by array_position(array['Tower','Lightship','Beacon'], kind)")]
    // Taking some of the rows.
    [InlineData(
        "$apply=topcount(5,Steps)&$select=Name,Steps&$orderby=Steps desc,Id",
        "select json_build_object('Name', name, 'Steps', steps) j from (select * from coast.lighthouses order by steps desc nulls last, id "
            + "limit 5) x order by steps desc, id")]
    [InlineData(
        "$apply=filter(Steps ne null)/bottomcount(@n,Steps)&$select=Id&@n=7",
        "select json_build_object('Id', id) j from (select * from coast.lighthouses where steps is not null order by steps, id "
            + "limit 7) x order by id")]
    [InlineData(
        "$apply=filter(Steps gt 0)/topsum(5000,Steps)/aggregate($count as N,Steps with sum as S)",
        "select json_build_object('N', count(*), 'S', sum(steps)) j from (select steps, "
            + "sum(steps) over (order by steps desc, id) - steps before from coast.lighthouses where steps > 0) x where before < 5000")]
    [InlineData(
        "$apply=filter(Steps gt 0)/bottompercent(10,Steps)/aggregate($count as N)",
        "select json_build_object('N', count(*)) j from (select steps, sum(steps) over (order by steps, id) - steps before, "
            + "sum(steps) over () whole from coast.lighthouses where steps > 0) x where before < 0.1 * whole")]
    [InlineData(
        "$apply=groupby((Kind),topcount(2,Height))&$select=Kind,Height,Id",
        "select json_build_object('Kind', kind, 'Height', height, 'Id', id) j from (select *, row_number() over (partition by kind "
            + "order by height desc nulls last, id) n from coast.lighthouses) x where n <= 2 order by id")]
    [InlineData(
        "$apply=orderby(Height desc,Name)/skip(3)/top(4)&$select=Name,Height",
        "select json_build_object('Name', name, 'Height', height) j from coast.lighthouses "
            + "order by height desc nulls last, name, id offset 3 limit 4")]
    [InlineData(
        "$apply=search(fog)/groupby((Kind))", "select json_build_object('Kind', kind) j from coast.lighthouses where note ilike '%fog%' "
            + "or name ilike '%fog%' group by kind order by array_position(array['Tower','Lightship','Beacon'], kind)")]
    [InlineData(
        "$apply=identity/filter(Lit)&$search=fog&$filter=Steps gt 100&$compute=Steps mul 2 as Twice&$select=Id,Twice"
            + "&$orderby=Twice desc,Id&$top=5&$skip=2",
        "select json_build_object('Id', id, 'Twice', steps * 2) j from coast.lighthouses where lit and note ilike '%fog%' and steps > 100 "
            + "order by steps desc, id limit 5 offset 2")]
    // Several answers to one question.
    [InlineData(
        "$apply=filter(Steps ne null)/concat(topcount(2,Steps)/groupby((Kind,Steps)),aggregate($count as N,Steps with sum as "
            + "Steps),groupby((Kind),aggregate(Steps with max as Steps)))",
        "select j from (select 1 b, row_number() over (order by array_position(array['Tower','Lightship','Beacon'], kind), steps) n, "
        + "json_build_object('Kind', kind, 'Steps', steps) j from (select * from coast.lighthouses where steps is not null "
        + "order by steps desc, id limit 2) t group by kind, steps"
        + " union all select 2, 1, json_build_object('Steps', sum(steps), 'N', count(*)) from coast.lighthouses where steps is not null"
        + " union all select 3, row_number() over (order by array_position(array['Tower','Lightship','Beacon'], kind)), "
        + "json_build_object('Kind', kind, 'Steps', max(steps)) from coast.lighthouses where steps is not null "
        + "group by kind) u order by b, n")]
    [InlineData(
        "$apply=concat(groupby((rollup(Kind,Lit)),aggregate($count as N)),aggregate($count as N))&$filter=N gt 150",
        "select j from (select 1 b, grouping(kind, lit) g, array_position(array['Tower','Lightship','Beacon'], kind) k, "
        + "lit, case grouping(kind, lit) when 0 then json_build_object('Kind', kind, 'Lit', lit, 'N', count(*)) "
        + "else json_build_object('Kind', kind, 'N', count(*)) end j, count(*) n"
        + " from coast.lighthouses group by grouping sets ((kind, lit), (kind)) union all select 2, 0, 0, null, "
        + "json_build_object('N', count(*)), count(*) from coast.lighthouses) u where n > 150 order by b, g, k, lit nulls first")]
    public Task A_transformation_answers_what_SQL_answers(string options, string sql) => SameAsync(options, sql);

    [Fact]
    public async Task Rollups_that_overlap_give_each_group_once()
    {
        var rows = await RowsAsync("$apply=groupby((rollup($all,Kind),rollup($all,Kind,Lit)),aggregate($count as N))");
        Assert.Equal(rows.Count, rows.Select(x => x!.ToJsonString()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(1, rows.Count(x => x!.AsObject().Count == 1));
    }

    [Fact]
    public async Task Results_are_counted_and_paged()
    {
        using var small = new HttpClient { BaseAddress = coast.SmallPages };
        var met = new List<string>();
        long? count = null;
        for (var next = "Lighthouses?$apply=concat(groupby((rollup($all,HarbourCode)),aggregate($count as N)),groupby((Kind)))&$count=true";
            next is not null;)
        {
            var page = await small.JsonAsync(next);
            count ??= (long)page["@odata.count"]!;
            met.AddRange(page["value"]!.AsArray().Select(x => x!.ToJsonString()));
            next = (string?)page["@odata.nextLink"];
        }
        Assert.Equal(count, met.Count);
        Assert.Equal(met.Count, met.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task The_context_says_what_the_rows_are_made_of()
    {
        var answer = await coast.Http.JsonAsync(
            "Lighthouses?$apply=groupby((Harbour/Name,Harbour/Depth,Kind),aggregate($count as N))&$top=1");
        Assert.EndsWith("#Lighthouses(Harbour(Name,Depth),Kind,N)", (string)answer["@odata.context"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_the_caller_may_see_goes_through_any_transformation()
    {
        using var http = new HttpClient { BaseAddress = coast.Http.BaseAddress };
        http.DefaultRequestHeaders.Add("X-Area", "SC");
        foreach (var apply in new[] { "topcount(5,Steps)/aggregate($count as N)", "concat(aggregate($count as N),aggregate($count as N))",
            "groupby((Kind),aggregate($count as N))", "identity/aggregate(Harbour/Code with countdistinct as N)" })
            Assert.All((await http.JsonAsync("Lighthouses?$apply=" + apply))["value"]!.AsArray(), x => Assert.Equal(1, (int)x!["N"]!));
        Assert.Equal(0, (int)(await http.JsonAsync("Lighthouses?$apply=aggregate(Keepers/$count as N)"))["value"]![0]!["N"]!);
    }

    [Theory]
    [InlineData("aggregate(Steps with frob as S)", 501, "frob")]
    [InlineData("aggregate(Steps with Custom.median as S)", 501, "custom.median")]
    [InlineData("aggregate(Steps with sum from Kind with average as S)", 501, "from")]
    [InlineData("aggregate(Steps)", 400, "with")]
    [InlineData("aggregate(Name with average as S)", 400, "numbers")]
    [InlineData("aggregate(Lit with max as S)", 400, "Boolean")]
    [InlineData("aggregate(Steps with sum as S,Height with sum as S)", 400, "S")]
    [InlineData("aggregate(Harbour/Lighthouses/$count as N)", 501, "collection")]
    [InlineData("groupby((rollup(Kind)),aggregate(Harbour/Depth with sum as S))", 501, "rollup")]
    [InlineData("groupby((Kind),concat(identity,identity))", 501, "groupby")]
    [InlineData("groupby((Name,Outline))", 400, "Outline")]
    [InlineData("groupby((Steps add 1))", 400, "groupby")]
    [InlineData("groupby((Kind))/filter(Name eq 'x')", 400, "Name")]
    [InlineData("groupby((Kind))/search(x)", 501, "search")]
    [InlineData("join(Keepers as K)", 501, "join")]
    [InlineData("ancestors($root/Harbours,H,Code,identity)", 501, "ancestors")]
    [InlineData("concat(identity)", 400, "concat")]
    [InlineData("topcount(Steps,Steps)", 501, "number")]
    [InlineData("topsum(5,Name)", 400, "numbers")]
    [InlineData("concat(aggregate(Name with max as X),aggregate($count as X))", 400, "X")]
    [InlineData("top(-1)", 400, "whole")]
    [InlineData("compute(Steps as Name)", 400, "Name")]
    [InlineData("identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/identity/"
        + "identity/identity/identity/identity/identity/identity/identity/identity", 400, "20")]
    public async Task A_transformation_is_refused_with_the_reason(string apply, int status, string place)
    {
        var (actual, error) = await coast.Http.RefusedAsync("Lighthouses?$apply=" + apply);
        Assert.True(status == actual, $"{actual} {error?.ToJsonString()}");
        Assert.Contains(place, error!.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }
}
