using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Media;

/// <summary>Media entities: a stream under /$value, created by POST of the stream.</summary>
[Collection(nameof(Yard))]
public sealed class MediaTests(Yard yard)
{
    private const string Text = "Content-Type: text/plain;charset=utf-8";

    [Fact]
    public async Task A_stream_creates_its_entity_and_comes_back_as_it_was()
    {
        var made = await yard.SendAsync("POST", "Papers", "雾 is fog", Text);
        Assert.Equal((201, "text/plain", 10), (made.Status, (string)made.Json["@odata.mediaContentType"]!, (int)made.Json["Bytes"]!));
        var stream = (string)made.Json["@odata.mediaReadLink"]!;
        Assert.StartsWith(made.Header("Location")!, stream, StringComparison.Ordinal);
        var read = await yard.SendAsync("GET", stream, null, "Accept: image/png, text/plain");
        Assert.Equal((200, "雾 is fog", "text/plain", "W/\"1\""),
            (read.Status, read.Text, read.Header("Content-Type"), read.Header("ETag")));
        Assert.Equal(304, (await yard.SendAsync("GET", stream, null, "If-None-Match: \"x\", W/\"1\"")).Status);

        Assert.Equal(428, (await yard.SendAsync("PUT", stream, "new", Text)).Status);
        Assert.Equal(412, (await yard.SendAsync("PUT", stream, "new", Text, "If-Match: W/\"9\"")).Status);
        var put = await yard.SendAsync("PUT", stream, "new", "Content-Type: image/png", "If-Match: W/\"1\"");
        Assert.Equal((204, "W/\"2\""), (put.Status, put.Header("ETag")));
        Assert.Equal(("new", "image/png"),
            ((await yard.SendAsync("GET", stream)) is var again ? (again.Text, again.Header("Content-Type")!) : default));
        Assert.Equal(204, (await yard.SendAsync("PATCH", made.Header("Location")!, """{"Title":"T"}""", "If-Match: *")).Status);
        Assert.Equal((3, "T"), ((await yard.Http.JsonAsync(made.Header("Location")!)) is var entity
            ? ((int)entity["Bytes"]!, (string)entity["Title"]!) : default));
        Assert.Equal(405, (await yard.SendAsync("DELETE", stream, null, "If-Match: *")).Status);
        Assert.Equal(204, (await yard.SendAsync("DELETE", made.Header("Location")!, null, "If-Match: *")).Status);
        Assert.Equal(404, (await yard.SendAsync("GET", stream)).Status);
    }

    [Fact]
    public async Task What_is_too_long_or_of_another_type_is_refused()
    {
        Assert.Equal(415, (await yard.SendAsync("POST", "Papers", "<html>", "Content-Type: text/html")).Status);
        Assert.Equal(415, (await yard.SendAsync("POST", "Papers", "{}")).Status);
        Assert.Equal(413, (await yard.SendAsync("POST", "Papers", new string('x', 1001), Text)).Status);
        Assert.Equal(400, (await yard.SendAsync("POST", "Papers", "", Text)).Status);
        Assert.Equal(404, (await yard.SendAsync("PUT", $"Papers({Guid.Empty})/$value", "x", Text, "If-Match: *")).Status);
        Assert.Equal(400, (await yard.SendAsync("GET", $"Ships({Guid.Empty})/$value")).Status);
        Assert.Equal(403, (await yard.SendAsync("POST", "Papers", "x", Text, "X-User: guest")).Status);
    }

    [Fact]
    public async Task A_stream_may_belong_to_an_entity_be_repeated_and_travel_in_a_batch()
    {
        var ship = await yard.ShipAsync();
        var sent = $"Repeatability-First-Sent: {DateTimeOffset.UtcNow:r}";
        var first = await yard.SendAsync("POST", $"Ships({ship})/Papers", "abc", Text, $"Repeatability-Request-ID: {ship}", sent);
        Assert.Equal((201, ship), (first.Status, (Guid)first.Json["ShipId"]!));
        Assert.Equal(first.Text,
            (await yard.SendAsync("POST", $"Ships({ship})/Papers", "abc", Text, $"Repeatability-Request-ID: {ship}", sent)).Text);
        var batch = await yard.SendAsync("POST", "$batch", $$"""
            {"requests":[{"id":"1","method":"POST","url":"Ships({{ship}})/Papers","headers":{"content-type":"image/png"},"body":"AQIDBA"},
                         {"id":"2","method":"GET","url":"$1/$value"}]}
            """);
        Assert.Equal("AQIDBA", (string)batch.Json["responses"]![1]!["body"]!);
        Assert.Equal(2, (await yard.Http.JsonAsync($"Ships({ship})/Papers"))["value"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_host_may_keep_the_streams_itself()
    {
        var made = await yard.SendAsync("POST", "Films", "reel", "Content-Type: video/mp4");
        Assert.Equal(201, made.Status);
        var stream = (string)made.Json["@odata.mediaReadLink"]!;
        Assert.Equal(("reel", "video/mp4"),
            ((await yard.SendAsync("GET", stream)) is var first ? (first.Text, first.Header("Content-Type")!) : default));
        Assert.Equal(204, (await yard.SendAsync("PUT", stream, "reel 2", "Content-Type: video/webm")).Status);
        Assert.Equal("reel 2", (await yard.SendAsync("GET", stream)).Text);
        Assert.Contains("HasStream=\"true\"", await yard.Http.GetStringAsync(new Uri("$metadata", UriKind.Relative)),
            StringComparison.Ordinal);
    }
}
