using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Reading;

[Collection(nameof(Coast))]
public sealed class ExpandTests(Coast coast)
{
    private HttpClient Http => coast.Http;

    [Fact]
    public async Task Levels_follow_a_navigation_to_the_same_set()
    {
        var two = await Http.JsonAsync("Harbours('H001')?$select=Code&$expand=Parts($select=Code;$orderby=Code;$levels=2)");
        Assert.Equal(["H003", "H004", "H005"], two["Parts"]!.AsArray().Select(x => (string)x!["Code"]!));
        Assert.Equal(["H009", "H010", "H011"], two["Parts"]![0]!["Parts"]!.AsArray().Select(x => (string)x!["Code"]!));
        Assert.False(two["Parts"]![0]!["Parts"]![0]!.AsObject().ContainsKey("Parts"));
        var most = await Http.JsonAsync("Harbours('H001')?$select=Code&$expand=Parts($select=Code;$orderby=Code;$levels=max)");
        Assert.Equal(two["Parts"]!.ToJsonString(), most["Parts"]!.ToJsonString());
        var up = await Http.JsonAsync("Harbours('H039')?$expand=Whole($levels=2)");
        Assert.Equal("H004", (string)up["Whole"]!["Whole"]!["Code"]!);
    }

    [Theory]
    [InlineData("Harbours?$expand=Parts($levels=3)", 400, "$levels")]
    [InlineData("Harbours?$expand=Parts($levels=0)", 400, "$levels")]
    [InlineData("Lighthouses?$expand=Keepers($levels=2)", 400, "$levels")]
    [InlineData("Lighthouses?$expand=Keepers,Keepers", 400, "Keepers")]
    [InlineData("Lighthouses?$expand=Harbour($filter=Code eq 'x')", 400, "$filter")]
    [InlineData("Lighthouses?$expand=Keepers($apply=identity)", 501, "$apply")]
    [InlineData("Lighthouses?$expand=Keepers($frob=1)", 400, "$frob")]
    [InlineData("Lighthouses?$select=Name/First", 400, "Name")]
    [InlineData("Lighthouses?$select=Name($top=1)", 400, "Name")]
    [InlineData("Harbours('AL1')?$filter=Code eq 'x'", 400, "$filter")]
    [InlineData("Harbours('AL1')?$top=1", 400, "$top")]
    public async Task What_cannot_be_expanded_is_refused(string url, int status, string place)
    {
        var (actual, error) = await Http.RefusedAsync(url);
        Assert.True(status == actual, $"{actual} {error?.ToJsonString()}");
        Assert.Contains(place, error!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task References_and_counts_are_carried_instead_of_entities()
    {
        var pharos = await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})?$select=Name&$expand=Keepers/$ref($orderby=Name),Harbour/$ref");
        Assert.EndsWith("/odata/Keepers(01910000-0000-7000-8000-000000000002)", (string)pharos["Keepers"]![0]!["@odata.id"]!,
            StringComparison.Ordinal);
        Assert.EndsWith("/odata/Harbours('AL1')", (string)pharos["Harbour"]!["@odata.id"]!, StringComparison.Ordinal);
        var counted = await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})?$select=Name&$expand=Keepers/$count($filter=Age gt 40)");
        Assert.Equal(1, (int)counted["Keepers@odata.count"]!);
        Assert.False(counted.ContainsKey("Keepers"));
        var empty = await Http.JsonAsync($"Lighthouses({CoastRows.Empty})?$expand=Harbour/$ref,Keepers/$ref");
        Assert.Null(empty["Harbour"]);
        Assert.Empty(empty["Keepers"]!.AsArray());
    }

    [Fact]
    public async Task A_star_expands_everything_once()
    {
        var pharos = await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})?$expand=*");
        Assert.Equal("Alexandria", (string)pharos["Harbour"]!["Name"]!);
        Assert.Equal(2, pharos["Keepers"]!.AsArray().Count);
        var references = await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})?$expand=*/$ref,Keepers($select=Name)");
        Assert.Equal(["@odata.id"], references["Harbour"]!.AsObject().Select(x => x.Key));
        Assert.Equal("Ptolemy",
            (string)references["Keepers"]!.AsArray().OrderBy(x => (string)x!["Name"]!, StringComparer.Ordinal).First()!["Name"]!);
    }

    [Fact]
    public async Task Paths_in_select_reach_into_what_is_expanded()
    {
        foreach (var options in new[] { "$select=Name,Harbour/Name", "$select=Name,Harbour/Name&$expand=Harbour",
            "$select=Name,Harbour($select=Name)" })
        {
            var pharos = await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})?{options}");
            Assert.Equal("Alexandria", (string)pharos["Harbour"]!["Name"]!);
            Assert.False(pharos["Harbour"]!.AsObject().ContainsKey("Depth"));
        }
    }

    [Fact]
    public async Task Nested_options_may_search_and_have_aliases_of_their_own()
    {
        var harbour = await Http.JsonAsync("Harbours('AL1')?$expand=Lighthouses($search=wonders;$select=Name;$count=true)");
        Assert.Equal((1, "Pharos"), ((int)harbour["Lighthouses@odata.count"]!, (string)harbour["Lighthouses"]![0]!["Name"]!));
        harbour = await Http.JsonAsync("Harbours('AL1')?$expand=Lighthouses($search=\"seven; (wonders\" OR wonders;$select=Name)");
        Assert.Single(harbour["Lighthouses"]!.AsArray());
        harbour = await Http.JsonAsync(
            "Harbours('AL1')?$expand=Lighthouses($filter=Steps gt @s and $it/Depth gt 10 and $this/Steps lt 400;@s=299)&@s=1000");
        Assert.Single(harbour["Lighthouses"]!.AsArray());
    }

    [Theory]
    [InlineData("Harbours?$filter=Code eq 'it''s, %2526/雾'"
        + "&$expand=Lighthouses($select=Name,Blink;$orderby=Blink desc,LastSeenAt,Name;$count=true)", 12)]
    [InlineData("Harbours?$filter=Code eq 'it''s, %2526/雾'"
        + "&$expand=Lighthouses($select=Name;$orderby=OpensAt,Lit desc,Badge;$skip=2;$top=8;$filter=startswith(Name,@n))&@n='Dense'", 8)]
    [InlineData("Harbours?$filter=Code eq 'it''s, %2526/雾'&$expand=Lighthouses/$ref($orderby=Height div 3 desc)", 12)]
    public async Task A_cut_expansion_goes_on_by_keyset_behind_a_key_of_any_text(string url, int expected)
    {
        const string code = "it's, %26/雾";
        await using (var insert = coast.Source.CreateCommand("""
            insert into coast.harbours (code, name) values ($1, 'Odd');
            """))
        {
            insert.Parameters.AddWithValue(code);
            await insert.ExecuteNonQueryAsync();
        }
        await Coast.RunAsync(coast.Source, """
            insert into coast.lighthouses (id, name, kind, place, harbour_code, height, lit, last_seen_at, opens_at, blink, badge)
            select ('0f0000000000700080000000000000' || lpad(i::text, 2, '0'))::uuid, 'Dense ' || i, 'Tower', 'POINT(10 10)', (select code
              from coast.harbours where name = 'Odd'),
              i / 3, i % 2 = 0, case when i % 5 > 0 then timestamptz '2024-01-01Z' + i % 3 * interval '1.5 second' end,
                time '12:00' + i / 4 * interval '1 hour 0.25 second',
              case when i % 4 > 0 then i / 4 * interval '26 hours 0.5 second' end, decode(md5((i / 2)::text), 'hex')
            from generate_series(1, 12) i
            """);
        try
        {
            using var small = new HttpClient { BaseAddress = coast.SmallPages };
            var harbour = (await small.JsonAsync(url))["value"]![0]!;
            var met = harbour["Lighthouses"]!.AsArray().Select(x => x!.ToJsonString()).ToList();
            Assert.Equal(5, met.Count);
            for (var next = (string?)harbour["Lighthouses@odata.nextLink"]; next is not null;)
            {
                var page = await small.JsonAsync(next);
                met.AddRange(page["value"]!.AsArray().Select(x => x!.ToJsonString()));
                next = (string?)page["@odata.nextLink"];
            }
            Assert.Equal(expected, met.Distinct(StringComparer.Ordinal).Count());
            Assert.Equal(expected, met.Count);
            var whole = (await Http.JsonAsync(url))["value"]![0]!["Lighthouses"]!.AsArray()
                .Select(x => x!.ToJsonString().Replace("/odata/", "/small/", StringComparison.Ordinal));
            Assert.Equal(whole, met);
        }
        finally
        {
            await Coast.RunAsync(coast.Source,
                "delete from coast.lighthouses where name like 'Dense %'; delete from coast.harbours where name = 'Odd'");
        }
    }
}
