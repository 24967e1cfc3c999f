using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Writing;

/// <summary>Deep insert, links in bodies, POST to a navigation, $ref.</summary>
[Collection(nameof(Yard))]
public sealed class RelatedWriteTests(Yard yard)
{
    [Fact]
    public async Task Nested_entities_are_created_along_and_answered_as_deep_as_they_were_sent()
    {
        var made = await yard.SendAsync("POST", "Ships", """
            {"Name":"Ark","Dock":{"Code":"D7","Name":"New dock"},"Sailors":[{"Name":"Shem"},{"Name":"Ham","Rank":"Cook"}]}
            """);
        Assert.Equal(201, made.Status);
        Assert.Equal("D7", (string)made.Json["DockCode"]!);
        Assert.Equal("New dock", (string)made.Json["Dock"]!["Name"]!);
        Assert.Equal(["Cook Ham", "Seaman Shem"],
            made.Json["Sailors"]!.AsArray().Select(x => $"{x!["Rank"]} {x["Name"]}").Order(StringComparer.Ordinal));
        var chosen = await yard.SendAsync("POST", "Ships?$select=Name&$expand=Sailors($select=Name)",
            """{"Name":"Dove","Sailors":[{"Name":"Noah"}]}""");
        Assert.Equal(["@odata.id", "Name"], chosen.Json["Sailors"]!.AsArray().Single()!.AsObject().Select(x => x.Key));
        Assert.False(chosen.Json.ContainsKey("Tonnes"));
    }

    [Theory]
    [InlineData("""{"Name":"Bad","Sailors":[{"Name":"a"},{"Name":null}]}""", 422, "Sailors/1/Name")]
    [InlineData("""{"Name":"Bad","Sailors":[{"Name":"a"},{"Name":"b","Pay":-1}]}""", 422, "Sailors/1/Pay")]
    [InlineData("""{"Name":"Bad","Sailors":[{"Name":"a","Ship":{"Name":"c","Sailors":[]}}]}""", 400, "Sailors/0/ShipId")]
    [InlineData("""{"Name":"Bad","Dock":{"Code":"A1","Name":"again"}}""", 409, "Dock/Code")]
    [InlineData("""{"Name":"Bad","Dock":{"Name":"no code"}}""", 422, "Dock/Code")]
    [InlineData("""{"Name":"Bad","Dock":5}""", 400, "Dock")]
    [InlineData("""{"Name":"Bad","Sailors":{}}""", 400, "Sailors")]
    [InlineData("""{"Name":"Bad","Sailors":[7]}""", 400, "Sailors/0")]
    [InlineData("""{"Name":"Bad","Sailors":[{"Colour":1}]}""", 400, "Sailors/0/Colour")]
    [InlineData("""{"Name":"Bad","Dock@odata.bind":"Docks('nowhere')"}""", 422, "Dock")]
    [InlineData("""{"Name":"Bad","Dock@odata.bind":"Ships(1)"}""", 400, "Dock")]
    [InlineData("""{"Name":"Bad","Dock@odata.bind":["Docks('A1')"]}""", 400, "Dock")]
    [InlineData("""{"Name":"Bad","Dock@odata.bind":7}""", 400, "Dock")]
    [InlineData("""{"Name":"Bad","Dock@odata.bind":"http://elsewhere/yard/Docks('A1')"}""", 400, "Dock")]
    [InlineData("""{"Name":"Bad","Dock":{"@id":"Docks('A1')"},"DockCode":"A2"}""", 400, "DockCode")]
    [InlineData("""{"Name":"Bad","Sailors@odata.bind":["Sailors(00000000-0000-0000-0000-000000000000)"]}""", 422, "Sailors/0")]
    [InlineData("""{"Name":"Bad","@odata.type":"#Yard.Dock"}""", 400, "@odata.type")]
    public async Task What_is_wrong_inside_is_named_with_its_place_and_nothing_is_created(string body, int status, string target)
    {
        var before = await yard.AskAsync<long>("select count(*) from yard.deeds");
        var answer = await yard.SendAsync("POST", "Ships", body);
        Assert.Equal((status, target), (answer.Status, answer.Target));
        Assert.Equal(before, await yard.AskAsync<long>("select count(*) from yard.deeds"));
    }

    [Fact]
    public async Task Links_in_a_body_bind_entities_that_exist()
    {
        var sailor = (string)(await yard.SendAsync("POST", "Sailors", """{"Name":"Free"}""")).Json["Id"]!;
        var made = await yard.SendAsync("POST", "Ships", $$"""
            {"@odata.type":"#Yard.Ship","Name":"Bound","Dock@odata.bind":"Docks('A2')","Sailors":[{"@id":"Sailors({{sailor}})"},
             {"Name":"Fresh"}]}
            """);
        Assert.Equal((201, "A2"), (made.Status, (string)made.Json["DockCode"]!));
        var id = (string)made.Json["Id"]!;
        Assert.Equal(2, (await yard.Http.JsonAsync($"Ships({id})/Sailors"))["value"]!.AsArray().Count);
        foreach (var (body, dock) in new[]
        {
            ($$"""{"Dock@odata.bind":"{{yard.Http.BaseAddress}}Docks('A1')"}""", "A1"),
            ("""{"Dock":{"@odata.id":"/yard/Docks('A2')"}}""", "A2"),
            ("""{"Dock":null}""", null), ("""{"Dock@bind":"Docks/B1"}""", "B1"),
        })
        {
            var changed = await yard.SendAsync("PATCH", $"Ships({id})", body, "If-Match: *", "Prefer: return=representation");
            Assert.True(changed.Status == 200, changed.Text);
            Assert.Equal(dock, (string?)changed.Json["DockCode"]);
        }
        var other = await yard.ShipAsync("Other");
        Assert.Equal(204, (await yard.SendAsync("PATCH", $"Ships({other})", $$"""{"Sailors@odata.bind":["Sailors({{sailor}})"]}""",
            "If-Match: *")).Status);
        Assert.Equal(other, (Guid)(await yard.Http.JsonAsync($"Sailors({sailor})"))["ShipId"]!);
        Assert.Equal(501, (await yard.SendAsync("PATCH", $"Ships({other})", """{"Sailors":[{"Name":"x"}]}""", "If-Match: *")).Status);
        Assert.Equal(501, (await yard.SendAsync("PATCH", $"Ships({other})", """{"Sailors@delta":[]}""", "If-Match: *")).Status);
    }

    [Fact]
    public async Task POST_to_a_navigation_creates_what_belongs_to_the_entity()
    {
        var id = await yard.ShipAsync();
        var made = await yard.SendAsync("POST", $"Ships({id})/Sailors", """{"Name":"Jim"}""");
        Assert.Equal((201, id), (made.Status, (Guid)made.Json["ShipId"]!));
        Assert.Contains("/Sailors(", made.Header("Location"), StringComparison.Ordinal);
        Assert.Equal(404, (await yard.SendAsync("POST", $"Ships({Guid.Empty})/Sailors", """{"Name":"Jim"}""")).Status);
        Assert.Equal((400, "ShipId"),
            (await yard.SendAsync("POST", $"Ships({id})/Sailors", $$"""{"Name":"Jim","ShipId":"{{Guid.NewGuid()}}"}""")) is var r
                ? (r.Status, r.Target!) : default);
        Assert.Equal(405, (await yard.SendAsync("POST", $"Ships({id})", "{}")).Status);
    }

    [Fact]
    public async Task References_are_set_added_and_removed()
    {
        var id = await yard.ShipAsync();
        var sailor = (string)(await yard.SendAsync("POST", "Sailors", """{"Name":"Wanderer"}""")).Json["Id"]!;
        async Task<string?> DockAsync() => (string?)(await yard.Http.JsonAsync($"Ships({id})"))["DockCode"];
        async Task<string?> ShipAsync() => (string?)(await yard.Http.JsonAsync($"Sailors({sailor})"))["ShipId"];

        Assert.Equal(428, (await yard.SendAsync("PUT", $"Ships({id})/Dock/$ref", """{"@odata.id":"Docks('A2')"}""")).Status);
        Assert.Equal(204,
            (await yard.SendAsync("PUT", $"Ships({id})/Dock/$ref", """{"@odata.id":"Docks('A2')"}""", "If-Match: W/\"1\"")).Status);
        Assert.Equal("A2", await DockAsync());
        Assert.Equal(412, (await yard.SendAsync("DELETE", $"Ships({id})/Dock/$ref", null, "If-Match: W/\"1\"")).Status);
        Assert.Equal(204, (await yard.SendAsync("DELETE", $"Ships({id})/Dock/$ref", null, "If-Match: W/\"2\"")).Status);
        Assert.Null(await DockAsync());

        Assert.Equal(204, (await yard.SendAsync("POST", $"Ships({id})/Sailors/$ref", $$"""{"@id":"Sailors({{sailor}})"}""")).Status);
        Assert.Equal(id.ToString(), await ShipAsync());
        Assert.Equal(204, (await yard.SendAsync("DELETE", $"Ships({id})/Sailors/$ref?$id=Sailors({sailor})")).Status);
        Assert.Null(await ShipAsync());
        Assert.Equal(404, (await yard.SendAsync("DELETE", $"Ships({id})/Sailors/$ref?$id=Sailors({sailor})")).Status);
        await yard.SendAsync("POST", $"Ships({id})/Sailors/$ref", $$"""{"@odata.id":"{{yard.Http.BaseAddress}}Sailors({{sailor}})"}""");
        Assert.Equal(204, (await yard.SendAsync("DELETE", $"Ships({id})/Sailors({sailor})/$ref")).Status);
        Assert.Null(await ShipAsync());
    }

    [Theory]
    [InlineData("PUT", "Dock/$ref", """{"@odata.id":"Docks('nowhere')"}""", 422)]
    [InlineData("PUT", "Dock/$ref", """{"@odata.id":"Ships(1)"}""", 400)]
    [InlineData("PUT", "Dock/$ref", """{}""", 400)]
    [InlineData("POST", "Dock/$ref", """{"@odata.id":"Docks('A1')"}""", 405)]
    [InlineData("PUT", "Sailors/$ref", """{"value":[]}""", 501)]
    [InlineData("DELETE", "Sailors/$ref", null, 501)]
    [InlineData("PATCH", "Sailors/$ref", "{}", 405)]
    [InlineData("POST", "Sailors/$ref", """{"@odata.id":"Sailors(00000000-0000-0000-0000-000000000000)"}""", 422)]
    public async Task A_reference_that_makes_no_sense_is_refused(string method, string path, string? body, int status)
    {
        var id = await yard.ShipAsync();
        var answer = await yard.SendAsync(method, $"Ships({id})/{path}", body, "If-Match: *");
        Assert.True(status == answer.Status, answer.Text);
    }

    [Fact]
    public async Task Nothing_outside_the_area_can_be_linked_or_entered()
    {
        var id = await yard.ShipAsync(dock: "A1");
        Assert.Equal(422,
            (await yard.SendAsync("PUT", $"Ships({id})/Dock/$ref", """{"@odata.id":"Docks('B1')"}""", "If-Match: *", "X-Area: A")).Status);
        Assert.Equal(422, (await yard.SendAsync("POST", "Ships", """{"Name":"x","Dock@odata.bind":"Docks('B1')"}""", "X-Area: A")).Status);
        Assert.Equal(422, (await yard.SendAsync("POST", "Ships", """{"Name":"x","DockCode":"B1"}""", "X-Area: A")).Status);
        Assert.Equal(422, (await yard.SendAsync("POST", "Docks",
            """{"Code":"A9","Name":"x","Ships":[{"Name":"y"}],"Ships@odata.bind":[]}""", "X-Area: B")).Status);
        Assert.Equal(404, (await yard.SendAsync("POST", "Docks('B1')/Ships", """{"Name":"x"}""", "X-Area: A")).Status);
        var hidden = await yard.ShipAsync(dock: "B1");
        Assert.Equal(422, (await yard.SendAsync("POST", "Sailors", $$"""{"Name":"spy","ShipId":"{{hidden}}"}""", "X-Area: A")).Status);
        var sailor = (string)(await yard.SendAsync("POST", "Sailors", """{"Name":"spy"}""")).Json["Id"]!;
        Assert.Equal(422, (await yard.SendAsync("PUT", $"Sailors({sailor})/ShipId", $$"""{"value":"{{hidden}}"}""", "X-Area: A")).Status);
        Assert.Equal(422, (await yard.SendAsync("PATCH", $"Sailors({sailor})", $$"""{"ShipId":"{{hidden}}"}""", "X-Area: A")).Status);
        Assert.Equal(403, (await yard.SendAsync("POST", "Docks('B1')/Ships", """{"Name":"x"}""", "X-User: guest")).Status);
        Assert.Equal(0, await yard.AskAsync<long>("select count(*) from yard.docks where code = 'A9'"));
    }

    [Fact]
    public async Task Statements_that_are_quick_one_by_one_and_slow_together_are_ended_and_undone()
    {
        var slow = await yard.SendAsync("POST", "Ships",
            """{"Name":"dawdler","Sailors":[{"Name":"a","Rank":"Slow"},{"Name":"b","Rank":"Slow"},{"Name":"c","Rank":"Slow"}]}""");
        Assert.True(slow.Status == 503, slow.Text);
        Assert.Equal(0L, await yard.AskAsync<long>("select count(*) from yard.ships where name = 'dawdler'"));
    }
}
