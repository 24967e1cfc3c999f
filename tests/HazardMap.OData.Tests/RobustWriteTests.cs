using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests;

/// <summary>Whatever is sent to be written, alone or in a batch, is answered with less than 500, soon, and leaves the service well.</summary>
public sealed class RobustWriteTests(Yard yard) : IClassFixture<Yard>
{
    private const string Ship = "01900000-0000-7000-8000-0000000000a1";
    private const string Sailor = "01900000-0000-7000-8000-0000000000b1";

    // Method and URL; headers; body. All of it is harmed alike.
    private static readonly string[] Seeds =
    [
        "POST Ships\nPrefer: return=representation\n\n" + """{"Name":"x","Tonnes":5,"Dock@odata.bind":"Docks('A1')","Course":{"type":"LineString","coordinates":[[1,2],[3,4]]},"Sailors":[{"Name":"n","Pay":1}]}""",
        "POST Ships\nRepeatability-Request-ID: a1\nRepeatability-First-Sent: Sun, 22 Nov 2026 10:00:00 GMT\n\n" + """{"Name":"again","Badge":"AAAA","Afloat":null}""",
        $"PATCH Ships({Ship})\nIf-Match: W/\"1\"\nPrefer: return=minimal\n\n" + """{"@odata.etag":"W/\"1\"","Name":"y","Tonnes":7,"Flag":null,"Dock":{"@odata.id":"Docks('A2')"}}""",
        $"PATCH Ships({Ship})\nIf-Match: *\n\n" + """{"Sailors@odata.bind":["Sailors(01900000-0000-7000-8000-0000000000b1)"],"Sailors@delta":[{"Name":"q"}],"Course":{"type":"LineString","crs":{"type":"name"},"coordinates":[]}}""",
        $"PUT Ships({Ship})\nIf-Match: W/\"1\", \"2\"\n\n" + """{"Name":"whole","Tonnes":9,"Course":null}""",
        $"PUT Ships({Guid.Empty})\nIf-None-Match: *\n\n" + """{"Name":"upsert"}""",
        $"PUT Ships({Ship})/Flag\nIf-Match: *\n\n" + """{"value":"red"}""", $"DELETE Ships({Ship})/Flag\nIf-Match: *\n\n",
        $"PUT Ships({Ship})/Badge/$value\nIf-Match: *\nContent-Type: application/octet-stream\n\nabc",
        $"PUT Sailors({Sailor})/Ship/$ref\nIf-Match: *\n\n" + """{"@odata.id":"Ships(01900000-0000-7000-8000-0000000000a1)"}""",
        $"POST Ships({Ship})/Sailors/$ref\n\n" + """{"@id":"Sailors(01900000-0000-7000-8000-0000000000b1)"}""",
        $"DELETE Ships({Ship})/Sailors/$ref?$id=Sailors({Sailor})\n\n", $"DELETE Ships({Ship})\nIf-Match: W/\"9\"\n\n", "DELETE Docks('B1')\nIf-Match: *\n\n",
        $"POST Ships({Ship})/Sailors\n\n" + """{"Name":"below","Rank":"Mate"}""", "PATCH Docks('A1')\nIf-Match: *\n\n" + """{"Name":"Dock","Depth":1.5}""",
        "POST $batch\nPrefer: odata.continue-on-error\n\n" + """{"requests":[{"id":"1","method":"post","url":"Ships","headers":{"Prefer":"return=minimal"},"body":{"Name":"b"}},{"id":"2","atomicityGroup":"g","dependsOn":["1"],"method":"patch","url":"$1","headers":{"If-Match":"$1"},"body":{"Flag":"f"}},{"id":"3","method":"get","url":"Ships?$top=1&$filter=Name eq 'b'","if":"$1 ne null"}]}""",
        "POST $batch\nContent-Type: multipart/mixed;boundary=b\n\n--b\r\nContent-Type: application/http\r\n\r\nGET Docks('A1') HTTP/1.1\r\n\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=\"c\"\r\n\r\n--c\r\nContent-Type: application/http\r\nContent-ID: 1\r\n\r\nPOST Ships HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{\"Name\":\"m\"}\r\n--c--\r\n--b--\r\n",
    ];

    private static readonly string[] Pieces =
    [
        "\"", "'", "{", "}", "[", "]", ",", ":", "null", "true", "1e999", "-0", "\\u0000", "\\ud800", "NaN", "\"@odata.type\":1,", "\"@removed\":{},", "999999999999999999", "[[[[1]]]]", "\"\"",
        "\0", "\n", "\r\n", "\n\n", "--b", "--c--", "$1", "$", "/$ref", "/$value", "/$count", "?$filter=", "$batch", "W/", "*", "(", ")", "Sailors", "Docks('A1')", "雾", "😀", "If-Match: *\n", "dependsOn", "\"id\":", "Content-ID: 1\r\n",
        "Content-Type: text/plain\n", "Content-Type: application/json;IEEE754Compatible=true\n", "Content-Encoding: gzip\n", "Prefer: respond-async\n", "OData-Version: 3.0\n", "@", "../", "//", "%00", "%", "#", "Course", "\"type\":\"Point\",",
    ];

    [Fact]
    public async Task Mutated_writes_and_batches_never_break_the_service()
    {
        await Coast.Run(yard.Source, $"insert into yard.ships (id, name, dock_code, made_by) values ('{Ship}', 'Hull', 'A1', 'test'); insert into yard.sailors (id, name, ship_id) values ('{Sailor}', 'Jack', '{Ship}')");
        var mutations = new Mutations(13, Pieces);
        for (var i = Mutations.Cases(1000); i > 0; i--) await NeverBreaks(mutations.Harm(mutations.OneOf(Seeds)));
        Assert.Equal(200, (await yard.Send("GET", "Ships?$top=1&$expand=Sailors,Dock")).Status);
        Assert.Empty(yard.Unexpected);
    }

    [Fact]
    public async Task Naughty_strings_come_back_as_they_were_sent()
    {
        if (SharedCases.Find("cases/text/naughty_strings.json") is not { } file) return;
        var id = await yard.Ship("Naughty");
        foreach (var text in JsonSerializer.Deserialize<List<string>>(await File.ReadAllTextAsync(file))!.Where(x => x.Length > 0))
        {
            var json = JsonSerializer.Serialize(text);
            var made = await yard.Send("POST", "Ships", $$"""{"Name":{{json}},"Flag":{{json}}}""");
            Assert.True(made.Status == 201, made.Text);
            Assert.Equal((text, text), ((string)made.Json["Name"]!, (string)made.Json["Flag"]!));
            Assert.Equal(204, (await yard.Send("PATCH", $"Ships({id})", $$"""{"Flag":{{json}}}""", "If-Match: *", "Prefer: return=minimal")).Status);
            var literal = Uri.EscapeDataString("'" + text.Replace("'", "''", StringComparison.Ordinal) + "'");
            var found = await yard.Send("GET", $"Ships?$select=Id,Flag&$filter=Flag eq {literal} and Id in ({id},{made.Json["Id"]})");
            Assert.True(found.Status == 200, found.Text);
            Assert.Equal([text, text], found.Json["value"]!.AsArray().Select(x => (string)x!["Flag"]!));
        }
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_wherever_it_stands()
    {
        foreach (var body in new[] { """{"Name":"x","Course":{"type":"Line\ud800String","coordinates":[[1,2],[3,4]]}}""", """{"Name":"\udc00"}""", """{"Name":"x","Na\ud800me":1}""", """{"Name":"x","Dock@odata.bind":"Docks('\ud800')"}""" })
            Assert.Equal(400, (await yard.Send("POST", "Ships", body)).Status);
    }

    private async Task NeverBreaks(string text)
    {
        if (Request(text) is not { } request) return;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(8));
        using var response = await yard.Http.SendAsync(request, patience.Token);
        var answer = await response.Content.ReadAsStringAsync(patience.Token);
        var status = (int)response.StatusCode;
        lock (yard.Unexpected) Assert.True(status is < 500 or 501, $"{status} for {text}\n{answer}\n{string.Join('\n', yard.Unexpected)}");
        if (status >= 400 && answer.Length > 0) Assert.NotNull(JsonDocument.Parse(answer).RootElement.GetProperty("error").GetProperty("code").GetString());
        foreach (var inner in new[] { "HTTP/1.1 500", "\"status\":500" }) Assert.False(answer.Contains(inner, StringComparison.Ordinal), $"{inner} for {text}\n{answer}\n{string.Join((char)10, yard.Unexpected)}");
        request.Dispose();
    }

    /// <summary>The request that the text is; null when no client could send it.</summary>
    private HttpRequestMessage? Request(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var head = (end < 0 ? text : text[..end]).Split('\n');
        var space = head[0].IndexOf(' ', StringComparison.Ordinal);
        if (space < 1 || !head[0][..space].All(char.IsAsciiLetter) || !Uri.TryCreate(yard.Http.BaseAddress + Mutations.Sendable(head[0][(space + 1)..]), UriKind.Absolute, out var url)) return null;
        var request = new HttpRequestMessage(new HttpMethod(head[0][..space]), url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(end < 0 ? "" : text[(end + 2)..])) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var line in head.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || line.Any(x => x is < ' ' or > '~') || !line[..colon].All(x => char.IsAsciiLetterOrDigit(x) || x == '-')) continue;
            if (line[..colon] is "Host" or "Transfer-Encoding" or "Content-Length" or "Expect" or "Connection") continue;
            if (line.StartsWith("Content-", StringComparison.Ordinal)) request.Content.Headers.Remove(line[..colon]);
            if (!request.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim())) request.Content.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim());
        }
        return request;
    }
}
