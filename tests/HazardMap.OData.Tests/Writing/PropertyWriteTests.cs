using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Writing;

/// <summary>PUT, PATCH, DELETE of one property.</summary>
[Collection(nameof(Yard))]
public sealed class PropertyWriteTests(Yard yard)
{
    [Fact]
    public async Task One_property_is_written_as_JSON_or_raw_and_deleted_to_null()
    {
        var id = await yard.ShipAsync();
        async Task<string?> ValueAsync(string name) => (await yard.Http.JsonAsync($"Ships({id})"))[name]?.ToJsonString();
        Assert.Equal(428, (await yard.SendAsync("PUT", $"Ships({id})/Flag", """{"value":"red"}""")).Status);
        var put = await yard.SendAsync("PUT", $"Ships({id})/Flag", """{"value":"red"}""", "If-Match: W/\"1\"");
        Assert.Equal((204, "W/\"2\""), (put.Status, put.Header("ETag")));
        Assert.Equal(412, (await yard.SendAsync("PUT", $"Ships({id})/Flag", """{"value":"red"}""", "If-Match: W/\"1\"")).Status);
        Assert.Equal("\"red\"", await ValueAsync("Flag"));
        var shown = await yard.SendAsync("PATCH", $"Ships({id})/Tonnes", """{"value":12}""", "If-Match: *",
            "Prefer: return=representation");
        Assert.Equal((200, 12), (shown.Status, (int)shown.Json["value"]!));
        Assert.Equal(204,
            (await yard.SendAsync("PUT", $"Ships({id})/Flag/$value", "雾 \"raw\"", "If-Match: *", "Content-Type: text/plain")).Status);
        Assert.Equal("雾 \"raw\"", (string)(await yard.Http.JsonAsync($"Ships({id})"))["Flag"]!);
        Assert.Equal(204,
            (await yard.SendAsync("PUT", $"Ships({id})/Tonnes/$value", "77", "If-Match: *", "Content-Type: text/plain")).Status);
        Assert.Equal("77", await ValueAsync("Tonnes"));
        Assert.Equal(204, (await yard.SendAsync("PUT", $"Ships({id})/Course",
            """{"value":{"type":"LineString","coordinates":[[1,2],[3,4]]}}""", "If-Match: *")).Status);
        Assert.Contains("LineString", await ValueAsync("Course"), StringComparison.Ordinal);
        Assert.Equal(204, (await yard.SendAsync("PUT", $"Ships({id})/Badge/$value", "abc", "If-Match: *",
            "Content-Type: application/octet-stream")).Status);
        Assert.Equal("\"YWJj\"", await ValueAsync("Badge"));
        Assert.Equal(204, (await yard.SendAsync("DELETE", $"Ships({id})/Flag", null, "If-Match: *")).Status);
        Assert.Equal(204, (await yard.SendAsync("DELETE", $"Ships({id})/Badge/$value", null, "If-Match: *")).Status);
        Assert.Null(await ValueAsync("Flag"));
    }

    [Theory]
    [InlineData("PUT", "Version", """{"value":1}""", 422, "Version")]
    [InlineData("PUT", "Tonnes", """{"value":"x"}""", 400, "Tonnes")]
    [InlineData("PUT", "Tonnes", """{"value":0}""", 422, "Tonnes")]
    [InlineData("PUT", "Tonnes", """{}""", 400, "value")]
    [InlineData("PUT", "Tonnes/$value", "seven", 400, "Tonnes")]
    [InlineData("PUT", "Afloat/$value", "", 400, "Afloat")]
    [InlineData("DELETE", "Name", null, 422, "Name")]
    [InlineData("POST", "Name", "{}", 405, null)]
    [InlineData("PATCH", "Name/$value", "x", 405, null)]
    public async Task A_value_that_does_not_fit_is_refused_by_name(string method, string path, string? body, int status, string? target)
    {
        var id = await yard.ShipAsync();
        var answer = await yard.SendAsync(method, $"Ships({id})/{path}", body, "If-Match: *");
        Assert.Equal((status, target), (answer.Status, answer.Target));
    }
}
