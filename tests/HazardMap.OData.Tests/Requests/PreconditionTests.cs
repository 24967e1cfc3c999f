using System.Net;
using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Requests;

[Collection(nameof(Coast))]
public sealed class PreconditionTests(Coast coast)
{
    [Theory]
    [InlineData("W/\"1\"", true)]
    [InlineData("\"1\"", true)]
    [InlineData("\"7\", W/\"1\"", true)]
    [InlineData("\"a,b\",\"1\"", true)]
    [InlineData("*", true)]
    [InlineData("\"7\", W/\"8\"", false)]
    [InlineData("1", false)]
    public async Task What_the_client_has_already_is_not_sent_again(string tags, bool known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"Lighthouses({CoastRows.Pharos})");
        request.Headers.TryAddWithoutValidation("If-None-Match", tags);
        using var response = await coast.Http.SendAsync(request);
        Assert.Equal(known ? HttpStatusCode.NotModified : HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("Lighthouses({0})", "W/\"1\"", 200)]
    [InlineData("Lighthouses({0})", "\"7\", \"1\"", 200)]
    [InlineData("Lighthouses({0})", "*", 200)]
    [InlineData("Lighthouses({0})", "W/\"7\"", 412)]
    [InlineData("Lighthouses({0})", "1", 412)]
    [InlineData("Lighthouses({0})/Name", "W/\"7\"", 412)]
    [InlineData("Lighthouses({0})/Name/$value", "W/\"7\"", 412)]
    [InlineData("Lighthouses({0})/Name/$value", "W/\"1\"", 200)]
    [InlineData("Lighthouses({0})/Note", "W/\"7\"", 412)]
    [InlineData("Lighthouses({0})/$ref", "W/\"7\"", 412)]
    [InlineData("Lighthouses({0})?$expand=Keepers", "W/\"1\"", 200)]
    [InlineData("Lighthouses({0})/Coast.LookOut()", "W/\"7\"", 412)]
    [InlineData("Lighthouses({0})/Coast.LookOut()", "W/\"1\"", 200)]
    [InlineData("Lighthouses({0})/Harbour", "W/\"1\"", 412)]
    [InlineData("Lighthouses({0})/Harbour", "*", 200)]
    [InlineData("Lighthouses({0})/Keepers", "W/\"1\"", 412)]
    [InlineData("Lighthouses", "W/\"1\"", 412)]
    [InlineData("Lighthouses", "*", 200)]
    [InlineData("Lighthouses/$count", "W/\"1\"", 412)]
    [InlineData("Lighthouses?$apply=aggregate($count as N)", "W/\"1\"", 412)]
    [InlineData("Lighthouses?$filter=nothing eq 1", "W/\"1\"", 400)]
    [InlineData("Lighthouses(00000000-0000-0000-0000-000000000000)", "W/\"1\"", 404)]
    [InlineData("$metadata", "W/\"1\"", 412)]
    [InlineData("openapi.json", "W/\"1\"", 412)]
    [InlineData("", "W/\"1\"", 412)]
    public async Task A_read_that_names_a_state_gets_no_other(string path, string tags, int status)
    {
        var url = path.Replace("{0}", CoastRows.Pharos.ToString(), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get,
            url.Length == 0 ? coast.Http.BaseAddress : new Uri(url, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("If-Match", tags);
        using var response = await coast.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, text);
        if (status == 412) Assert.Equal("If-Match", (string?)JsonNode.Parse(text)!["error"]!["target"]);
    }
}
