using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Translation;

[Collection(nameof(Coast))]
public sealed class ComputeTests(Coast coast)
{
    private async Task<JsonObject> FirstAsync(string url) => (await coast.Http.JsonAsync(url))["value"]![0]!.AsObject();

    [Fact]
    public async Task A_computed_value_is_carried_filtered_ordered_and_used_again()
    {
        const string compute = "$compute=Height mul 2 as Twice,Twice add 1 as More,case(Steps gt 200:'many',true:'few') as Stairs";
        var row = await FirstAsync($"Lighthouses?{compute}&$select=Name,More,Stairs"
            + "&$filter=Twice gt 100 and Steps gt 100 and startswith(Name,'P')&$orderby=More desc");
        Assert.Equal(("Pharos", 208.0, "many"), ((string)row["Name"]!, (double)row["More"]!, (string)row["Stairs"]!));
        Assert.False(row.ContainsKey("Twice") || row.ContainsKey("Height"));
        Assert.Equal("2", await coast.Http.GetStringAsync(
            $"Lighthouses/$count?{compute}&$filter=Stairs eq 'many' and Name eq 'Pharos' or Name eq 'Empty'"));
    }

    [Fact]
    public async Task A_computed_value_comes_with_the_whole_entity_and_says_its_type()
    {
        var pharos = await coast.Http.JsonAsync(
            $"Lighthouses({CoastRows.Pharos})?$compute=Steps divby 8 as Eighth,Harbour/Name as Port,year(BuiltOn) as Year");
        Assert.Equal(("37.5", "#Decimal", "Alexandria", "#Int32"), (pharos["Eighth"]!.ToJsonString().TrimEnd('0'),
            (string)pharos["Eighth@odata.type"]!, (string)pharos["Port"]!, (string)pharos["Year@odata.type"]!));
        Assert.Equal("Pharos", (string)pharos["Name"]!);
    }

    [Fact]
    public async Task Pages_ordered_by_a_computed_value_meet_every_row_once()
    {
        var met = new List<string>();
        for (var next = "Lighthouses?$compute=Steps mod 7 as Rest,Height divby 3 as Third&$select=Id,Rest&$orderby=Rest desc,Third"
            + "&$filter=geo.distance(Place,geography'Point(104.5 23.5)') lt 9000000"; next is not null;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            request.Headers.Add("Prefer", "maxpagesize=50");
            using var response = await coast.Http.SendAsync(request);
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.True(response.IsSuccessStatusCode, page.ToJsonString());
            met.AddRange(page["value"]!.AsArray().Select(x => (string)x!["Id"]!));
            next = (string?)page["@odata.nextLink"];
        }
        Assert.Equal(met.Count, met.Distinct().Count());
        Assert.True(met.Count >= 600, $"{met.Count}");
    }

    [Fact]
    public async Task Nested_entities_compute_too()
    {
        var pharos = await coast.Http.JsonAsync(
            $"Lighthouses({CoastRows.Pharos})?$expand=Keepers($compute=Age add 1 as Next;$select=Name,Next;$filter=Next gt 40)");
        Assert.Equal(61, (int)pharos["Keepers"]!.AsArray().Single()!["Next"]!);
    }

    [Theory]
    [InlineData("$compute=Height mul 2 as Name", "Name")]
    [InlineData("$compute=Height as A,Steps as A", "A")]
    [InlineData("$compute=Height mul 2", "as")]
    [InlineData("$compute=Later add 1 as Early,Height as Later", "Later")]
    [InlineData("$compute=Height as A&$select=B", "B")]
    public async Task A_computation_is_refused_with_the_reason(string options, string place)
    {
        var (status, error) = await coast.Http.RefusedAsync("Lighthouses?" + options);
        Assert.Equal(400, status);
        Assert.Contains(place, error!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$compute=Secret as S&$select=S")]
    [InlineData("$compute=concat(Secret,'x') as S&$filter=S eq 'hushx'")]
    [InlineData("$orderby=concat(Secret,'x')")]
    [InlineData("$filter=case(Secret eq 'hush':true) eq true")]
    [InlineData("$filter=Lighthouse/Keepers/$count($filter=Secret eq 'hush') gt 0")]
    [InlineData("$apply=filter(Secret eq 'hush')")]
    [InlineData("$apply=compute(Secret as S)/groupby((S))")]
    [InlineData("$apply=aggregate(Secret with max as S)")]
    [InlineData("$apply=topcount(1,Secret)")]
    [InlineData("$apply=orderby(Secret)/top(1)")]
    [InlineData("$apply=groupby((Age),aggregate(Secret with countdistinct as S))")]
    [InlineData("$apply=concat(aggregate($count as N),aggregate(Secret with min as S))")]
    [InlineData("$apply=filter(Age gt 1)&$filter=Secret eq 'hush'")]
    [InlineData("$apply=filter(Age gt 1)&$select=Secret")]
    [InlineData("$filter=@x&@x=Secret eq 'hush'")]
    public async Task A_hidden_property_is_hidden_on_every_way(string options)
    {
        var (status, error) = await coast.Http.RefusedAsync("Keepers?" + options);
        // What is not in the result of $apply cannot be selected from it, whatever it is.
        Assert.True(status == 403 || options.EndsWith("$select=Secret", StringComparison.Ordinal) && status == 400, $"{status} {options}");
        Assert.Contains("Secret", error!.ToJsonString(), StringComparison.Ordinal);
    }
}
