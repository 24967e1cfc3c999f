using System.IO.Compression;
using System.Text;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Requests;

/// <summary>Request bodies as bytes: which text they are, how they are packed, how long they are.</summary>
[Collection(nameof(Yard))]
public sealed class BodyTests(Yard yard)
{
    // A character below U+0100 stands for the byte of that number: these texts are bytes, not characters.
    [Theory]
    [InlineData("POST Ships", "{\"Name\":\"\u00ff\"}", "Name")]
    [InlineData("POST Ships", "{\"Name\":\"\u00cb\u00ae\u00bf\u00e2\"}", "Name")] // GBK
    [InlineData("POST Ships", "{\"Name\":\"cut \u00e6\u00b0\"}", "Name")]
    [InlineData("POST Ships", "{\"Name\":\"overlong \u00c0\u00af\"}", "Name")]
    [InlineData("POST Ships", "{\"Name\":\"surrogate \u00ed\u00a0\u0080\"}", "Name")]
    [InlineData("POST Ships", "{\"Name\":\"x\",\"Course\":{\"type\":\"Line\u00ff\",\"coordinates\":[[1,2],[3,4]]}}", "Course/type")]
    [InlineData("POST Ships", "{\"Name\":\"x\",\"Sailors\":[{\"Name\":\"a\"},{\"Name\":\"\u00ff\"}]}", "Sailors/1/Name")]
    [InlineData("POST Ships", "{\"Name\":\"x\",\"Dock@odata.bind\":\"Docks('\u00ff')\"}", "Dock@odata.bind")]
    [InlineData("POST Ships", "{\"Na\u00ffme\":\"x\"}", null)]
    [InlineData("POST Ships", "\u00ff\u00fe{\u0000}\u0000", null)] // UTF-16
    [InlineData("PATCH Ships", "{\"value\":[{\"Name\":\"\u00ff\"}]}", "value/0/Name")]
    [InlineData("PUT Ships(01900000-0000-7000-8000-000000000009)/Flag", "{\"value\":\"\u00ff\"}", "value")]
    [InlineData("PUT Docks('\u00ff')", "{\"Name\":\"\u00ff\"}", "Name")]
    [InlineData("POST $batch", "{\"requests\":[{\"id\":\"1\",\"method\":\"POST\",\"url\":\"Ships\",\"body\":{\"Name\":\"\u00ff\"}}]}",
        "requests/0/body/Name")]
    public async Task What_is_not_UTF_8_is_refused_by_its_place(string request, string body, string? target)
    {
        var (method, url) = (request.Split(' ')[0], request.Split(' ')[1]);
        var reply = await SendAsync(method, url, Encoding.Latin1.GetBytes(body));
        Assert.Equal(400, reply.Status);
        Assert.Contains("UTF-8", reply.Text, StringComparison.Ordinal);
        Assert.Equal(target, reply.Target);
    }

    [Theory]
    [InlineData("GET /yard/Docks('\u00ff') HTTP/1.1\r\n\r\n")]
    [InlineData("POST /yard/Docks HTTP/1.1\r\nContent-Type: application/json\r\nX-Note: \u00ff\r\n\r\n{}")]
    [InlineData("POST /yard/Docks HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{\"Code\":\"\u00ff\"}")]
    public async Task A_part_of_a_multipart_batch_that_is_not_UTF_8_is_refused(string part)
    {
        var body = Encoding.Latin1.GetBytes($"--b\r\nContent-Type: application/http\r\n\r\n{part}\r\n--b--\r\n");
        var reply = await SendAsync("POST", "$batch", body, "multipart/mixed;boundary=b");
        Assert.Contains("UTF-8", reply.Text, StringComparison.Ordinal);
        Assert.True(reply.Status == 400 || reply.Text.Contains("HTTP/1.1 400", StringComparison.Ordinal), reply.Text);
    }

    [Theory]
    [InlineData("Ships?$filter=Name eq '%ff'", "$filter"), InlineData("Docks('%e6%b0')", null)]
    [InlineData("Ships?$select=Na%c0%afme", "$select")]
    [InlineData("Ships?$filter=Name eq @a&@a='%ed%a0%80'", "@a")]
    public async Task A_URL_whose_bytes_are_not_UTF_8_is_refused(string url, string? target)
    {
        var reply = await yard.SendAsync("GET", url);
        Assert.Equal((400, target), (reply.Status, reply.Target));
        Assert.Contains("UTF-8", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ships?$filter=Name in [\"\\ud800\"]"), InlineData("Ships?$filter=Name in @l&@l=[\"\\udc00\"]")]
    [InlineData("Ships?$filter=geo.length(@g) gt 1&@g={\"type\":\"Line\\ud800\",\"coordinates\":[[1,2],[3,4]]}")]
    public async Task An_escaped_half_of_a_surrogate_pair_in_a_URL_is_refused(string url)
    {
        var reply = await yard.SendAsync("GET", url);
        Assert.True(reply.Status == 400, reply.Text);
    }

    [Theory]
    [InlineData("made-up"), InlineData("zstd"), InlineData("gzip, gzip"), InlineData("gzip, made-up")]
    public async Task A_content_coding_that_is_not_read_is_415(string coding)
    {
        var reply = await SendAsync("POST", "Ships", "{\"Name\":\"x\"}"u8.ToArray(), coding: coding);
        Assert.Equal((415, "Content-Encoding"), (reply.Status, reply.Target));
    }

    [Theory, InlineData("gzip"), InlineData("x-gzip"), InlineData("br"), InlineData("deflate"), InlineData("identity"), InlineData("GZIP")]
    public async Task A_packed_body_is_read(string coding)
    {
        var reply = await SendAsync("POST", "Ships", Packed("{\"Name\":\"packed\"}"u8.ToArray(), coding), coding: coding);
        Assert.True(reply.Status == 201, reply.Text);
        Assert.Equal("packed", (string?)reply.Json["Name"]);
    }

    [Fact]
    public async Task A_body_that_is_not_packed_as_it_says_is_400()
    {
        foreach (var coding in new[] { "gzip", "br", "deflate" })
            Assert.Equal(400, (await SendAsync("POST", "Ships", "{\"Name\":\"x\"}"u8.ToArray(), coding: coding)).Status);
        var cut = Packed("{\"Name\":\"packed\"}"u8.ToArray(), "gzip")[..^12];
        Assert.Equal(400, (await SendAsync("POST", "Ships", cut, coding: "gzip")).Status);
    }

    [Fact]
    public async Task A_packed_body_is_limited_by_what_it_unpacks_to()
    {
        var large = Packed(Encoding.UTF8.GetBytes($"{{\"Name\":\"{new string('x', 5_000_000)}\"}}"), "gzip");
        var reply = await SendAsync("POST", "Ships", large, coding: "gzip");
        Assert.Equal(413, reply.Status);
        Assert.Contains("MaxBodyBytes", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json;charset=utf-16", 415), InlineData("application/json;charset=gbk", 415)]
    [InlineData("application/json;odata=verbose", 415), InlineData("application/json;made=up", 415)]
    [InlineData("application/json;odata.metadata=some", 415), InlineData("application/json;charset", 415)]
    [InlineData("text/json", 415), InlineData("application/json, application/json", 415)]
    [InlineData("application/json;charset=UTF-8", 201), InlineData("application/json; charset=\"utf-8\"", 201)]
    [InlineData("application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=true;charset=utf-8", 201)]
    public async Task A_body_says_what_it_is(string type, int status)
    {
        var reply = await SendAsync("POST", "Ships", "{\"Name\":\"typed\"}"u8.ToArray(), type);
        Assert.True(reply.Status == status, $"{type}: {reply.Text}");
        if (status == 415) Assert.Equal("Content-Type", reply.Target);
    }

    [Fact]
    public async Task A_raw_value_and_a_batch_say_what_they_are_too()
    {
        var ship = await yard.ShipAsync();
        Assert.Equal(415, (await SendAsync("PUT", $"Ships({ship})/Flag/$value", "x"u8.ToArray(), "text/plain;charset=gbk")).Status);
        Assert.Equal(204, (await SendAsync("PUT", $"Ships({ship})/Flag/$value", "x"u8.ToArray(), "text/plain;charset=utf-8")).Status);
        var batch = """{"requests":[{"id":"1","method":"GET","url":"Docks","headers":{}}]}"""u8.ToArray();
        Assert.Equal(415, (await SendAsync("POST", "$batch", batch, "application/json;charset=utf-16")).Status);
        Assert.Equal(200, (await SendAsync("POST", "$batch", Packed(batch, "gzip"), coding: "gzip")).Status);
        var part = """{"requests":[{"id":"1","method":"POST","url":"Ships","headers":{"content-encoding":"made-up"},"""
            + """ "body":{"Name":"x"}}]}""";
        var reply = await SendAsync("POST", "$batch", Encoding.UTF8.GetBytes(part));
        Assert.Equal(415, (int)reply.Json["responses"]![0]!["status"]!);
    }

    [Fact]
    public async Task A_byte_order_mark_of_UTF_8_is_passed_over()
    {
        byte[] mark = [0xef, 0xbb, 0xbf];
        var made = await SendAsync("POST", "Ships", [.. mark, .. "{\"Name\":\"marked\"}"u8]);
        Assert.True(made.Status == 201, made.Text);
        var flag = $"Ships({(string?)made.Json["Id"]})/Flag";
        Assert.Equal(204, (await SendAsync("PUT", flag + "/$value", [.. mark, .. "red"u8], "text/plain")).Status);
        Assert.Equal("red", (await yard.SendAsync("GET", flag + "/$value")).Text);
        Assert.Equal(200, (await SendAsync("POST", "$batch", [.. mark, .. "{\"requests\":[]}"u8])).Status);
    }

    [Fact]
    public async Task The_longest_text_is_counted_in_characters_as_the_table_counts()
    {
        var longest = string.Concat(Enumerable.Repeat("😀", 200_000));
        var reply = await yard.SendAsync("POST", "Ships", $$"""{"Name":"{{longest}}"}""");
        Assert.True(reply.Status == 201, reply.Text[..Math.Min(400, reply.Text.Length)]);
        reply = await yard.SendAsync("POST", "Ships", $$"""{"Name":"{{longest}}x"}""");
        Assert.Equal((422, "Name"), (reply.Status, reply.Target));
        Assert.Empty(yard.Unexpected);
    }

    private static byte[] Packed(byte[] bytes, string coding)
    {
        using var packed = new MemoryStream();
        using (Stream stream = coding.ToLowerInvariant() switch
        {
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "identity" => new BufferedStream(packed),
            _ => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            stream.Write(bytes);
            stream.Flush();
            if (coding == "identity") return packed.ToArray();
        }
        return packed.ToArray();
    }

    private async Task<Reply> SendAsync(string method, string url, byte[] body, string type = "application/json", string? coding = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (coding is not null) request.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var response = await yard.Http.SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(),
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
    }
}
