using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Batching;

/// <summary>$batch in JSON.</summary>
[Collection(nameof(Yard))]
public sealed class BatchTests(Yard yard)
{
    private async Task<Dictionary<string, JsonObject>> BatchAsync(string requests, params string[] headers)
    {
        var reply = await yard.SendAsync("POST", "$batch", $$"""{"requests":[{{requests}}]}""", headers);
        Assert.True(reply.Status == 200, reply.Text);
        return reply.Json["responses"]!.AsArray().ToDictionary(x => (string)x!["id"]!, x => x!.AsObject(), StringComparer.Ordinal);
    }

    private static string Statuses(Dictionary<string, JsonObject> answers) =>
        string.Join(' ', answers.Select(x => $"{x.Key}:{x.Value["status"]}"));

    [Fact]
    public async Task Requests_are_answered_in_order_each_as_if_it_had_come_by_itself()
    {
        var id = await yard.ShipAsync("Batched");
        var answers = await BatchAsync($$$"""
            {"id":"1","method":"get","url":"Ships({{{id}}})?$select=Name"},
            {"id":"2","method":"PATCH","url":"/yard/Ships({{{id}}})","headers":{"If-Match":"W/\"1\"","Content-Type":"application/json"},
             "body":{"Flag":"雾"}},
            {"id":"3","method":"GET","url":"{{{yard.Http.BaseAddress}}}Ships({{{id}}})?$select=Flag"},
            {"id":"4","method":"GET","url":"Ships/$count?$filter=Id eq {{{id}}}"},
            {"id":"5","method":"GET","url":"Ships({{{id}}})/Flag/$value"},
            {"id":"6","method":"PUT","url":"Ships({{{id}}})/Flag/$value","headers":{"if-match":"$2","content-type":"text/plain"},
             "body":"plain"},
            {"id":"7","method":"PUT","url":"Ships({{{id}}})/Badge/$value","headers":{"if-match":"*",
             "content-type":"application/octet-stream"},"body":"YWJj"},
            {"id":"8","method":"HEAD","url":"Ships({{{id}}})"},
            {"id":"9","method":"GET","url":"$metadata"},
            {"id":"10","method":"GET","url":"Ships?$top=2&$count=true"}
            """);
        Assert.Equal("1:200 2:204 3:200 4:200 5:200 6:204 7:204 8:200 9:200 10:200", Statuses(answers));
        Assert.Equal("Batched", (string)answers["1"]["body"]!["Name"]!);
        Assert.Equal("W/\"1\"", (string)answers["1"]["headers"]!["etag"]!);
        Assert.Equal("4.01", (string)answers["1"]["headers"]!["odata-version"]!);
        Assert.Equal("雾", (string)answers["3"]["body"]!["Flag"]!);
        Assert.Equal("1", answers["4"]["body"]!.ToString());
        Assert.Equal("雾", (string)answers["5"]["body"]!);
        Assert.False(answers["8"].ContainsKey("body"));
        Assert.Equal(2, answers["10"]["body"]!["value"]!.AsArray().Count);
        var ship = await yard.Http.JsonAsync($"Ships({id})");
        Assert.Equal(("plain", "YWJj"), ((string)ship["Flag"]!, (string)ship["Badge"]!));
    }

    [Fact]
    public async Task A_change_without_a_body_is_refused_like_one_that_came_by_itself()
    {
        var id = await yard.ShipAsync("Bodiless");
        var answers = await BatchAsync($$$"""{"id":"1","method":"POST","url":"Ships"},"""
            + $$$"""{"id":"2","method":"PATCH","url":"Ships({{{id}}})","headers":{"If-Match":"*","Content-Type":"application/json"}}""",
            "Prefer: continue-on-error");
        Assert.Equal($"1:{(await yard.SendAsync("POST", "Ships")).Status} 2:400", Statuses(answers));
    }

    [Fact]
    public async Task Later_requests_refer_to_what_earlier_ones_created()
    {
        var answers = await BatchAsync("""
            {"id":"dock","method":"POST","url":"Docks","body":{"Code":"R1","Name":"Referred"}},
            {"id":"ship","atomicityGroup":"g","dependsOn":["dock"],"method":"POST","url":"Ships","body":{"Name":"Refers",
             "Dock@odata.bind":"$dock"}},
            {"id":"man","atomicityGroup":"g","dependsOn":["ship"],"method":"POST","url":"$ship/Sailors","body":{"Name":"Refers too"}},
            {"id":"flag","atomicityGroup":"g","dependsOn":["ship"],"method":"PATCH","url":"$ship","headers":{"If-Match":"$ship"},
             "body":{"Flag":"x"}},
            {"id":"ref","dependsOn":["g"],"method":"PUT","url":"$man/Ship/$ref","headers":{"If-Match":"*"},"body":{"@id":"$ship"}},
            {"id":"get","dependsOn":["g"],"method":"GET","url":"$ship?$expand=Sailors,Dock"},
            {"id":"name","dependsOn":["get"],"method":"GET","url":"$ship/Name"}
            """);
        Assert.Equal("dock:201 ship:201 man:201 flag:204 ref:204 get:200 name:200", Statuses(answers));
        Assert.Equal(("Refers too", "R1"),
            ((string)answers["get"]["body"]!["Sailors"]![0]!["Name"]!, (string)answers["get"]["body"]!["Dock"]!["Code"]!));
        Assert.Equal("g", (string)answers["man"]["atomicityGroup"]!);
        Assert.Equal("Refers", (string)answers["name"]["body"]!["value"]!);
    }

    [Fact]
    public async Task An_atomicity_group_is_done_whole_or_not_at_all()
    {
        var before = await yard.AskAsync<long>("select count(*) from yard.deeds");
        var answers = await BatchAsync("""
            {"id":"1","atomicityGroup":"g","method":"POST","url":"Ships","body":{"Name":"One"}},
            {"id":"2","atomicityGroup":"g","method":"POST","url":"Ships","body":{"Name":"Two","Tonnes":0}},
            {"id":"3","atomicityGroup":"g","method":"POST","url":"Ships","body":{"Name":"Three"}},
            {"id":"4","dependsOn":["g"],"method":"GET","url":"Ships?$top=1"},
            {"id":"5","dependsOn":["4"],"method":"GET","url":"Ships?$top=1"},
            {"id":"6","method":"GET","url":"Ships?$top=1"}
            """, "Prefer: continue-on-error");
        Assert.Equal("1:424 2:422 3:424 4:424 5:424 6:200", Statuses(answers));
        Assert.Equal("Tonnes", (string)answers["2"]["body"]!["error"]!["target"]!);
        Assert.Equal(before, await yard.AskAsync<long>("select count(*) from yard.deeds"));
    }

    [Fact]
    public async Task After_a_failure_nothing_more_is_done_unless_the_client_prefers_it()
    {
        const string requests = """
            {"id":"1","method":"GET","url":"Ships?$top=0"},
            {"id":"2","method":"GET","url":"Nothing"},
            {"id":"3","method":"POST","url":"Ships","body":{"Name":"After the failure"}},
            {"id":"4","dependsOn":["2"],"method":"GET","url":"Ships?$top=0"}
            """;
        var count = "select count(*) from yard.ships where name = 'After the failure'";
        Assert.Equal("1:200 2:404 4:424", Statuses(await BatchAsync(requests)));
        Assert.Equal(0, await yard.AskAsync<long>(count));
        Assert.Equal("1:200 2:404 4:424", Statuses(await BatchAsync(requests, "Prefer: continue-on-error=false")));
        Assert.Equal("1:200 2:404 3:201 4:424", Statuses(await BatchAsync(requests, "Prefer: odata.continue-on-error")));
        Assert.Equal(1, await yard.AskAsync<long>(count));
    }

    [Theory]
    [InlineData("""{"id":"1","method":"GET","url":"http://elsewhere/Ships"}""", 400)]
    [InlineData("""{"id":"1","method":"GET","url":"$7/Name"}""", 400)]
    [InlineData("""{"id":"1","method":"GET","url":"/elsewhere"}""", 400)]
    [InlineData("""{"id":"1","method":"POST","url":"$batch","body":{"requests":[]}}""", 400)]
    [InlineData("""{"id":"1","method":"POST","url":"/yard/$batch","body":{"requests":[]}}""", 400)]
    [InlineData("""{"id":"1","method":"GET","url":"Ships","if":"$2"}""", 501)]
    [InlineData("""{"id":"1","method":"GET","url":"Ships","atomicityGroup":"g"}""", 400)]
    [InlineData("""{"id":"1","method":"PATCH","url":"Ships(1)","body":"text"}""", 400)]
    [InlineData("""{"id":"1","method":"POST","url":"Ships"}""", 415)]
    [InlineData("""{"id":"1","method":"FLY","url":"Ships"}""", 501)]
    [InlineData("""{"id":"1","method":"GET","url":""}""", 200)]
    [InlineData("""{"id":"1","method":"GET","url":"Ships","headers":{"isolation":"snapshot"}}""", 412)]
    public async Task A_request_that_cannot_be_answered_has_its_own_error(string request, int status)
    {
        var answers = await BatchAsync(request);
        Assert.Equal(status, (int)answers["1"]["status"]!);
        if (status >= 400) Assert.NotNull((string?)answers["1"]["body"]!["error"]!["message"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"requests":{}}""")]
    [InlineData("""{"requests":[7]}""")]
    [InlineData("""{"requests":[{"id":1,"method":"GET","url":"Ships"}]}""")]
    [InlineData("""{"requests":[{"method":"GET","url":"Ships"}]}""")]
    [InlineData("""{"requests":[{"id":"1","url":"Ships"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"Ships","headers":[]}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"Ships","headers":{"a":1}}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"Ships"},{"id":"1","method":"GET","url":"Ships"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"Ships","dependsOn":["2"]},{"id":"2","method":"GET","url":"Ships"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"Ships","dependsOn":"2"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"POST","url":"Ships","atomicityGroup":"g"},{"id":"2","method":"GET","url":"Ships"},"""
        + """{"id":"3","method":"POST","url":"Ships","atomicityGroup":"g"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"POST","url":"Ships","atomicityGroup":"1"}]}""")]
    [InlineData("""
        {"requests":[{"id":"1","method":"PUT","url":"Ships(1)/Badge/$value","headers":{"content-type":"image/png"},"body":"***"}]}
        """)]
    [InlineData("""{"requests":[{"id":"\ud800","method":"GET","url":"Ships"}]}""")]
    public async Task A_batch_that_cannot_be_read_is_refused_whole(string body) =>
        Assert.Equal(400, (await yard.SendAsync("POST", "$batch", body)).Status);

    [Fact]
    public async Task A_batch_has_limits()
    {
        var many = string.Join(',', Enumerable.Range(0, 51).Select(x => $$"""{"id":"{{x}}","method":"GET","url":"Ships?$top=0"}"""));
        Assert.Equal(400, (await yard.SendAsync("POST", "$batch", $$"""{"requests":[{{many}}]}""")).Status);
        Assert.Equal(413, (await yard.SendAsync("POST", "$batch",
            $$"""{"requests":[{"id":"1","method":"GET","url":"{{new string('x', 2_000_001)}}"}]}""")).Status);
        Assert.Equal(501, (await yard.SendAsync("POST", "$batch", """{"requests":[]}""", "Prefer: respond-async")).Status);
        Assert.Equal(405, (await yard.SendAsync("GET", "$batch")).Status);
        Assert.Equal(415, (await yard.SendAsync("POST", "$batch", "{}", "Content-Type: text/plain")).Status);
        Assert.Empty(await BatchAsync(""));
    }

    [Fact]
    public async Task Area_and_permission_hold_inside_a_batch()
    {
        var id = await yard.ShipAsync(dock: "B1");
        var requests = $$$"""
            {"id":"1","method":"GET","url":"Ships({{{id}}})"},
            {"id":"2","atomicityGroup":"g","method":"PATCH","url":"Ships({{{id}}})","headers":{"If-Match":"*"},"body":{"Flag":"x"}},
            {"id":"3","method":"GET","url":"Ships/$count?$filter=DockCode eq 'B1'","headers":{"X-Area":"B"}}
            """;
        var answers = await BatchAsync(requests, "Prefer: continue-on-error", "X-Area: A");
        Assert.Equal("1:404 2:404 3:200", Statuses(answers));
        Assert.Equal("0", answers["3"]["body"]!.ToString());
        Assert.Equal("1:200 2:403 3:200", Statuses(await BatchAsync(requests, "Prefer: continue-on-error", "X-User: guest")));
    }

    [Fact]
    public async Task A_long_read_in_a_batch_is_streamed_and_whole()
    {
        var name = new string('雾', 100_000);
        await yard.SendAsync("POST", "Ships", $$"""{"Name":"{{name}}","Flag":"long"}""");
        var answers = await BatchAsync("""{"id":"1","method":"GET","url":"Ships?$filter=Flag eq 'long'"},"""
            + """{"id":"2","method":"GET","url":"Ships?$filter=Flag eq 'long'&$select=Name"}""");
        Assert.Equal(name, (string)answers["1"]["body"]!["value"]![0]!["Name"]!);
        Assert.Equal(name, (string)answers["2"]["body"]!["value"]![0]!["Name"]!);
    }

    [Fact]
    public async Task Naughty_strings_come_back_from_POST_filter_and_batch_as_they_were()
    {
        if (SharedData.Find("cases/text/naughty_strings.json") is not { } file) return;
        var texts = System.Text.Json.JsonSerializer.Deserialize<List<string>>(await File.ReadAllTextAsync(file))!;
        foreach (var chunk in texts.Select((text, i) => (text, i)).Chunk(16))
        {
            var requests = chunk.SelectMany(x => new[]
            {
                new JsonObject { ["id"] = $"p{x.i}", ["method"] = "POST", ["url"] = "Sailors", ["body"] =
                    new JsonObject { ["Name"] = x.text } },
                new JsonObject { ["id"] = $"r{x.i}", ["method"] = "PATCH", ["url"] = $"$p{x.i}", ["body"] =
                    new JsonObject { ["Rank"] = x.text }, ["headers"] = new JsonObject { ["prefer"] = "return=representation" } },
                new JsonObject { ["id"] = $"f{x.i}", ["method"] = "GET", ["url"] = $"$p{x.i}/Name?$filter=true" },
            }.Select(y => y.ToJsonString()));
            var answers = await BatchAsync(string.Join(',', requests), "Prefer: continue-on-error");
            var filters = chunk.Select(x => new JsonObject
            {
                ["id"] = $"{x.i}", ["method"] = "GET",
                ["url"] = "Sailors?$filter=" + Uri.EscapeDataString(
                    $"Name eq '{x.text.Replace("'", "''", StringComparison.Ordinal)}' and Id eq {answers[$"p{x.i}"]["body"]!["Id"]}"),
            }.ToJsonString());
            var found = await BatchAsync(string.Join(',', filters), "Prefer: continue-on-error");
            foreach (var (text, i) in chunk)
            {
                Assert.Equal(text, (string)answers[$"p{i}"]["body"]!["Name"]!);
                Assert.Equal(text, (string)answers[$"r{i}"]["body"]!["Rank"]!);
                Assert.Equal(text, (string)found[$"{i}"]["body"]!["value"]![0]!["Name"]!);
            }
        }
    }
}
