using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Writing;

/// <summary>OASIS Repeatable Requests 1.0: the same request twice acts once and answers the same.</summary>
[Collection(nameof(Yard))]
public sealed class RepeatableTests(Yard yard)
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    private static string Sent(TimeSpan ago = default) => $"Repeatability-First-Sent: {DateTimeOffset.UtcNow - ago:r}";

    private static string Id(string id) => $"Repeatability-Request-ID: {id}";

    private Task<long> ShipsAsync() => yard.AskAsync<long>($"select count(*) from yard.ships where name = '{_name}'");

    private static void Same(Reply first, Reply second)
    {
        Assert.Equal((first.Status, first.Text), (second.Status, second.Text));
        foreach (var header in new[] { "ETag", "Location", "OData-EntityId", "Content-Type", "OData-Version", "Preference-Applied",
            "Repeatability-Result" })
            Assert.Equal(first.Header(header), second.Header(header));
    }

    [Fact]
    public async Task The_same_request_twice_acts_once_and_answers_the_same()
    {
        string[] headers = [Id(_name), Sent()];
        var body = $$"""{"Name":"{{_name}}","DockCode":"A1"}""";
        var made = await yard.SendAsync("POST", "Ships", body, headers);
        Assert.Equal((201, "accepted"), (made.Status, made.Header("Repeatability-Result")));
        Same(made, await yard.SendAsync("POST", "Ships", body, headers));
        Assert.Equal(1, await ShipsAsync());
        var url = $"Ships({made.Json["Id"]})";
        string[] patch = [Id(_name + "p"), Sent(), "If-Match: W/\"1\"", "Prefer: return=representation"];
        Same(await yard.SendAsync("PATCH", url, """{"Flag":"x"}""", patch), await yard.SendAsync("PATCH", url, """{"Flag":"x"}""", patch));
        string[] put = [Id(_name + "q"), Sent(), "If-Match: W/\"2\""];
        Same(await yard.SendAsync("PUT", url, body, put), await yard.SendAsync("PUT", url, body, put));
        string[] delete = [Id(_name + "d"), Sent(), "If-Match: W/\"3\""];
        var gone = await yard.SendAsync("DELETE", url, null, delete);
        Assert.Equal(204, gone.Status);
        Same(gone, await yard.SendAsync("DELETE", url, null, delete));
        Assert.Equal(4, await yard.DeedsAsync(made.Json["Id"]!));
    }

    [Fact]
    public async Task A_refusal_is_repeated_too_even_when_its_reason_is_gone()
    {
        string[] headers = [Id(_name), Sent()];
        var body = $$"""{"Name":"{{_name}}","DockCode":"{{_name[..5]}}"}""";
        var refused = await yard.SendAsync("POST", "Ships", body, headers);
        Assert.Equal((422, "accepted"), (refused.Status, refused.Header("Repeatability-Result")));
        await yard.SendAsync("POST", "Docks", $$"""{"Code":"{{_name[..5]}}","Name":"late"}""");
        Same(refused, await yard.SendAsync("POST", "Ships", body, headers));
        Assert.Equal(0, await ShipsAsync());
    }

    [Fact]
    public async Task An_id_stands_for_one_request_of_one_caller()
    {
        string[] headers = [Id(_name), Sent()];
        Assert.Equal(201, (await yard.SendAsync("POST", "Ships", $$"""{"Name":"{{_name}}"}""", headers)).Status);
        foreach (var (method, url, body) in new[] { ("POST", "Ships", """{"Name":"other"}"""),
            ("POST", "Ships?$select=Name", $$"""{"Name":"{{_name}}"}"""), ("POST", "Sailors", $$"""{"Name":"{{_name}}"}""") })
        {
            var other = await yard.SendAsync(method, url, body, headers);
            Assert.Equal((400, "rejected"), (other.Status, other.Header("Repeatability-Result")));
        }
        Assert.Equal(201, (await yard.SendAsync("POST", "Ships", $$"""{"Name":"{{_name}}"}""", [.. headers, "X-User: somebody"])).Status);
        Assert.Equal(201,
            (await yard.SendAsync("POST", "Ships", $$"""{"Name":"{{_name}}"}""", [.. headers, "Repeatability-Client-ID: phone"])).Status);
        Assert.Equal(3, await ShipsAsync());
    }

    [Fact]
    public async Task Headers_that_cannot_be_honoured_are_rejected_before_anything_happens()
    {
        var body = $$"""{"Name":"{{_name}}"}""";
        foreach (var (status, headers) in new (int, string[])[]
        {
            (412, [Id(_name), Sent(TimeSpan.FromDays(3))]), (400, [Id(_name), Sent(-TimeSpan.FromHours(1))]),
            (400, [Id(_name)]), (400, [Sent()]),
            (400, [Id(_name), "Repeatability-First-Sent: yesterday"]), (400, [Id(new string('x', 201)), Sent()]),
        })
        {
            var reply = await yard.SendAsync("POST", "Ships", body, headers);
            Assert.Equal((status, "rejected"), (reply.Status, reply.Header("Repeatability-Result")));
        }
        Assert.Equal(0, await ShipsAsync());
        Assert.Equal(200, (await yard.SendAsync("GET", "Ships?$top=1", null, Id(_name), Sent())).Status);
    }

    [Fact]
    public async Task Ten_at_once_with_one_id_act_once_and_all_get_the_answer()
    {
        for (var round = 0; round < 10; round++)
        {
            string[] headers = [Id($"{_name}{round}"), Sent()];
            var body = $$"""{"Name":"{{_name}}","Tonnes":{{round + 1}}}""";
            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => yard.SendAsync("POST", "Ships", body, headers)));
            foreach (var answer in answers) Same(answers[0], answer);
            Assert.Equal((201, round + 1), (answers[0].Status, (int)await ShipsAsync()));
        }
    }

    [Fact]
    public async Task A_transaction_that_never_committed_left_no_answer()
    {
        string[] headers = [Id(_name), Sent()];
        await using var connection = await yard.Source.OpenConnectionAsync();
        await using (var other = await connection.BeginTransactionAsync())
        {
            await using var claim = new Npgsql.NpgsqlCommand(
                $"insert into yard.repeatable_requests (caller, client, request, fingerprint) values ('', '', '{_name}', '')", connection);
            await claim.ExecuteNonQueryAsync();
            var waited = await yard.SendAsync("POST", "Ships", $$"""{"Name":"{{_name}}"}""", headers);
            Assert.Equal((503, "Busy"), (waited.Status, (string)waited.Json["error"]!["code"]!));
            Assert.NotNull(waited.Header("Retry-After"));
            await other.RollbackAsync();
        }
        Assert.Equal(201, (await yard.SendAsync("POST", "Ships", $$"""{"Name":"{{_name}}"}""", headers)).Status);
    }

    [Fact]
    public async Task Answers_too_old_to_be_asked_for_are_forgotten()
    {
        await Coast.RunAsync(yard.Source, "insert into yard.repeatable_requests "
            + $"values ('', '', 'old{_name}', '', now() - interval '49 hours'), ('', '', 'new{_name}', '', now() - interval '47 hours')");
        await yard.SendAsync("POST", "Ships", $$"""{"Name":"{{_name}}"}""", Id(_name), Sent());
        for (var tries = 0; tries < 100
            && await yard.AskAsync<long>($"select count(*) from yard.repeatable_requests where request like '%{_name}'") > 2; tries++)
            await Task.Delay(20);
        Assert.Equal(0, await yard.AskAsync<long>($"select count(*) from yard.repeatable_requests where request = 'old{_name}'"));
        Assert.Equal(1, await yard.AskAsync<long>($"select count(*) from yard.repeatable_requests where request = 'new{_name}'"));
    }

    [Fact]
    public async Task A_batch_sent_twice_does_each_of_its_changes_once()
    {
        var ship = await yard.ShipAsync(_name + "x");
        var batch = $$$"""
            {"requests":[
              {"id":"1","atomicityGroup":"g","method":"POST","url":"Ships","body":{"Name":"{{{_name}}}"}},
              {"id":"2","atomicityGroup":"g","method":"POST","url":"$1/Sailors","body":{"Name":"{{{_name}}}"}},
              {"id":"3","method":"PATCH","url":"Ships({{{ship}}})","headers":{"If-Match":"W/\"1\""},"body":{"Flag":"once"}},
              {"id":"4","method":"GET","url":"Ships({{{ship}}})?$select=Flag"}]}
            """;
        string[] headers = [Id(_name), Sent()];
        var first = await yard.SendAsync("POST", "$batch", batch, headers);
        var second = await yard.SendAsync("POST", "$batch", batch, headers);
        Same(first, second);
        Assert.Equal("201 201 204 200", string.Join(' ', second.Json["responses"]!.AsArray().Select(x => x!["status"]!.ToString())));
        Assert.Equal((1, 1, 2), (await ShipsAsync(), await yard.AskAsync<long>($"select count(*) from yard.sailors where name = '{_name}'"),
            await yard.DeedsAsync(ship)));
    }

    [Fact]
    public async Task Each_request_of_a_batch_may_be_repeatable_by_itself()
    {
        string Batch(string second) => $$$"""
            {"requests":[{"id":"1","method":"POST","url":"Ships","headers":{"repeatability-request-id":"{{{_name}}}",
             "repeatability-first-sent":"{{{DateTimeOffset.UtcNow:r}}}"},
             "body":{"Name":"{{{_name}}}"}},{{{second}}}]}
            """;
        await yard.SendAsync("POST", "$batch", Batch("""{"id":"2","method":"GET","url":"Docks"}"""));
        var reply = await yard.SendAsync("POST", "$batch",
            Batch($$$"""{"id":"3","method":"POST","url":"Ships","body":{"Name":"{{{_name}}}"}}"""));
        Assert.Equal("accepted", (string)reply.Json["responses"]![0]!["headers"]!["repeatability-result"]!);
        Assert.Equal(2, await ShipsAsync());
    }
}
