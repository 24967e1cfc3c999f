using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Writing;

/// <summary>Read, change, send back: what is as it is read is passed over, what differs and cannot be changed is refused by name.</summary>
[Collection(nameof(Yard))]
public sealed class SendBackTests(Yard yard)
{
    private static readonly string[] Any = ["If-Match: *", "Prefer: return=representation"];

    [Theory]
    [InlineData("PATCH", "minimal", "")]
    [InlineData("PUT", "minimal", "")]
    [InlineData("PATCH", "full", "")]
    [InlineData("PUT", "full", "?$expand=*")]
    [InlineData("PATCH", "none", "?$expand=Sailors,Dock")]
    [InlineData("PATCH", "minimal", "?$expand=Sailors($select=Name),Dock($select=Name)")]
    [InlineData("PATCH", "minimal", "?$expand=Sailors($expand=Ship),Dock($expand=Ships($count=true)),Papers")]
    [InlineData("PATCH", "full", "?$expand=Sailors/$ref,Dock/$ref,Papers/$count")]
    [InlineData("PUT", "minimal", "?$select=*,MadeBy&$expand=Sailors($count=true)")]
    public async Task A_whole_entity_with_one_change_is_taken(string method, string metadata, string options)
    {
        var id = await CrewedAsync();
        var ship = (await yard.SendAsync("GET", $"Ships({id}){options}", null, $"Accept: application/json;odata.metadata={metadata}")).Json;
        var sailors = await yard.AskAsync<long>($"select count(*) from yard.deeds where what = 'UPDATE sailors'");
        ship["Flag"] = "changed";
        var back = await yard.SendAsync(method, $"Ships({id})", ship.ToJsonString(), Any);
        Assert.True(back.Status == 200, back.Text);
        Assert.Equal(("changed", "Sea Rose", 7, "A1", 3), ((string)back.Json["Flag"]!, (string)back.Json["Name"]!,
            (int)back.Json["Tonnes"]!, (string)back.Json["DockCode"]!, (int)back.Json["Version"]!));
        Assert.Equal("LineString", (string)back.Json["Course"]!["type"]!);
        Assert.Equal(sailors, await yard.AskAsync<long>($"select count(*) from yard.deeds where what = 'UPDATE sailors'"));
    }

    [Theory]
    [InlineData("""{"MadeBy":"me","Flag":"x"}""", 422, "MadeBy")]
    [InlineData("""{"MadeBy":null,"Flag":"x"}""", 422, "MadeBy")]
    [InlineData("""{"MadeBy":7,"Flag":"x"}""", 422, "MadeBy")]
    [InlineData("""{"Version":3}""", 422, "Version")]
    [InlineData("""{"Version":"2"}""", 200, "")]
    [InlineData("""{"Version":2.0,"MadeBy":""}""", 200, "")]
    [InlineData("""{"Version":2.5}""", 422, "Version")]
    [InlineData("""{"Dock":{"Code":"A1","Name":"Another name"}}""", 501, "Dock")]
    [InlineData("""{"Dock":{"Code":"A2","Name":"North dock"}}""", 501, "Dock")]
    [InlineData("""{"Dock":{"@odata.id":"Docks('A1')","Name":"Another name"}}""", 501, "Dock")]
    [InlineData("""{"Dock":{"@odata.id":"Docks('A1')","Name":"North dock"}}""", 200, "")]
    [InlineData("""{"Dock":{"@odata.id":"Docks('A1')"},"DockCode":"A1"}""", 200, "")]
    [InlineData("""{"Dock@odata.bind":"Docks('A1')","DockCode":"A1"}""", 200, "")]
    [InlineData("""{"Sailors":[]}""", 501, "Sailors")]
    [InlineData("""{"Sailors":[{"Name":"Ann"}]}""", 501, "Sailors")]
    [InlineData("""{"Papers":[]}""", 200, "")]
    [InlineData("""{"Papers":null}""", 400, "Papers")]
    [InlineData("""{"Dock":null,"Flag":"adrift"}""", 200, "")]
    [InlineData("""{"Sailors":[{"Ship":{"Sailors":[{"Ship":{"Name":"deep"}}]}}]}""", 400, "Sailors")]
    public async Task What_is_nested_or_the_servers_may_be_sent_only_as_it_is(string body, int status, string target)
    {
        var id = await CrewedAsync();
        var answer = await yard.SendAsync("PATCH", $"Ships({id})", body, Any);
        Assert.True(status == answer.Status, answer.Text);
        if (status >= 400) Assert.Equal(target, answer.Target);
        else Assert.Equal(body.Contains("\"Dock\":null", StringComparison.Ordinal) ? null : "A1", (string?)answer.Json["DockCode"]);
    }

    [Fact]
    public async Task A_nested_entity_that_was_read_does_not_hold_back_a_change_of_its_key()
    {
        var id = await CrewedAsync();
        var ship = (await yard.SendAsync("GET", $"Ships({id})?$expand=Dock")).Json;
        ship["DockCode"] = "B1";
        Assert.Equal("B1", (string)(await yard.SendAsync("PATCH", $"Ships({id})", ship.ToJsonString(), Any)).Json["DockCode"]!);
        ship["DockCode"] = "B1";
        ship.Remove("Dock");
        ship["Dock@odata.bind"] = "Docks('A2')";
        ship["Version"] = 3;
        Assert.Equal("A2", (string)(await yard.SendAsync("PATCH", $"Ships({id})", ship.ToJsonString(), Any)).Json["DockCode"]!);
    }

    [Fact]
    public async Task Nothing_changed_is_nothing_done()
    {
        var id = await CrewedAsync();
        var ship = (await yard.SendAsync("GET", $"Ships({id})?$expand=*")).Json;
        var deeds = await yard.DeedsAsync(id);
        foreach (var method in new[] { "PATCH", "PUT" })
        {
            var back = await yard.SendAsync(method, $"Ships({id})", ship.ToJsonString(), "If-Match: W/\"2\"");
            Assert.Equal((204, "W/\"2\""), (back.Status, back.Header("ETag")!));
        }
        Assert.Equal(deeds, await yard.DeedsAsync(id));
    }

    [Fact]
    public async Task Deltas_batches_and_single_properties_take_it_too()
    {
        var id = await CrewedAsync();
        var ship = (await yard.SendAsync("GET", $"Ships({id})?$expand=Sailors")).Json;
        ship["Flag"] = "delta";
        var delta = await yard.SendAsync("PATCH", "Ships", new JsonObject { ["value"] = new JsonArray(ship.DeepClone()) }.ToJsonString());
        Assert.True(delta.Status == 204, delta.Text);
        ship["MadeBy"] = "somebody else";
        var refused = await yard.SendAsync("PATCH", "Ships", new JsonObject { ["value"] = new JsonArray(ship.DeepClone()) }.ToJsonString());
        Assert.Equal(412, refused.Status);
        ship.Remove("@odata.etag");
        ship["@odata.etag"] = "*";
        ship["Version"] = 3;
        refused = await yard.SendAsync("PATCH", "Ships", new JsonObject { ["value"] = new JsonArray(ship.DeepClone()) }.ToJsonString());
        Assert.Equal((422, "value/0/MadeBy"), (refused.Status, refused.Target));
        ship["MadeBy"] = "";
        ship["Flag"] = "batch";
        var batch = await yard.SendAsync("POST", "$batch", $$"""
            {"requests":[{"id":"1","atomicityGroup":"g","method":"PUT","url":"Ships({{id}})",
              "headers":{"if-match":"*","content-type":"application/json"},"body":{{ship.ToJsonString()}}}]}
            """);
        Assert.Equal(204, (int)batch.Json["responses"]![0]!["status"]!);
        Assert.Equal("batch", (string)(await yard.Http.JsonAsync($"Ships({id})"))["Flag"]!);
        var deeds = await yard.DeedsAsync(id);
        Assert.Equal(204, (await yard.SendAsync("PUT", $"Ships({id})/Flag", """{"value":"batch"}""", "If-Match: *")).Status);
        Assert.Equal(deeds, await yard.DeedsAsync(id));
    }

    [Fact]
    public async Task Of_a_new_entity_nothing_is_stored_so_that_null_is_passed_over_and_a_value_refused()
    {
        var made = await yard.SendAsync("POST", "Ships",
            """{"Name":"New","MadeBy":null,"Version":null,"Sailors":[{"Name":"Ann"}],"Dock":{"Code":"N9","Name":"New","Version":null}}""");
        Assert.True(made.Status == 201, made.Text);
        var copy = await yard.SendAsync("POST", "Ships", """{"Name":"New","Version":1}""");
        Assert.Equal((422, "Version"), (copy.Status, copy.Target));
        var deep = await yard.SendAsync("POST", "Ships", """{"Name":"New","Dock":{"Code":"N8","Name":"New","Version":1}}""");
        Assert.Equal((422, "Dock/Version"), (deep.Status, deep.Target));
    }

    private async Task<Guid> CrewedAsync()
    {
        var id = await yard.ShipAsync("Rose");
        foreach (var name in new[] { "Ann", "Ben" })
            await yard.SendAsync("POST", "Sailors", $$"""{"Name":"{{name}}","ShipId":"{{id}}","Pay":5}""");
        var sent = await yard.SendAsync("PATCH", $"Ships({id})", """
            {"Name":"Sea Rose","Flag":"red","Tonnes":7,"Afloat":true,"Badge":"AP8Q",
             "Course":{"type":"LineString","coordinates":[[1,2],[3,4.5]]}}
            """, "If-Match: *");
        Assert.Equal(204, sent.Status);
        return id;
    }
}
