using System.Net;
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
}
