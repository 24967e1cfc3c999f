using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Reading;

[Collection(nameof(Coast))]
public sealed class ReadingTests(Coast coast)
{
    private HttpClient Http => coast.Http;

    [Fact]
    public async Task The_service_document_lists_every_set()
    {
        var document = await Http.JsonAsync("");
        Assert.Equal(["Harbours", "Lighthouses", "Tides", "Keepers", "Markers"],
            document["value"]!.AsArray().Select(x => (string)x!["name"]!));
    }

    [Fact]
    public async Task The_metadata_is_CSDL_in_XML_and_in_JSON()
    {
        var xml = await Http.GetStringAsync("$metadata");
        Assert.Contains("<Property Name=\"Place\" Type=\"Edm.GeographyPoint\" Nullable=\"false\"", xml, StringComparison.Ordinal);
        Assert.Contains("EnumType Name=\"LighthouseKind\"", xml, StringComparison.Ordinal);
        Assert.Contains("Function Name=\"LookOut\" IsBound=\"true\"", xml, StringComparison.Ordinal);
        var json = await Http.JsonAsync("$metadata?$format=json");
        Assert.Equal("Coast.Container", (string)json["$EntityContainer"]!);
    }

    [Fact]
    public async Task An_entity_carries_every_type_as_OData_writes_it()
    {
        var pharos = await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})");
        Assert.EndsWith("$metadata#Lighthouses/$entity", (string)pharos["@odata.context"]!, StringComparison.Ordinal);
        Assert.Equal("W/\"1\"", (string)pharos["@odata.etag"]!);
        Assert.Equal("Tower", (string)pharos["Kind"]!);
        Assert.Equal("""{"type":"Point","coordinates":[29.8853,31.2135]}""", pharos["Place"]!.ToJsonString());
        Assert.Equal("Polygon", (string)pharos["Outline"]!["type"]!);
        Assert.Equal(9000000000, (long)pharos["Visitors"]!);
        Assert.Equal("12.34", pharos["Price"]!.ToJsonString());
        Assert.Equal("2000-02-29", (string)pharos["BuiltOn"]!);
        Assert.Equal("2024-06-30T23:59:59.123456Z", (string)pharos["LastSeenAt"]!);
        Assert.Equal("08:30:00.000000", (string)pharos["OpensAt"]!);
        Assert.Equal("PT1H30M", (string)pharos["Blink"]!);
        Assert.Equal("AP8Q", (string)pharos["Badge"]!);
        var empty = await Http.JsonAsync($"Lighthouses({CoastRows.Empty})");
        Assert.True(empty.ContainsKey("Height") && empty["Height"] is null && empty["Outline"] is null);
    }

    [Fact]
    public async Task A_text_key_is_quoted_or_a_segment()
    {
        Assert.Equal("Alexandria", (string)(await Http.JsonAsync("Harbours('AL1')"))["Name"]!);
        Assert.Equal("Alexandria", (string)(await Http.JsonAsync("Harbours/AL1"))["Name"]!);
        Assert.Equal(404, (await Http.RefusedAsync("Harbours('nowhere')")).Status);
    }

    [Fact]
    public async Task Navigations_and_properties_are_paths()
    {
        Assert.Equal("Alexandria", (string)(await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})/Harbour"))["Name"]!);
        Assert.Equal(["Pharos"], await Http.NamesAsync("Harbours('AL1')/Lighthouses"));
        Assert.Equal(404, (await Http.RefusedAsync("Harbours('nowhere')/Lighthouses")).Status);
        Assert.Equal("Pharos", (string)(await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})/Name"))["value"]!);
        Assert.Equal("Pharos", await Http.GetStringAsync($"Lighthouses({CoastRows.Pharos})/Name/$value"));
        Assert.Equal("2", await Http.GetStringAsync($"Lighthouses({CoastRows.Pharos})/Keepers/$count"));
        using var nothing = await Http.GetAsync($"Lighthouses({CoastRows.Empty})/Height");
        Assert.Equal(204, (int)nothing.StatusCode);
    }

    [Fact]
    public async Task A_HEAD_has_the_headers_of_a_GET_and_no_body()
    {
        var answer = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"Lighthouses({CoastRows.Pharos})"));
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_count_is_plain_text_to_a_client_that_asks_for_text()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "Lighthouses/$count");
        request.Headers.Accept.ParseAdd("text/plain");
        Assert.Equal("603", await (await Http.SendAsync(request)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_count_counts_what_the_filter_lets_through()
    {
        Assert.Equal("603", await Http.GetStringAsync("Lighthouses/$count"));
        Assert.Equal("2", await Http.GetStringAsync("Lighthouses/$count?$filter=contains(Name,'r') and startswith(Name,'L') eq false"));
        var page = await Http.JsonAsync("Lighthouses?$count=true&$top=2&$filter=Kind eq 'Beacon'");
        Assert.Equal(201, (int)page["@odata.count"]!);
        Assert.Equal(2, page["value"]!.AsArray().Count);
        Assert.False(page.ContainsKey("@odata.nextLink"));
    }

    [Fact]
    public async Task Select_gives_only_what_was_asked_for()
    {
        var page = await Http.JsonAsync("Lighthouses?$select=Name,Height&$top=1&$orderby=Name");
        Assert.EndsWith("#Lighthouses(Name,Height)", (string)page["@odata.context"]!, StringComparison.Ordinal);
        Assert.Equal(["@odata.id", "@odata.etag", "Name", "Height"], page["value"]![0]!.AsObject().Select(x => x.Key));
    }

    [Fact]
    public async Task Expand_carries_one_and_many_and_nests()
    {
        var one = await Http.JsonAsync(
            $"Lighthouses({CoastRows.Pharos})?$expand=Harbour,Keepers($select=Name;$orderby=Name desc)&$select=Name");
        Assert.Equal("Alexandria", (string)one["Harbour"]!["Name"]!);
        Assert.Equal(["Sostratus", "Ptolemy"], one["Keepers"]!.AsArray().Select(x => (string)x!["Name"]!));
        Assert.Null((await Http.JsonAsync($"Lighthouses({CoastRows.Empty})?$expand=Harbour"))["Harbour"]);
        var nested = await Http.JsonAsync("Harbours('AL1')?$expand=Lighthouses($expand=Keepers($filter=Age gt 50;$count=true))");
        var keepers = nested["Lighthouses"]![0]!.AsObject();
        Assert.Equal(["Sostratus"], keepers["Keepers"]!.AsArray().Select(x => (string)x!["Name"]!));
        Assert.Equal(1, (int)keepers["Keepers@odata.count"]!);
    }

    [Fact]
    public async Task An_expanded_entity_reads_exactly_like_the_entity_itself()
    {
        var inside = (await Http.JsonAsync("Harbours('AL1')?$expand=Lighthouses"))["Lighthouses"]![0]!.AsObject();
        var itself = await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})");
        itself.Remove("@odata.context");
        Assert.Equal(itself.ToJsonString(), inside.ToJsonString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Height")]
    [InlineData("Height desc")]
    [InlineData("Lit desc,Note,Steps desc")]
    [InlineData("Kind desc,Height,Name desc")]
    [InlineData("Price mul 2 desc,LastSeenAt")]
    [InlineData("Harbour/Name desc,BuiltOn")]
    [InlineData("geo.distance(Place,geography'SRID=4326;Point(104.5 23.5)')")]
    [InlineData("geo.distance(Outline,geography'SRID=4326;Point(104.5 23.5)') desc")]
    [InlineData("OpensAt,Blink desc,Visitors")]
    public async Task Following_next_links_meets_every_row_once_in_order(string orderBy)
    {
        var whole = await Http.JsonAsync("Lighthouses?$select=Id&$orderby=" + Uri.EscapeDataString(orderBy == "" ? "Id" : orderBy));
        var expected = whole["value"]!.AsArray().Select(x => (string)x!["Id"]!).ToList();
        var met = new List<string>();
        string? next = "Lighthouses?$select=Id" + (orderBy == "" ? "" : "&$orderby=" + Uri.EscapeDataString(orderBy));
        while (next is not null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            request.Headers.Add("Prefer", "maxpagesize=37");
            using var response = await Http.SendAsync(request);
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.True(response.IsSuccessStatusCode, page.ToJsonString());
            met.AddRange(page["value"]!.AsArray().Select(x => (string)x!["Id"]!));
            next = (string?)page["@odata.nextLink"];
        }
        Assert.Equal(603, met.Count);
        Assert.Equal(expected, met);
    }

    [Fact]
    public async Task A_cut_expansion_goes_on_behind_its_own_next_link()
    {
        var harbours = await Http.JsonAsync("Harbours?$filter=Code eq 'H003'&$expand=Lighthouses($select=Id;$orderby=Name,Id;$top=10)");
        var harbour = harbours["value"]![0]!.AsObject();
        Assert.False(harbour.ContainsKey("Lighthouses@odata.nextLink"));
        using var small = new HttpClient { BaseAddress = coast.SmallPages };
        harbour = await small.JsonAsync("Harbours('H003')?$expand=Lighthouses($select=Id;$orderby=Name,Id;$filter=contains(Name,'Light'))");
        var met = harbour["Lighthouses"]!.AsArray().Select(x => (string)x!["Id"]!).ToList();
        Assert.Equal(5, met.Count);
        for (var next = (string?)harbour["Lighthouses@odata.nextLink"]; next is not null;)
        {
            var page = await small.JsonAsync(next);
            met.AddRange(page["value"]!.AsArray().Select(x => (string)x!["Id"]!));
            next = (string?)page["@odata.nextLink"];
        }
        var all = await Http.JsonAsync("Harbours('H003')/Lighthouses?$select=Id&$orderby=Name,Id");
        Assert.Equal(all["value"]!.AsArray().Select(x => (string)x!["Id"]!), met);
    }

    [Theory]
    [InlineData("none", new[] { "Name" })]
    [InlineData("minimal", new[] { "@odata.context", "@odata.id", "@odata.etag", "Name" })]
    [InlineData("full", new[] { "@odata.context", "@odata.type", "@odata.id", "@odata.etag", "@odata.editLink",
        "Harbour@odata.navigationLink", "Keepers@odata.navigationLink", "Name" })]
    public async Task Metadata_is_as_much_as_asked_for(string level, string[] members)
    {
        var pharos = await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})?$select=Name&$format=application/json;metadata={level}");
        Assert.Equal(members, pharos.Select(x => x.Key));
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"Lighthouses({CoastRows.Pharos})");
        request.Headers.TryAddWithoutValidation("If-None-Match", "W/\"1\"");
        using var response = await Http.SendAsync(request);
        Assert.Equal(304, (int)response.StatusCode);
    }

    [Fact]
    public async Task Large_numbers_may_be_asked_for_as_text()
    {
        var pharos = await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})?$format=application/json;IEEE754Compatible=true");
        Assert.Equal(("9000000000", "12.34"), ((string)pharos["Visitors"]!, (string)pharos["Price"]!));
    }

    [Fact]
    public async Task A_bound_function_is_answered_by_the_host_for_an_entity_that_exists()
    {
        var view = await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})/Coast.LookOut()");
        Assert.EndsWith("$metadata#Coast.View", (string)view["@odata.context"]!, StringComparison.Ordinal);
        Assert.Equal((12.5, CoastRows.Pharos.ToString()), ((double)view["Metres"]!, (string)view["Remark"]!));
        Assert.Equal(404, (await Http.RefusedAsync($"Lighthouses({Guid.Empty})/Coast.LookOut()")).Status);
    }

    [Theory]
    [InlineData("metres=2,word='a,b=(c'')'", "metres:2 word:a,b=(c')")]
    [InlineData(" word = 'x' , fog=true", "fog:True word:x")]
    [InlineData("metres=@m,word=@w", "metres:7.5 word:null")]
    [InlineData("kind='TOWER'", "kind:TOWER")]
    [InlineData("fog=null", "fog:null")]
    public async Task A_function_takes_its_arguments_in_any_order_each_of_its_type(string arguments, string heard)
    {
        var member = CoastModel.Build().EntitySets["Lighthouses"].Need("Kind").EnumType!.Members[0];
        var view = await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})/"
            + $"Coast.LookOut({Uri.EscapeDataString(arguments.Replace("TOWER", member, StringComparison.Ordinal))})?@m=7.5");
        Assert.Equal(heard.Replace("TOWER", member, StringComparison.Ordinal), (string)view["Remark"]!);
    }

    [Theory]
    [InlineData("?metres=2&word='a'", "metres:2 word:a")]
    [InlineData("()?fog=true&sessionid=7", "fog:True")]
    [InlineData("(metres=3)?word='b'", "metres:3 word:b")]
    [InlineData("(word=@metres)?@metres='c'", "word:c")]
    [InlineData("?since=2026-08-15T15:00:00%2B08:00", "since:08/15/2026 07:00:00")]
    [InlineData("?since=2026-08-15T15:00:00+08:00", "since:08/15/2026 07:00:00")]
    public async Task An_argument_may_stand_behind_the_question_mark_under_its_own_name(string call, string heard) =>
        Assert.Equal(heard, (string)(await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})/Coast.LookOut{call}"))["Remark"]!);

    [Theory]
    [InlineData("?metres=far", "metres", "")]
    [InlineData("(metres=3)?metres=3", "metres", "twice")]
    [InlineData("(metres='far')", "metres", "metres")]
    [InlineData("(since=2026-08-15T15:00:00)", "since", "with its zone")]
    [InlineData("(since=10000-01-01T00:00:00Z)", "since", "with its zone")]
    [InlineData("(since=soon)", "since", "with its zone")]
    [InlineData("(since='2026-08-15T15:00:00Z')", "since", "with its zone")]
    public async Task A_wrong_argument_is_refused_by_its_name_with_the_remedy(string call, string name, string said)
    {
        var refusal = await Http.RefusedAsync($"Lighthouses({CoastRows.Pharos})/Coast.LookOut{call}");
        Assert.Equal((400, name), (refusal.Status, (string?)refusal.Error!["target"]));
        Assert.Contains(said, (string)refusal.Error["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metres='far'")]
    [InlineData("fog=1")]
    [InlineData("kind='Castle'")]
    [InlineData("depth=3")]
    [InlineData("metres=1,metres=2")]
    [InlineData("metres")]
    [InlineData("metres=Height")]
    [InlineData("metres=1,")]
    public async Task An_argument_that_does_not_fit_is_refused(string arguments) =>
        Assert.Equal(400,
            (await Http.RefusedAsync($"Lighthouses({CoastRows.Pharos})/Coast.LookOut({Uri.EscapeDataString(arguments)})")).Status);
}
