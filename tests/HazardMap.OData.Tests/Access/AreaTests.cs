using System.Text;
using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Access;

/// <summary>A row outside the caller's area is as if it did not exist, whichever way one comes.</summary>
[Collection(nameof(Isles))]
public sealed class AreaTests(Isles isles) : IDisposable
{
    private readonly HttpClient _north = isles.Client("N1,N2,N3,N4,N", personal: true);

    public void Dispose()
    {
        _north.Dispose();
        Assert.Empty(isles.Unexpected);
    }

    public static TheoryData<string> Reading() => [.. IslePaths.Reading().Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Reading))]
    public async Task No_answer_carries_anything_from_outside(string url)
    {
        using var response = await _north.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode || (int)response.StatusCode is 404 or 501, $"{(int)response.StatusCode} {text}");
        Assert.DoesNotContain("SOUTH", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET-S", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Islands/$count", "2")]
    [InlineData("Huts/$count", "2")]
    [InlineData("Visits/$count", "2")]
    [InlineData("Visits/$count?$filter=Hut/Name eq 'SOUTHHUT'", "0")]
    [InlineData("Visits/$count?$filter=Hut eq null", "1")]
    [InlineData("Visits/$count?$filter=Hut/Beds ne null", "1")]
    [InlineData("Visits/$count?$filter=Hut/Island/Size ge 0", "1")]
    [InlineData("Huts/$count?$filter=Visits/any(x:startswith(x/Note,'SOUTH'))", "0")]
    [InlineData("Huts/$count?$filter=Visits/any(x:x/Fee eq 0)", "0")]
    [InlineData("Huts/$count?$filter=Visits/all(x:x/Fee gt 0)", "2")]
    [InlineData("Huts/$count?$filter=Visits/$count gt 1", "0")]
    [InlineData("Huts(1)/Visits/$count", "1")]
    [InlineData("Islands/$count?$search=SOUTHEY", "0")]
    [InlineData("Islands/$count?$filter=startswith(Name,$root/Islands('S1')/Name)", "0")]
    public async Task Counts_and_conditions_see_the_area_only(string url, string count) =>
        Assert.Equal(count, await _north.GetStringAsync(url));

    [Theory]
    [InlineData("Islands?$apply=aggregate(Size with sum as X)", 12)]
    [InlineData("Huts?$apply=aggregate($count as X)", 2)]
    [InlineData("Visits?$apply=aggregate(Fee with sum as X)", 5)]
    [InlineData("Visits?$apply=aggregate(Hut/Beds with sum as X)", 4)]
    public async Task Aggregates_are_of_the_area_only(string url, int value)
    {
        using var response = await _north.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        var row = JsonNode.Parse(text)!["value"]![0]!;
        Assert.Equal(value, (int)row["X"]!);
    }

    [Theory]
    [InlineData("GET", "Islands('S1')", "")]
    [InlineData("GET", "Huts(9)", "")]
    [InlineData("GET", "Huts/9", "")]
    [InlineData("GET", "Huts(9)/Name", "")]
    [InlineData("GET", "Huts(9)/Name/$value", "")]
    [InlineData("GET", "Huts(9)/Island", "")]
    [InlineData("GET", "Huts(9)/Visits", "")]
    [InlineData("GET", "Huts(9)/Visits/$count", "")]
    [InlineData("GET", "Huts(1)/Visits(98)", "")]
    [InlineData("GET", "Islands('N1')/Huts(9)", "")]
    [InlineData("GET", "Islands('S1')/Isles.Forecast()", "")]
    [InlineData("GET", "Visits(12)/Hut/Name", "")]
    [InlineData("GET", "Visits(12)/Hut/Visits", "")]
    [InlineData("PATCH", "Huts(9)", """{"Beds":1}""")]
    [InlineData("PATCH", "Huts(9)", """{"Beds":1}""", "W/\"1\"")]
    [InlineData("PATCH", "Huts(9)", """{"Beds":1}""", "W/\"77\"")]
    [InlineData("PUT", "Huts(9)", """{"Name":"x","Beds":1,"IslandCode":"S1"}""")]
    [InlineData("PUT", "Huts(9)/Beds", """{"value":1}""")]
    [InlineData("DELETE", "Huts(9)", "")]
    [InlineData("DELETE", "Visits(99)", "")]
    [InlineData("DELETE", "Visits(99)/Guest", "")]
    [InlineData("PATCH", "Visits(12)/Hut", """{"Beds":1}""")]
    [InlineData("POST", "Huts(9)/Visits", """{"Id":500,"Note":"x","Fee":1,"IslandCode":"N1"}""")]
    public async Task An_entity_outside_is_not_there(string method, string url, string body, string ifMatch = "*")
    {
        var (status, text) = await SendAsync(method, url, body, ifMatch);
        Assert.True(status == 404, $"{status} {text}");
        Assert.DoesNotContain("SOUTH", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "Visits", """{"Id":501,"Note":"x","Fee":1,"IslandCode":"N1","HutId":9}""")]
    [InlineData("POST", "Visits", """{"Id":501,"Note":"x","Fee":1,"IslandCode":"N1","Hut@odata.bind":"Huts(9)"}""")]
    [InlineData("POST", "Visits", """{"Id":501,"Note":"x","Fee":1,"IslandCode":"S1"}""")]
    [InlineData("POST", "Huts", """{"Id":501,"Name":"x","Beds":1,"IslandCode":"S1"}""")]
    [InlineData("POST", "Huts",
        """{"Id":501,"Name":"x","Beds":1,"IslandCode":"N1","Visits":[{"Id":502,"Note":"x","Fee":1,"IslandCode":"S1"}]}""")]
    [InlineData("POST", "Huts", """{"Id":501,"Name":"x","Beds":1,"IslandCode":"N1","Visits@odata.bind":["Visits(99)"]}""")]
    [InlineData("PATCH", "Visits(11)", """{"HutId":9}""")]
    [InlineData("PATCH", "Visits(11)", """{"Hut@odata.bind":"Huts(9)"}""")]
    [InlineData("PATCH", "Visits(11)", """{"IslandCode":"S1"}""")]
    [InlineData("PUT", "Visits(11)/HutId", """{"value":9}""")]
    [InlineData("PUT", "Visits(11)/IslandCode", """{"value":"S1"}""")]
    [InlineData("PUT", "Visits(11)/Hut/$ref", """{"@odata.id":"Huts(9)"}""")]
    [InlineData("POST", "Huts(1)/Visits/$ref", """{"@odata.id":"Visits(99)"}""")]
    [InlineData("PUT", "Visits(11)", """{"Note":"x","Fee":1,"IslandCode":"N1","HutId":9}""")]
    [InlineData("PUT", "Visits(555)", """{"Note":"x","Fee":1,"IslandCode":"N1","HutId":9}""")]
    public async Task Nothing_is_linked_to_what_lies_outside_nor_moved_there(string method, string url, string body)
    {
        var (outside, told) = await SendAsync(method, url, body);
        Assert.True(outside is 422 or 404, $"{outside} {told}");
        Assert.DoesNotContain("SOUTH", told, StringComparison.Ordinal);
        // The same answer as for what is nowhere.
        var (nowhere, _) = await SendAsync(method, url,
            body.Replace("(9)", "(999)", StringComparison.Ordinal).Replace(":9}", ":999}", StringComparison.Ordinal)
                .Replace("S1", "S9", StringComparison.Ordinal).Replace("(99)", "(9999)", StringComparison.Ordinal));
        Assert.Equal(nowhere, outside);
    }

    [Theory]
    [InlineData("Islands")]
    [InlineData("Huts")]
    [InlineData("Visits")]
    public async Task Without_an_area_there_is_nothing(string set)
    {
        using var nobody = isles.Client(area: null, personal: true);
        Assert.Equal("0", await nobody.GetStringAsync($"{set}/$count"));
        Assert.Empty((await nobody.JsonAsync(set))["value"]!.AsArray());
        var huts = JsonNode.Parse(await _north.GetStringAsync("Islands?$expand=Huts"))!["value"]!.AsArray();
        Assert.NotEmpty(huts);
    }

    [Theory]
    [InlineData("Islands?$filter=10 div Size gt 0", 2)]
    [InlineData("Huts?$filter=12 mod Beds eq 0 or 12 div Beds eq 3", 2)]
    [InlineData("Visits?$filter=6 div Fee gt 0", 2)]
    [InlineData("Huts?$filter=Visits/any(x:6 div x/Fee gt 0)", 1)]
    [InlineData("Huts?$filter=Visits/$count($filter=6 div Fee gt 0) eq 1", 1)]
    [InlineData("Visits?$filter=12 div Hut/Beds gt 0", 1)]
    [InlineData("Visits?$filter=cast(10 div Hut/Island/Size,Edm.Int32) gt 0", 1)]
    [InlineData("Huts?$expand=Visits($filter=6 div Fee gt 0)", 2)]
    [InlineData("Islands?$orderby=10 div Size", 2)]
    [InlineData("Islands?$compute=10 div Size as X", 2)]
    [InlineData("Islands?$apply=filter(10 div Size gt 0)", 2)]
    [InlineData("Islands?$apply=compute(10 div Size as X)", 2)]
    public async Task An_error_tells_nothing_of_rows_outside(string url, int rows)
    {
        // Every southern number is zero: if a division ever met one, the error would tell that it is there.
        using var response = await _north.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.Equal(rows, JsonNode.Parse(text)!["value"]!.AsArray().Count);
    }

    private async Task<(int Status, string Text)> SendAsync(string method, string url, string body, string ifMatch = "*")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (method is not ("GET" or "POST") && !url.EndsWith("(555)", StringComparison.Ordinal))
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await _north.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
