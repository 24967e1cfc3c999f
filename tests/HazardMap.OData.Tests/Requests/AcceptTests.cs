using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Requests;

/// <summary>What a client takes: media types, their parameters and weights, character sets.</summary>
[Collection(nameof(Coast))]
public sealed class AcceptTests(Coast coast)
{
    private const string Page = "Harbours?$top=1";

    [Theory]
    [InlineData("application/json;odata=verbose"), InlineData("application/json;made=up")]
    [InlineData("application/json;odata.metadata=some")]
    [InlineData("application/json;IEEE754Compatible=perhaps"), InlineData("application/json;charset=utf-16"), InlineData("text/html")]
    [InlineData("application/json;q=0"), InlineData("application/json;q=0, */*;q=0"), InlineData("application/json;q=2")]
    [InlineData("application/atom+xml, application/json;odata=verbose"), InlineData("application/json;q=0, application/*")]
    [InlineData("json")]
    public async Task What_is_not_served_is_406(string accept)
    {
        var (status, error) = await AskAsync(Page, ("Accept", accept));
        Assert.Equal((406, "Accept"), (status, error));
    }

    [Theory]
    [InlineData("application/json;odata=verbose"), InlineData("application/json;made=up"), InlineData("json;charset=gbk")]
    [InlineData("verbose")]
    [InlineData("application/json;metadata=some"), InlineData("application/xml,application/json")]
    [InlineData("application/json;charset=utf-16")]
    [InlineData("text/html"), InlineData("xml")]
    public async Task A_format_that_is_not_served_is_415(string format)
    {
        Assert.Equal((415, "$format"), await AskAsync($"{Page}&$format={format}"));
        Assert.Equal((415, "$format"), await AskAsync($"{Page}&$format={format}", ("Accept", "application/json")));
    }

    [Theory]
    [InlineData("iso-8859-1"), InlineData("utf-16, gbk;q=0.5"), InlineData("utf-8;q=0, *"), InlineData("utf-16, *;q=0")]
    public async Task A_character_set_other_than_UTF_8_is_406(string charset)
    {
        foreach (var url in new[] { Page, "$metadata", "", "Harbours/$count", "Harbours('AL1')/Name/$value", "openapi.json" })
            Assert.Equal((406, "Accept-Charset"), await AskAsync(url, ("Accept-Charset", charset)));
    }

    [Theory]
    [InlineData("utf-8"), InlineData("UTF-8"), InlineData("iso-8859-1, utf-8;q=0.7, *;q=0.3"), InlineData("*"), InlineData("gbk, *;q=0.1")]
    public async Task UTF_8_is_what_is_sent(string charset)
    {
        Assert.Equal((200, null), await AskAsync(Page, ("Accept-Charset", charset)));
        // where both are sent, the header of its own counts
        Assert.Equal((200, null), await AskAsync(Page, ("Accept-Charset", charset), ("Accept", "application/json;charset=utf-16")));
    }

    [Theory]
    [InlineData("application/json;odata.metadata=full;q=0.5, application/json;odata.metadata=none", "none")]
    [InlineData("application/json;odata.metadata=none;q=0.2, application/json;metadata=full;q=0.3", "full")]
    [InlineData("application/json;odata=verbose, application/json;odata.metadata=none", "none")]
    [InlineData("application/json;odata.metadata=full, application/json;odata.metadata=none", "full")]
    [InlineData("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "minimal")]
    [InlineData("application/xml, application/json;q=0.1", "minimal"), InlineData("application/*;q=0.1", "minimal")]
    [InlineData("application/json ; odata.metadata = \"none\" ; charset=UTF-8", "none")]
    [InlineData("APPLICATION/JSON;ODATA.METADATA=NONE", "none")]
    [InlineData("application/json;odata.streaming=true;IEEE754Compatible=false;ExponentialDecimals=true;odata.metadata=none", "none")]
    [InlineData("*/*;q=0.9, application/json;odata.metadata=none;q=0.1", "none"), InlineData("application/json;q=0.001", "minimal")]
    public async Task A_list_is_answered_with_what_it_likes_best(string accept, string metadata)
    {
        using var request = Request(Page, ("Accept", accept));
        using var answer = await coast.Http.SendAsync(request);
        Assert.Equal($"application/json;odata.metadata={metadata}", answer.Content.Headers.ContentType!.ToString().Replace(" ", "",
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$metadata", "application/json;odata=verbose", 406), InlineData("$metadata", "application/xml;charset=gbk", 406)]
    [InlineData("$metadata", "application/xml;charset=utf-8", 200)]
    [InlineData("$metadata", "application/json;made=up, application/xml", 200)]
    [InlineData("$metadata?$format=application/xml;charset=gbk", "", 415), InlineData("$metadata?$format=json;odata=verbose", "", 415)]
    [InlineData("", "application/json;odata=verbose", 406), InlineData("openapi.json", "application/xml", 406)]
    [InlineData("Harbours/$count", "text/plain", 200), InlineData("Harbours/$count", "application/json", 200)]
    [InlineData("Harbours/$count", "text/plain;charset=utf-16", 406), InlineData("Harbours/$count", "image/png", 406)]
    [InlineData("Harbours('AL1')/Name/$value", "text/plain;charset=utf-8", 200)]
    [InlineData("Harbours('AL1')/Name/$value", "image/png", 406)]
    [InlineData("Harbours('AL1')/Name/$value", "text/plain;charset=gbk", 406)]
    [InlineData("Harbours('AL1')/Name/$value", "application/json", 200)]
    public async Task Every_kind_of_answer_looks_at_what_is_accepted(string url, string accept, int status)
    {
        var (actual, target) = await AskAsync(url, ("Accept", accept));
        Assert.Equal(status, actual);
        if (status == 406) Assert.Equal("Accept", target);
    }

    private static HttpRequestMessage Request(string url, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers)
            if (value.Length > 0) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private async Task<(int Status, string? Target)> AskAsync(string url, params (string Name, string Value)[] headers)
    {
        using var request = Request(url, headers);
        using var answer = await coast.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? null
            : (string?)System.Text.Json.Nodes.JsonNode.Parse(text)!["error"]!["target"]);
    }
}
