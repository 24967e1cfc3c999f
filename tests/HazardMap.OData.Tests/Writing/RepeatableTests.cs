using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Writing;

/// <summary>OASIS Repeatable Requests 1.0: the same request twice acts once and answers the same.</summary>
[Collection(nameof(Yard))]
public sealed class RepeatableTests(Yard yard)
{
    private readonly string name = Guid.NewGuid().ToString("N");

    private static string Sent(TimeSpan ago = default) => $"Repeatability-First-Sent: {DateTimeOffset.UtcNow - ago:r}";

    private static string Id(string id) => $"Repeatability-Request-ID: {id}";

    private Task<long> Ships() => yard.Ask<long>($"select count(*) from yard.ships where name = '{name}'");

    private static void Same(Reply first, Reply second)
    {
        Assert.Equal((first.Status, first.Text), (second.Status, second.Text));
        foreach (var header in new[] { "ETag", "Location", "OData-EntityId", "Content-Type", "OData-Version", "Preference-Applied", "Repeatability-Result" })
            Assert.Equal(first.Header(header), second.Header(header));
    }

    [Fact]
    public async Task The_same_request_twice_acts_once_and_answers_the_same()
    {
        string[] headers = [Id(name), Sent()];
        var body = $$"""{"Name":"{{name}}","DockCode":"A1"}""";
        var made = await yard.Send("POST", "Ships", body, headers);
        Assert.Equal((201, "accepted"), (made.Status, made.Header("Repeatability-Result")));
        Same(made, await yard.Send("POST", "Ships", body, headers));
        Assert.Equal(1, await Ships());
        var url = $"Ships({made.Json["Id"]})";
        string[] patch = [Id(name + "p"), Sent(), "If-Match: W/\"1\"", "Prefer: return=representation"];
        Same(await yard.Send("PATCH", url, """{"Flag":"x"}""", patch), await yard.Send("PATCH", url, """{"Flag":"x"}""", patch));
        string[] put = [Id(name + "q"), Sent(), "If-Match: W/\"2\""];
        Same(await yard.Send("PUT", url, body, put), await yard.Send("PUT", url, body, put));
        string[] delete = [Id(name + "d"), Sent(), "If-Match: W/\"3\""];
        var gone = await yard.Send("DELETE", url, null, delete);
        Assert.Equal(204, gone.Status);
        Same(gone, await yard.Send("DELETE", url, null, delete));
        Assert.Equal(4, await yard.Deeds(made.Json["Id"]!));
    }

    [Fact]
    public async Task A_refusal_is_repeated_too_even_when_its_reason_is_gone()
    {
        string[] headers = [Id(name), Sent()];
        var body = $$"""{"Name":"{{name}}","DockCode":"{{name[..5]}}"}""";
        var refused = await yard.Send("POST", "Ships", body, headers);
        Assert.Equal((422, "accepted"), (refused.Status, refused.Header("Repeatability-Result")));
        await yard.Send("POST", "Docks", $$"""{"Code":"{{name[..5]}}","Name":"late"}""");
        Same(refused, await yard.Send("POST", "Ships", body, headers));
        Assert.Equal(0, await Ships());
    }

    [Fact]
    public async Task An_id_stands_for_one_request_of_one_caller()
    {
        string[] headers = [Id(name), Sent()];
        Assert.Equal(201, (await yard.Send("POST", "Ships", $$"""{"Name":"{{name}}"}""", headers)).Status);
        foreach (var (method, url, body) in new[] { ("POST", "Ships", """{"Name":"other"}"""), ("POST", "Ships?$select=Name", $$"""{"Name":"{{name}}"}"""), ("POST", "Sailors", $$"""{"Name":"{{name}}"}""") })
        {
            var other = await yard.Send(method, url, body, headers);
            Assert.Equal((400, "rejected"), (other.Status, other.Header("Repeatability-Result")));
        }
        Assert.Equal(201, (await yard.Send("POST", "Ships", $$"""{"Name":"{{name}}"}""", [.. headers, "X-User: somebody"])).Status);
        Assert.Equal(201, (await yard.Send("POST", "Ships", $$"""{"Name":"{{name}}"}""", [.. headers, "Repeatability-Client-ID: phone"])).Status);
        Assert.Equal(3, await Ships());
    }

    [Fact]
    public async Task Headers_that_cannot_be_honoured_are_rejected_before_anything_happens()
    {
        var body = $$"""{"Name":"{{name}}"}""";
        foreach (var (status, headers) in new (int, string[])[]
        {
            (412, [Id(name), Sent(TimeSpan.FromDays(3))]), (400, [Id(name), Sent(-TimeSpan.FromHours(1))]), (400, [Id(name)]), (400, [Sent()]),
            (400, [Id(name), "Repeatability-First-Sent: yesterday"]), (400, [Id(new string('x', 201)), Sent()]),
        })
        {
            var reply = await yard.Send("POST", "Ships", body, headers);
            Assert.Equal((status, "rejected"), (reply.Status, reply.Header("Repeatability-Result")));
        }
        Assert.Equal(0, await Ships());
        Assert.Equal(200, (await yard.Send("GET", "Ships?$top=1", null, Id(name), Sent())).Status);
    }

    [Fact]
    public async Task Ten_at_once_with_one_id_act_once_and_all_get_the_answer()
    {
        for (var round = 0; round < 10; round++)
        {
            string[] headers = [Id($"{name}{round}"), Sent()];
            var body = $$"""{"Name":"{{name}}","Tonnes":{{round + 1}}}""";
            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => yard.Send("POST", "Ships", body, headers)));
            foreach (var answer in answers) Same(answers[0], answer);
            Assert.Equal((201, round + 1), (answers[0].Status, (int)await Ships()));
        }
    }

    [Fact]
    public async Task A_transaction_that_never_committed_left_no_answer()
    {
        string[] headers = [Id(name), Sent()];
        await using var connection = await yard.Source.OpenConnectionAsync();
        await using (var other = await connection.BeginTransactionAsync())
        {
            await using var claim = new Npgsql.NpgsqlCommand($"insert into yard.repeatable_requests (caller, client, request, fingerprint) values ('', '', '{name}', '')", connection);
            await claim.ExecuteNonQueryAsync();
            var waited = await yard.Send("POST", "Ships", $$"""{"Name":"{{name}}"}""", headers);
            Assert.Equal((503, "Busy"), (waited.Status, (string)waited.Json["error"]!["code"]!));
            Assert.NotNull(waited.Header("Retry-After"));
            await other.RollbackAsync();
        }
        Assert.Equal(201, (await yard.Send("POST", "Ships", $$"""{"Name":"{{name}}"}""", headers)).Status);
    }

    [Fact]
    public async Task Answers_too_old_to_be_asked_for_are_forgotten()
    {
        await Coast.Run(yard.Source, $"insert into yard.repeatable_requests values ('', '', 'old{name}', '', now() - interval '49 hours'), ('', '', 'new{name}', '', now() - interval '47 hours')");
        await yard.Send("POST", "Ships", $$"""{"Name":"{{name}}"}""", Id(name), Sent());
        for (var tries = 0; tries < 100 && await yard.Ask<long>($"select count(*) from yard.repeatable_requests where request like '%{name}'") > 2; tries++) await Task.Delay(20);
        Assert.Equal(0, await yard.Ask<long>($"select count(*) from yard.repeatable_requests where request = 'old{name}'"));
        Assert.Equal(1, await yard.Ask<long>($"select count(*) from yard.repeatable_requests where request = 'new{name}'"));
    }

    [Fact]
    public async Task A_batch_sent_twice_does_each_of_its_changes_once()
    {
        var ship = await yard.Ship(name + "x");
        var batch = $$$"""
            {"requests":[
              {"id":"1","atomicityGroup":"g","method":"POST","url":"Ships","body":{"Name":"{{{name}}}"}},
              {"id":"2","atomicityGroup":"g","method":"POST","url":"$1/Sailors","body":{"Name":"{{{name}}}"}},
              {"id":"3","method":"PATCH","url":"Ships({{{ship}}})","headers":{"If-Match":"W/\"1\""},"body":{"Flag":"once"}},
              {"id":"4","method":"GET","url":"Ships({{{ship}}})?$select=Flag"}]}
            """;
        string[] headers = [Id(name), Sent()];
        var first = await yard.Send("POST", "$batch", batch, headers);
        var second = await yard.Send("POST", "$batch", batch, headers);
        Same(first, second);
        Assert.Equal("201 201 204 200", string.Join(' ', second.Json["responses"]!.AsArray().Select(x => x!["status"]!.ToString())));
        Assert.Equal((1, 1, 2), (await Ships(), await yard.Ask<long>($"select count(*) from yard.sailors where name = '{name}'"), await yard.Deeds(ship)));
    }

    [Fact]
    public async Task Each_request_of_a_batch_may_be_repeatable_by_itself()
    {
        string Batch(string second) => $$$"""
            {"requests":[{"id":"1","method":"POST","url":"Ships","headers":{"repeatability-request-id":"{{{name}}}","repeatability-first-sent":"{{{DateTimeOffset.UtcNow:r}}}"},
             "body":{"Name":"{{{name}}}"}},{{{second}}}]}
            """;
        await yard.Send("POST", "$batch", Batch("""{"id":"2","method":"GET","url":"Docks"}"""));
        var reply = await yard.Send("POST", "$batch", Batch($$$"""{"id":"3","method":"POST","url":"Ships","body":{"Name":"{{{name}}}"}}"""));
        Assert.Equal("accepted", (string)reply.Json["responses"]![0]!["headers"]!["repeatability-result"]!);
        Assert.Equal(2, await Ships());
    }
}
