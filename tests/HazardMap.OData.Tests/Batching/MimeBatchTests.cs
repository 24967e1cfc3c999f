using System.Text.RegularExpressions;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Batching;

/// <summary>$batch in multipart/mixed.</summary>
[Collection(nameof(Yard))]
public sealed class MimeBatchTests(Yard yard)
{
    private const string Type = "Content-Type: multipart/mixed;boundary=b";

    private static string Part(string boundary, string request, string? id = null, string body = "", string headers = "") =>
        $"--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: "
        + $"binary\r\n{(id is null ? "" : $"Content-ID: {id}\r\n")}\r\n"
        + $"{request} HTTP/1.1\r\n{(body.Length > 0 ? "Content-Type: application/json\r\n" : "")}{headers}\r\n{body}\r\n";

    private static string ChangeSet(params string[] parts) =>
        "--b\r\nContent-Type: multipart/mixed; boundary=\"c\"\r\n\r\n" + string.Concat(parts) + "--c--\r\n";

    private static string Whole(params string[] parts) => string.Concat(parts) + "--b--\r\n";

    private static readonly Regex Status = new("HTTP/1.1 (?<status>[0-9]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static string Statuses(Reply reply) => string.Join(' ', Status.Matches(reply.Text).Select(x => x.Groups["status"].Value));

    [Fact]
    public async Task A_change_set_is_one_transaction_with_references_inside()
    {
        var reply = await yard.SendAsync("POST", "$batch", Whole(
            Part("b", "GET Docks('A1')?$select=Name"),
            ChangeSet(
                Part("c", "POST Ships", "1", """{"Name":"Mime"}"""),
                Part("c", "POST $1/Sailors", "2", """{"Name":"Mimer"}"""),
                Part("c", "PATCH $1", "3", """{"Flag":"m"}""", "If-Match: *\r\n")),
            Part("b", "GET /yard/Ships?$filter=Flag%20eq%20'm'&$expand=Sailors", headers: "Accept: application/json\r\n")), Type);
        Assert.Equal(200, reply.Status);
        Assert.Equal("200 201 201 204 200", Statuses(reply));
        Assert.StartsWith("multipart/mixed", reply.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("Content-ID: 2", reply.Text, StringComparison.Ordinal);
        Assert.Contains("Mimer", reply.Text[reply.Text.LastIndexOf("HTTP/1.1 200", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.EndsWith("--\r\n", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_set_that_fails_has_one_answer_and_changes_nothing()
    {
        var before = await yard.AskAsync<long>("select count(*) from yard.deeds");
        var failing = Whole(
            ChangeSet(Part("c", "POST Ships", "1", """{"Name":"Mime"}"""), Part("c", "POST Ships", "2", """{"Name":"Mime","Tonnes":-1}""")),
            Part("b", "GET Docks('A1')"));
        Assert.Equal("422", Statuses(await yard.SendAsync("POST", "$batch", failing, Type)));
        Assert.Equal("422 200", Statuses(await yard.SendAsync("POST", "$batch", failing, Type, "Prefer: continue-on-error")));
        Assert.Equal(before, await yard.AskAsync<long>("select count(*) from yard.deeds"));
    }

    [Fact]
    public async Task The_client_chooses_the_format_of_the_answer()
    {
        var json = await yard.SendAsync("POST", "$batch", Whole(Part("b", "GET Docks('A1')", "7")), Type, "Accept: application/json");
        Assert.Equal("7", (string)json.Json["responses"]![0]!["id"]!);
        var mime = await yard.SendAsync("POST", "$batch", """{"requests":[{"id":"7","method":"GET","url":"Docks('A1')"}]}""",
            "Accept: multipart/mixed");
        Assert.Equal("200", Statuses(mime));
    }

    [Fact]
    public async Task A_multipart_that_cannot_be_read_is_refused()
    {
        foreach (var body in new[]
        {
            "", "nonsense", "--b\r\n", "--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n",
            "--b\r\nContent-Type: application/http\r\n\r\nGET\r\n--b--\r\n",
            "--b\r\nContent-Type: application/http\r\n\r\nGET Ships HTTP/1.1\r\nbroken\r\n\r\n--b--\r\n",
            Whole(Part("b", "GET Ships", "1"), Part("b", "GET Ships", "1")),
            ChangeSet("--c\r\nContent-Type: multipart/mixed; boundary=d\r\n\r\n--d--\r\n"),
        })
        {
            var reply = await yard.SendAsync("POST", "$batch", body, Type);
            Assert.True(reply.Status is 400 or 200 && !reply.Text.Contains("HTTP/1.1 2", StringComparison.Ordinal),
                $"{body} -> {reply.Status} {reply.Text}");
        }
        Assert.Equal(400, (await yard.SendAsync("POST", "$batch", "", "Content-Type: multipart/mixed")).Status);
        Assert.Equal(400,
            (await yard.SendAsync("POST", "$batch", Whole([.. Enumerable.Range(0, 51).Select(_ => Part("b", "GET Docks"))]), Type)).Status);
        Assert.Equal("400", Statuses(await yard.SendAsync("POST", "$batch", Whole(ChangeSet(Part("c", "GET Ships", "1"))), Type)));
    }
}
