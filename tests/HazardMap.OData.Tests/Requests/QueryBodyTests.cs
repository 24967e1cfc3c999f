using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Requests;

/// <summary>POST of query options under <c>/$query</c> answers what GET of them answers.</summary>
[Collection(nameof(Yard))]
public sealed class QueryBodyTests(Yard yard)
{
    private const string Text = "Content-Type: text/plain";

    [Theory]
    [InlineData("Docks", "$filter=startswith(Code,'A')&$orderby=Code desc&$select=Name&$count=true")]
    [InlineData("Docks", "")]
    [InlineData("Docks", "?$filter=Name%20eq%20%27North%20dock%27\n")]
    [InlineData("Docks('A1')", "$expand=Ships($top=1;$select=Name)&$select=Name")]
    [InlineData("Docks('A1')/Ships", "$top=2&$orderby=Id&$select=Name")]
    [InlineData("Docks/$count", "$filter=Depth gt 5")]
    [InlineData("Docks", "$apply=aggregate(Depth with max as D)")]
    [InlineData("$entity", "$id=Docks('A1')")]
    public async Task The_answer_is_that_of_GET(string path, string options)
    {
        var read = await yard.SendAsync("GET", path + "?" + options.Trim().TrimStart('?'));
        foreach (var type in new[] { Text, "Content-Type: text/plain;charset=utf-8", "Content-Type: application/x-www-form-urlencoded" })
        {
            var posted = await yard.SendAsync("POST", path + "/$query", options, type);
            Assert.Equal((200, read.Text), (posted.Status, posted.Text));
            Assert.Equal(read.Header("ETag"), posted.Header("ETag"));
        }
    }

    [Fact]
    public async Task Options_of_URL_and_body_belong_together_and_next_links_are_read_by_GET()
    {
        for (var i = 0; i < 3; i++) await yard.ShipAsync("Asked");
        var first = await yard.SendAsync("POST", "Ships/$query?$top=3", "$filter=Name eq 'Asked'&$select=Name", Text,
            "Prefer: maxpagesize=2");
        Assert.Equal(2, first.Json["value"]!.AsArray().Count);
        var rest = await yard.SendAsync("GET", (string)first.Json["@odata.nextLink"]!);
        Assert.Equal(("Asked", 1), ((string)rest.Json["value"]![0]!["Name"]!, rest.Json["value"]!.AsArray().Count));
        Assert.Equal((400, "$top"), (await yard.SendAsync("POST", "Ships/$query?$top=3", "$top=2", Text)) is var twice
            ? (twice.Status, twice.Target!) : default);
    }

    [Fact]
    public async Task It_may_travel_in_a_batch_but_not_in_a_group()
    {
        const string question = """
            "method":"POST","url":"Docks/$query","headers":{"content-type":"text/plain"},"body":"$filter=Code eq 'A1'&$select=Code"
            """;
        var batch = await yard.SendAsync("POST", "$batch", $$"""
            {"requests":[{"id":"1",{{question}}},{"id":"2","atomicityGroup":"g",{{question}}},
              {"id":"3","method":"POST","url":"%24batch","headers":{"content-type":"application/json"},"body":{"requests":[]} }]}
            """, "Prefer: continue-on-error");
        Assert.Equal([200, 400, 400], batch.Json["responses"]!.AsArray().Select(x => (int)x!["status"]!));
        Assert.Equal("A1", (string)batch.Json["responses"]![0]!["body"]!["value"]![0]!["Code"]!);
    }

    [Theory]
    [InlineData("POST", "Docks/$query", "{}", "Content-Type: application/json", 415)]
    [InlineData("POST", "Docks/$query", "$top=1", "Content-Type: text/plain;charset=utf-16", 415)]
    [InlineData("POST", "Docks/$query", "$nothing=1", Text, 400)]
    [InlineData("POST", "Docks/$query", "$filter=Name eq '%ZZ", Text, 400)]
    [InlineData("POST", "Nothing/$query", "$top=1", Text, 404)]
    [InlineData("POST", "Docks/$query/$query", "$top=1", Text, 404)]
    [InlineData("PUT", "Docks/$query", "$top=1", Text, 405)]
    public async Task What_is_no_query_is_refused(string method, string path, string body, string type, int status) =>
        Assert.Equal(status, (await yard.SendAsync(method, path, body, type)).Status);

    [Fact]
    public async Task A_body_longer_than_a_URL_may_be_is_refused() =>
        Assert.Equal(413, (await yard.SendAsync("POST", "Docks/$query", "$filter=" + new string('x', 20_000), Text)).Status);
}
