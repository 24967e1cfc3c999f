using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Requests;

[Collection(nameof(Coast))]
public sealed class RefusalTests(Coast coast)
{
    [Theory]
    [InlineData("Lighthouses?$filter=Colour eq 'red'", 400, "Colour")]
    [InlineData("Lighthouses?$select=Colour", 400, "Colour")]
    [InlineData("Lighthouses?$orderby=Colour", 400, "Colour")]
    [InlineData("Lighthouses?$expand=Colour", 400, "Colour")]
    [InlineData("Lighthouses?$filter=Height eq 'tall'", 400, "")]
    [InlineData("Lighthouses?$filter=Name gt 5", 400, "")]
    [InlineData("Lighthouses?$filter=Kind eq 'Castle'", 400, "")]
    [InlineData("Lighthouses?$filter=Kind in ('Castle')", 400, "")]
    [InlineData("Lighthouses?$filter=Steps mod 7 in (6,3)", 400, "")]
    [InlineData("Lighthouses?$filter=Name has 'x'", 400, "")]
    [InlineData("Lighthouses?$filter=Name", 400, "")]
    [InlineData("Lighthouses?$filter=", 400, "")]
    [InlineData("Lighthouses?$filter=geo.distance(", 400, "$filter")]
    [InlineData("Lighthouses?$filter=geo.distance(Place,Name) lt 5", 400, "")]
    [InlineData("Lighthouses?$filter=geo.distance(Place,geography'SRID=0;Point(1 1)') lt 5", 400, "SRID")]
    [InlineData("Lighthouses?$filter=geo.distance(Place,geography'SRID=3857;Point(1 1)') lt 5", 400, "SRID")]
    [InlineData("Lighthouses?$filter=geo.distance(Place,geography'SRID=4326;Point(181 1)') lt 5", 400, "range")]
    [InlineData("Lighthouses?$filter=geo.distance(Place,geography'SRID=4326;Point(23.4 104.2)') lt 5", 400, "range")]
    [InlineData("Lighthouses?$filter=geo.distance(Place,geography'SRID=4326;Point(NaN 1)') lt 5", 400, "")]
    [InlineData("Lighthouses?$filter=geo.distance(Place,geography'SRID=4326;Point(INF 1)') lt 5", 400, "")]
    [InlineData("Lighthouses?$filter=geo.distance(Place,geography'SRID=4326;Point EMPTY') lt 5", 400, "")]
    [InlineData("Lighthouses?$filter=geo.distance(Place,geometry'SRID=0;Point(1 1)') lt 5", 400, "")]
    [InlineData("Lighthouses?$filter=geo.intersects(Place,geography'SRID=4326;Polygon((1 1,2 2,3 3,1 1.5))')", 400, "ring")]
    [InlineData("Lighthouses?$orderby=Place", 400, "geo.distance")]
    [InlineData("Lighthouses?$filter=Steps div 0 eq 1", 400, "zero")]
    [InlineData("Lighthouses?$filter=Steps mul 2000000000 eq 1", 400, "")]
    [InlineData("Lighthouses?$filter=matchesPattern(Name,'(')", 400, "")]
    [InlineData("Lighthouses?$top=-1", 400, "")]
    [InlineData("Lighthouses?$top=many", 400, "")]
    [InlineData("Lighthouses?$skip=-1", 400, "")]
    [InlineData("Lighthouses?$count=maybe", 400, "")]
    [InlineData("Lighthouses?$skiptoken=rubbish", 400, "$skiptoken")]
    [InlineData("Lighthouses?$skiptoken=WyJhYSJd", 400, "$skiptoken")]
    [InlineData("Lighthouses?$top=1&$top=2", 400, "$top")]
    [InlineData("Lighthouses?$frobnicate=1", 400, "$frobnicate")]
    [InlineData("Lighthouses?$orderby=Name,Height,Steps,Lit,Note,Price", 400, "$orderby")]
    [InlineData("Lighthouses?$expand=Harbour($expand=Lighthouses($expand=Keepers))", 400, "")]
    [InlineData("Lighthouses?$filter=Keepers/any(k:k/Lighthouse/Keepers/any(l:l/Age gt 1))", 400, "any")]
    [InlineData("Keepers?$filter=Secret eq 'hush'", 403, "Secret")]
    [InlineData("Keepers?$orderby=Secret", 403, "Secret")]
    [InlineData("Lighthouses?$filter=Keepers/any(k:startswith(k/Secret,'h'))", 403, "Secret")]
    [InlineData("Lighthouses?$format=atom", 415, "$format")]
    [InlineData("Lighthouses(12)", 400, "")]
    [InlineData("Windmills", 404, "")]
    [InlineData("Lighthouses(01900000-0000-7000-8000-00000000000f)", 404, "")]
    [InlineData("Lighthouses(01900000-0000-7000-8000-000000000001)/Colour", 404, "")]
    [InlineData("Lighthouses?$apply=groupby((Place))", 400, "Place")]
    [InlineData("Lighthouses?$apply=aggregate(Name with sum as S)", 400, "")]
    [InlineData("Lighthouses?$apply=groupby((Kind))&$orderby=Name", 400, "")]
    [InlineData("Lighthouses?$apply=rubbish", 400, "$apply")]
    [InlineData("Keepers?$apply=groupby((Secret))", 403, "Secret")]

    [InlineData("Lighthouses?$compute=Height mul 2 as Steps", 400, "Steps")]
    [InlineData("Lighthouses?$deltatoken=1", 400, "$deltatoken")]
    [InlineData("$batch", 405, "POST")]
    public async Task A_request_is_refused_with_the_place(string url, int status, string place)
    {
        var (actual, error) = await coast.Http.RefusedAsync(url);
        Assert.True(status == actual, $"{actual} {error?.ToJsonString()}");
        Assert.Contains(place, error!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("((", "))")]
    [InlineData("not (", ")")]
    [InlineData("not ", "")]
    [InlineData("- ", "")]
    [InlineData("concat('a',", ")")]
    [InlineData("Lit and ", "")]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task Nesting_as_deep_as_a_URL_allows_is_a_quick_refusal(string open, string close)
    {
        foreach (var depth in new[] { 60, 500, 3000 })
        {
            var filter = string.Concat(Enumerable.Repeat(open, depth)) + "Lit" + string.Concat(Enumerable.Repeat(close, depth));
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var (status, _) = await coast.Http.RefusedAsync("Lighthouses?$filter=" + Uri.EscapeDataString(filter));
            Assert.True(status is 400 or 414 || depth == 60 && status == 200, $"{depth}: {status}");
            Assert.True(clock.ElapsedMilliseconds < 2000, $"{clock.ElapsedMilliseconds} ms");
        }
    }

    /// <summary>Small requests whose statements would grow without bound.</summary>
    [Theory]
    [InlineData("$filter=(1{0}) gt 0", " divby Steps", 40)]
    [InlineData("$compute=Steps add 1 as A0{0}&$select=Name", ",A{1} add A{1} as A{2}", 24)]
    [InlineData("$filter=@a0 gt 0{0}&@a40=Steps", "&@a{1}=@a{2} add @a{2}", 40)]
    [InlineData("$apply=identity{0}", "/concat(identity,identity)", 6)]
    public async Task A_request_that_multiplies_itself_is_answered_or_refused_at_once(string options, string piece, int times)
    {
        var grown = string.Concat(Enumerable.Range(0, times)
            .Select(x => string.Format(System.Globalization.CultureInfo.InvariantCulture, piece, "", x, x + 1)));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var (status, error) =
            await coast.Http.RefusedAsync("Lighthouses?$top=1&" + options.Replace("{0}", grown, StringComparison.Ordinal));
        Assert.True(status is 200 or 400 or 503, $"{status} {error?.ToJsonString()}");
        Assert.True(clock.ElapsedMilliseconds < 4500, $"{clock.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task Ten_thousand_parentheses_are_refused()
    {
        var (status, _) = await coast.Http.RefusedAsync($"Lighthouses?$filter={new string('(', 10_000)}Lit{new string(')', 10_000)}");
        Assert.Contains(status, new[] { 400, 414 });
    }

    [Fact]
    public async Task A_nested_collection_literal_is_refused()
    {
        var shape = string.Concat(Enumerable.Repeat("GeometryCollection(", 2000)) + "Point(1 1)" + new string(')', 2000);
        var (status, _) = await coast.Http.RefusedAsync($"Lighthouses?$filter=geo.distance(Place,geography'SRID=4326;{shape}') lt 5");
        Assert.Contains(status, new[] { 400, 414 });
    }

    [Fact]
    public async Task Outside_the_area_nothing_is_there_on_any_path()
    {
        using var http = new HttpClient { BaseAddress = coast.Http.BaseAddress };
        http.DefaultRequestHeaders.Add("X-Area", "SC");
        Assert.Equal(["Skerryvore"], await http.NamesAsync("Lighthouses?$select=Name"));
        Assert.Equal("1", await http.GetStringAsync("Lighthouses/$count"));
        Assert.Equal(404, (await http.RefusedAsync($"Lighthouses({CoastRows.Pharos})")).Status);
        Assert.Equal(404, (await http.RefusedAsync("Harbours('AL1')/Lighthouses")).Status);
        Assert.Empty(await http.NamesAsync("Lighthouses?$filter=Keepers/any()"));
        var expanded = await http.JsonAsync("Lighthouses?$expand=Keepers,Harbour");
        Assert.Empty(expanded["value"]![0]!["Keepers"]!.AsArray());
        Assert.Equal("Tiree", (string)expanded["value"]![0]!["Harbour"]!["Name"]!);
    }

    [Fact]
    public async Task Personal_properties_are_absent_unless_allowed()
    {
        Assert.False((await HttpAsync("Keepers?$top=1"))["value"]![0]!.AsObject().ContainsKey("Secret"));
        Assert.False((await HttpAsync($"Lighthouses({CoastRows.Pharos})?$expand=Keepers"))["Keepers"]![0]!.AsObject()
            .ContainsKey("Secret"));
        Task<System.Text.Json.Nodes.JsonObject> HttpAsync(string url) => coast.Http.JsonAsync(url);
    }
}
