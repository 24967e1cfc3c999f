using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HazardMap.Service.Risk.Runs;

namespace HazardMap.Service.Tests.Register;

/// <summary>Batches, replacements and repeated requests keep risk and register together as single edits do.</summary>
public sealed class BatchEditTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    private const string Near = "Hazards(01900000-0000-7000-8000-000000000001)";
    private const string School = "Facilities(01900000-0000-7000-8000-00000000000a)";

    private async Task<JsonElement> BatchAsync(string requests, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/odata/$batch") { Content =
            new StringContent($$"""{"requests":[{{requests}}]}""", Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await register.Administrator.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("responses");
    }

    private static string Statuses(JsonElement answers) =>
        string.Join(' ', answers.EnumerateArray().Select(x => x.GetProperty("status").GetInt32()));

    private async Task<double> ScoreAsync() =>
        (await register.Administrator.GetFromJsonAsync<JsonElement>("/odata/" + Near)).GetProperty("RiskScore").GetDouble();

    private async Task RiskIsAsAFullRunGivesAsync() =>
        Assert.Equal(0, (await RiskRun.CheckAsync(register.Database, null, CancellationToken.None)).Different);

    [Fact]
    public async Task A_change_set_rescores_risk_in_its_transaction_and_a_failed_one_leaves_it()
    {
        var before = await ScoreAsync();
        var failed = await BatchAsync($$$"""
            {"id":"1","atomicityGroup":"g","method":"PATCH","url":"{{{Near}}}","headers":{"If-Match":"*"},"body":{"Access":"Fenced"}},
            {"id":"2","atomicityGroup":"g","method":"PATCH","url":"{{{School}}}","headers":{"If-Match":"*"},"body":{"Under5":-1}}
            """);
        Assert.Equal("424 422", Statuses(failed));
        Assert.Equal(before, await ScoreAsync());
        var done = await BatchAsync($$$"""
            {"id":"1","atomicityGroup":"g","method":"PATCH","url":"{{{Near}}}","headers":{"If-Match":"*"},"body":{"Access":"Fenced"}},
            {"id":"2","atomicityGroup":"g","method":"PATCH","url":"{{{School}}}","headers":{"If-Match":"*"},"body":{"Under5":99}},
            {"id":"3","dependsOn":["g"],"method":"GET","url":"{{{Near}}}?$select=RiskScore"}
            """);
        Assert.Equal("204 204 200", Statuses(done));
        Assert.NotEqual(before, await ScoreAsync());
        Assert.Equal(await ScoreAsync(), done[2].GetProperty("body").GetProperty("RiskScore").GetDouble());
        await RiskIsAsAFullRunGivesAsync();
    }

    [Fact]
    public async Task A_repeated_batch_edits_once_and_answers_the_same()
    {
        (string, string)[] headers = [("Repeatability-Request-ID", Guid.NewGuid().ToString()),
            ("Repeatability-First-Sent", DateTimeOffset.UtcNow.ToString("r"))];
        var requests = $$$"""
            {"id":"1","method":"PATCH","url":"{{{Near}}}","headers":{"If-Match":"*","Prefer":"return=representation"},
             "body":{"DepthMetres":{{{Random.Shared.Next(1, 9000)}}}.5}}
            """;
        var first = await BatchAsync(requests, headers);
        var second = await BatchAsync(requests, headers);
        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal("200", Statuses(first));
        await RiskIsAsAFullRunGivesAsync();
    }

    [Fact]
    public async Task A_replaced_water_keeps_its_place_and_loses_what_was_left_out()
    {
        var before = await register.Administrator.GetFromJsonAsync<JsonElement>("/odata/" + Near);
        var body = $$"""{"Name":"新名","Kind":"Pond","Shape":{{before.GetProperty("Shape").GetRawText()}},"DivisionCode":"5326"}""";
        using var put = new HttpRequestMessage(HttpMethod.Put, "/odata/" + Near) { Content = new StringContent(body,
            Encoding.UTF8, "application/json") };
        put.Headers.TryAddWithoutValidation("If-Match", before.GetProperty("@odata.etag").GetString());
        put.Headers.Add("Prefer", "return=representation");
        using var answer = await register.Administrator.SendAsync(put);
        var after = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, after.ToString());
        Assert.Equal(before.GetProperty("Location").GetRawText(), after.GetProperty("Location").GetRawText());
        Assert.Equal((JsonValueKind.Null, "Active"), (after.GetProperty("DepthMetres").ValueKind, after.GetProperty("Status").GetString()));
        await RiskIsAsAFullRunGivesAsync();
    }
}
