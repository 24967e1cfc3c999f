using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests;

/// <summary>Whatever is sent to be written, alone or in a batch, is answered with less than 500 (501 where something is not built).</summary>
[Collection(nameof(Yard))]
public sealed class WriteRobustnessTests(Yard yard)
{
    private static readonly Regex Broken = new("\"status\":50[02-9]|HTTP/1.1 50[02-9]", RegexOptions.NonBacktracking);

    private static readonly string[] Pieces =
    [
        "\"", "{", "}", "[", "]", ",", ":", "null", "1e999", "-0", "\\u0000", "\\ud800", "NaN", "\"@odata.type\":1,", "\"@id\":\"Ships(1)\",", "\"@removed\":{},", "999999999999999999",
        "[[[[1]]]]", "\"\"", "true", "\0", "$", "$1", "/", "(", ")", "'", "%", "%00", "%zz", "..", "?", "#", "&", "\r\n", "--b", "--c", "HTTP/1.1", "Content-Length: 5\r\n", "\"if\":1,", "dependsOn",
        "@odata.bind", "@delta", "$ref", "$value", "$batch", "$count", "雾", "If-Match: *", "DELETE", "PUT", "get", "Repeatability-Request-ID",
    ];

    private static readonly (string Method, string Url, string Type, string Body)[] Seeds =
    [
        ("POST", "Ships", "application/json", """{"Name":"f","Dock":{"Code":"F1","Name":"d"},"Sailors":[{"Name":"s","Pay":3},{"@id":"Sailors(01900000-0000-7000-8000-000000000001)"}],"Course":{"type":"LineString","coordinates":[[1,2],[3,4]]}}"""),
        ("PUT", "Docks('FZ')", "application/json", """{"Code":"FZ","Name":"f","Depth":1.5,"Ships@odata.bind":["Ships(01900000-0000-7000-8000-000000000001)"]}"""),
        ("PATCH", "Ships", "application/json", """{"@context":"#$delta","value":[{"Name":"f","@etag":"*"},{"@removed":{"reason":"deleted"},"@id":"Ships(01900000-0000-7000-8000-000000000001)"}]}"""),
        ("PUT", "Ships(01900000-0000-7000-8000-000000000001)/Dock/$ref", "application/json", """{"@odata.id":"Docks('A1')"}"""),
        ("PUT", "Ships(01900000-0000-7000-8000-000000000001)/Tonnes/$value", "text/plain", "17"),
        ("POST", "Docks('A1')/Ships", "application/json", """{"Name":"f","Tonnes":5,"Badge":"AAAA","Afloat":true}"""),
        ("POST", "Papers", "text/plain", "some text"),
        ("POST", "$batch", "application/json", """{"requests":[{"id":"1","atomicityGroup":"g","method":"POST","url":"Ships","body":{"Name":"f"}},{"id":"2","atomicityGroup":"g","dependsOn":["1"],"method":"PATCH","url":"$1","headers":{"If-Match":"$1","repeatability-request-id":"f","repeatability-first-sent":"x"},"body":{"Flag":"x"}},{"id":"3","dependsOn":["g"],"method":"GET","url":"$1/Dock?$select=Name"},{"id":"4","method":"PUT","url":"/yard/Ships(01900000-0000-7000-8000-000000000001)/Badge/$value","headers":{"content-type":"image/png","if-match":"*"},"body":"AQID"}]}"""),
        ("POST", "$batch", "multipart/mixed;boundary=b", "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\nContent-ID: 1\r\n\r\nPOST Ships HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{\"Name\":\"f\"}\r\n--c\r\nContent-Type: application/http\r\n\r\nDELETE $1 HTTP/1.1\r\nIf-Match: *\r\n\r\n\r\n--c--\r\n--b\r\nContent-Type: application/http\r\n\r\nGET /yard/Ships?$top=1 HTTP/1.1\r\n\r\n\r\n--b--\r\n"),
    ];

    [Fact]
    public async Task Mutated_writes_and_batches_never_break_the_service()
    {
        var random = new Random(13);
        var cases = int.Parse(Environment.GetEnvironmentVariable("HAZARDMAP_ODATA_CASES") ?? "900", CultureInfo.InvariantCulture);
        for (var i = 0; i < cases; i++)
        {
            var (method, url, type, body) = Seeds[i % Seeds.Length];
            var text = new StringBuilder(body);
            for (var n = random.Next(1, 4); n > 0; n--) Mutate(text, random);
            var reply = await yard.Send(method, url, text.ToString(), "Content-Type: " + type, "If-Match: *", "Prefer: continue-on-error");
            lock (yard.Unexpected)
                Assert.True(reply.Status is < 500 or 501 && !Broken.IsMatch(reply.Text), $"{method} {url}\n{text}\n{reply.Status} {reply.Text}\n{string.Join('\n', yard.Unexpected)}");
        }
        Assert.Empty(yard.Unexpected);
    }

    private static void Mutate(StringBuilder text, Random random)
    {
        var place = random.Next(text.Length);
        switch (random.Next(4))
        {
            case 0: text.Insert(place, Pieces[random.Next(Pieces.Length)]); break;
            case 1: text.Remove(place, Math.Min(random.Next(1, 8), text.Length - place - 1)); break;
            case 2: text[place] = (char)random.Next(32, 127); break;
            default: text.Insert(place, text.ToString(place, Math.Min(random.Next(1, 20), text.Length - place))); break;
        }
    }
}
