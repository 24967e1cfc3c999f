using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Writing;

/// <summary>PATCH of a set with a delta.</summary>
[Collection(nameof(Yard))]
public sealed class CollectionUpdateTests(Yard yard)
{
    [Fact]
    public async Task A_delta_changes_creates_and_removes_in_one_transaction()
    {
        var (kept, gone, own) = (await yard.ShipAsync("Kept"), await yard.ShipAsync("Gone"), Guid.CreateVersion7());
        var delta = $$$"""
            {"@context":"#$delta","value":[
              {"Id":"{{{kept}}}","@odata.etag":"W/\"1\"","Flag":"delta"},
              {"Id":"{{{own}}}","Name":"Own key"},
              {"Name":"Any key","Sailors":[{"Name":"along"}]},
              {"@removed":{"reason":"deleted"},"@id":"Ships({{{gone}}})","@etag":"*"}]}
            """;
        var reply = await yard.SendAsync("PATCH", "Ships", delta, "Prefer: return=representation");
        Assert.True(reply.Status == 200, reply.Text);
        var value = reply.Json["value"]!.AsArray();
        Assert.Equal(("delta", own.ToString(), "Any key", "deleted"),
            ((string)value[0]!["Flag"]!, (string)value[1]!["Id"]!, (string)value[2]!["Name"]!, (string)value[3]!["@removed"]!["reason"]!));
        Assert.Equal(404, (await yard.SendAsync("GET", $"Ships({gone})")).Status);
        var again = await yard.SendAsync("PATCH", "Ships", delta);
        Assert.Equal((412, "value/0/If-Match"), (again.Status, again.Target));
    }

    [Theory]
    [InlineData("""{"value":[{"Id":"KEY","Flag":"x"}]}""", 428, "value/0/If-Match")]
    [InlineData("""{"value":[{"Name":"made"},{"Id":"KEY","@etag":"*","Tonnes":0}]}""", 422, "value/1/Tonnes")]
    [InlineData("""{"value":[{"Name":"made"},{"@removed":{},"Id":"00000000-0000-0000-0000-000000000000"}]}""", 404, "value/1")]
    [InlineData("""{"value":[{"Name":"made"},7]}""", 400, "value/1")]
    [InlineData("""{"value":[{"Name":"made"},{"@id":"Docks('A1')","Name":"x"}]}""", 400, "value/1/@id")]
    [InlineData("""{"value":{}}""", 400, "value")]
    [InlineData("{}", 400, "value")]
    public async Task A_delta_with_a_mistake_changes_nothing_and_names_the_place(string body, int status, string target)
    {
        var id = await yard.ShipAsync();
        var before = await yard.AskAsync<long>("select count(*) from yard.deeds");
        var reply = await yard.SendAsync("PATCH", "Ships", body.Replace("KEY", id.ToString(), StringComparison.Ordinal));
        Assert.Equal((status, target), (reply.Status, reply.Target));
        Assert.Equal(before, await yard.AskAsync<long>("select count(*) from yard.deeds"));
        Assert.Equal(501, (await yard.SendAsync("PATCH", $"Ships({id})/Sailors", body)).Status);
    }
}
