using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Writing;

/// <summary>PUT, upsert and their preconditions.</summary>
[Collection(nameof(Yard))]
public sealed class ReplaceTests(Yard yard)
{
    [Fact]
    public async Task PUT_returns_what_is_left_out_to_its_default()
    {
        var id = await yard.ShipAsync();
        await yard.SendAsync("PATCH", $"Ships({id})", """{"Flag":"red","Tonnes":7,"Afloat":true}""", "If-Match: *");
        var put = await yard.SendAsync("PUT", $"Ships({id})", $$"""{"Id":"{{id}}","Name":"Lily","Afloat":false}""", "If-Match: W/\"2\"",
            "Prefer: return=representation");
        Assert.Equal(200, put.Status);
        Assert.Equal("return=representation", put.Header("Preference-Applied"));
        Assert.Equal(("Lily", null, 100, false),
            ((string?)put.Json["Name"], (string?)put.Json["Flag"], (int)put.Json["Tonnes"]!, (bool)put.Json["Afloat"]!));
        Assert.Null(put.Json["DockCode"]);
        var nameless = await yard.SendAsync("PUT", $"Ships({id})", "{}", "If-Match: *");
        Assert.Equal((422, "Name"), (nameless.Status, nameless.Target));
        Assert.Equal((422, "Version"),
            ((await yard.SendAsync("PUT", $"Ships({id})", """{"Name":"x","Version":4}""", "If-Match: *")) is var r
                ? (r.Status, r.Target!) : default));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task What_is_not_there_is_created_under_the_key_of_the_URL(string method)
    {
        var id = Guid.CreateVersion7();
        Assert.Equal(404, (await yard.SendAsync(method, $"Ships({id})", """{"Name":"New"}""", "If-Match: *")).Status);
        var made = await yard.SendAsync(method, $"Ships({id})", """{"Name":"New"}""", "If-None-Match: *");
        Assert.Equal((201, id.ToString()), (made.Status, (string)made.Json["Id"]!));
        Assert.EndsWith($"Ships({id})", made.Header("Location"), StringComparison.Ordinal);
        var again = await yard.SendAsync(method, $"Ships({id})", """{"Name":"Newer"}""", "If-None-Match: *");
        Assert.Equal((412, "New"), (again.Status, (string)again.Json["error"]!["innererror"]!["current"]!["Name"]!));
        Assert.Equal(428, (await yard.SendAsync(method, $"Ships({id})", """{"Name":"Newer"}""")).Status);
        Assert.Equal(412, (await yard.SendAsync(method, $"Ships({id})", """{"Name":"Newer"}""", "If-Match: W/\"1\"",
            "If-None-Match: \"0\", W/\"1\"")).Status);
        Assert.Equal(204, (await yard.SendAsync(method, $"Ships({id})", """{"Name":"Newer"}""", "If-Match: \"1\"",
            "If-None-Match: \"0\", W/\"2\"")).Status);
        var minimal = await yard.SendAsync(method, "Docks('Z1')", $$"""{"Name":"{{method}}"}""",
            "Prefer: return=minimal", "If-None-Match: *");
        Assert.Equal(204, minimal.Status);
        Assert.EndsWith("Docks('Z1')", minimal.Header("OData-EntityId"), StringComparison.Ordinal);
        await yard.SendAsync("DELETE", "Docks('Z1')", null, "If-Match: *");
    }

    [Fact]
    public async Task A_change_may_be_sent_along_a_navigation()
    {
        var id = await yard.ShipAsync("Along");
        var sailor = (string)(await yard.SendAsync("POST", "Sailors", $$"""{"Name":"Ann","ShipId":"{{id}}"}""")).Json["Id"]!;
        Assert.Equal(204, (await yard.SendAsync("PATCH", $"Sailors({sailor})/Ship", """{"Flag":"blue"}""", "If-Match: W/\"1\"")).Status);
        Assert.Equal(204, (await yard.SendAsync("PATCH", $"Docks('A1')/Ships({id})", """{"Tonnes":8}""", "If-Match: W/\"2\"")).Status);
        Assert.Equal(404, (await yard.SendAsync("PATCH", $"Docks('A2')/Ships({id})", """{"Tonnes":9}""", "If-Match: *")).Status);
        var ship = await yard.Http.JsonAsync($"Ships({id})");
        Assert.Equal(("blue", 8), ((string)ship["Flag"]!, (int)ship["Tonnes"]!));
        Assert.Equal(204, (await yard.SendAsync("DELETE", $"Ships({id})/Sailors({sailor})", null, "If-Match: *")).Status);
        Assert.Equal(204, (await yard.SendAsync("DELETE", $"Docks('A1')/Ships({id})", null, "If-Match: *")).Status);
    }

    [Fact]
    public async Task Two_writers_on_one_row_are_one_success_and_exactly_one_412()
    {
        var id = await yard.ShipAsync("Contested");
        for (var round = 1; round <= 100; round++)
        {
            var (mine, yours) = ($$"""{"Tonnes":{{round + 1000}}}""", $$"""{"Tonnes":{{round + 2000}}}""");
            var answers = await Task.WhenAll(
                yard.SendAsync("PATCH", $"Ships({id})", mine, $"If-Match: W/\"{round}\""),
                yard.SendAsync("PATCH", $"Ships({id})", yours, $"If-Match: W/\"{round}\""));
            Assert.Equal([204, 412], answers.Select(x => x.Status).Order());
            var lost = answers.Single(x => x.Status == 412);
            Assert.Equal($"W/\"{round + 1}\"", (string)lost.Json["error"]!["innererror"]!["current"]!["@odata.etag"]!);
        }
    }
}
