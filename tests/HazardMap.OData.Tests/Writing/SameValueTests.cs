using System.Text;
using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Writing;

/// <summary>Values of every type, sent back as other clients write them: nothing is changed by it, so the version stays.</summary>
public sealed class SameValueTests(Coast coast) : IClassFixture<Coast>
{
    private readonly Guid _id = Guid.CreateVersion7();

    [Theory]
    [InlineData("Height", "1.50")]
    [InlineData("Height", "15e-1")]
    [InlineData("Steps", "-3.0")]
    [InlineData("RangeNm", "1.2E1")]
    [InlineData("Visitors", "\"9007199254740993\"")]
    [InlineData("Price", "12.340")]
    [InlineData("Price", "\"12.34\"")]
    [InlineData("BuiltOn", "\"1999-12-31\"")]
    [InlineData("LastSeenAt", "\"2024-02-29T08:00:00.5+08:00\"")]
    [InlineData("LastSeenAt", "\"2024-02-29T00:00:00.5000000Z\"")]
    [InlineData("OpensAt", "\"07:08:09.5\"")]
    [InlineData("Blink", "\"PT90M\"")]
    [InlineData("Kind", "\"2\"")]
    [InlineData("Id", "\"{ID}\"")]
    [InlineData("Version", "2.0")]
    [InlineData("Place", """{"coordinates":[104.20,2.34e1],"type":"Point","crs":{"type":"name","properties":{"name":"EPSG:4326"}}}""")]
    public async Task The_same_value_in_other_words_changes_nothing(string property, string value)
    {
        await MadeAsync();
        var sent = value.Replace("{ID}", _id.ToString().ToUpperInvariant(), StringComparison.Ordinal);
        foreach (var method in new[] { HttpMethod.Patch, HttpMethod.Put })
        {
            var whole = await coast.Http.JsonAsync($"Lighthouses({_id})");
            whole[property] = JsonNode.Parse(sent);
            Assert.Equal((204, "W/\"2\""), await SendAsync(method, whole.ToJsonString()));
        }
    }

    [Theory]
    [InlineData("Height", "1.5000000000000002")]
    [InlineData("Visitors", "9007199254740992")]
    [InlineData("LastSeenAt", "\"2024-02-29T00:00:00Z\"")]
    [InlineData("OpensAt", "\"07:08:09\"")]
    [InlineData("Place", """{"type":"Point","coordinates":[104.2,23.400000000000002]}""")]
    public async Task The_smallest_difference_is_a_change(string property, string value)
    {
        await MadeAsync();
        Assert.Equal((204, "W/\"3\""), await SendAsync(HttpMethod.Patch, $$"""{"{{property}}":{{value}}}"""));
    }

    private async Task MadeAsync()
    {
        await Coast.RunAsync(coast.Source,
            $"insert into coast.lighthouses (id, name, kind, place) values ('{_id}', 'Same', 'Tower', 'POINT(1 1)')");
        Assert.Equal((204, "W/\"2\""), await SendAsync(HttpMethod.Patch, """
            {"Kind":"Beacon","Place":{"type":"Point","coordinates":[104.2,23.4]},"Height":1.5,"Steps":-3,"RangeNm":12,
             "Visitors":9007199254740993,"Price":12.34,"Lit":true,"BuiltOn":"1999-12-31","LastSeenAt":"2024-02-29T00:00:00.5Z",
             "OpensAt":"07:08:09.5","Blink":"PT1H30M","Badge":"AP8Q"}
            """));
    }

    private async Task<(int Status, string? ETag)> SendAsync(HttpMethod method, string body)
    {
        using var request = new HttpRequestMessage(method, $"Lighthouses({_id})");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await coast.Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return ((int)answer.StatusCode, answer.Headers.ETag?.ToString());
    }
}
