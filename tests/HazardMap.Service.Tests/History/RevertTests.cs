using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Register;

namespace HazardMap.Service.Tests.History;

/// <summary>A field set back to what it was: a change like every other.</summary>
public sealed class RevertTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    private const string Near = "/odata/Hazards(01900000-0000-7000-8000-000000000001)";

    [Theory]
    [InlineData("DepthMetres", """{"DepthMetres":2.5}""", """{"DepthMetres":9}""")]
    [InlineData("Access", """{"Access":"Open"}""", """{"Access":"Fenced"}""")]
    [InlineData("OwnerUnit", """{"OwnerUnit":null}""", """{"OwnerUnit":"村委会"}""")]
    [InlineData("LastInspectedAt", """{"LastInspectedAt":"2026-05-01T08:00:00Z"}""", """{"LastInspectedAt":"2026-06-01T08:00:00Z"}""")]
    [InlineData("Shape", """{"Shape":{"type":"Point","coordinates":[104.2003,23.4001]}}""",
        """{"Shape":{"type":"LineString","coordinates":[[104.2,23.4],[104.21,23.41]]}}""")]
    public async Task A_field_is_set_back_by_a_change_of_its_own_and_the_risk_follows(string field, string first, string then)
    {
        var was = await PatchAsync(first);
        var version = (int)was["Version"]!;
        var changed = await PatchAsync(then);
        var (status, back) = await RevertAsync(field, version, (string?)changed["@odata.etag"]);
        Assert.True(status == 200, back.ToJsonString());
        Assert.Equal(was[field]?.ToJsonString(), back[field]?.ToJsonString());
        Assert.Equal((int)changed["Version"]! + 1, (int)back["Version"]!);
        Assert.Equal(0, (await RiskRun.CheckAsync(register.Database, null, CancellationToken.None)).Different);
    }

    [Fact]
    public async Task Who_has_not_seen_the_newest_state_sets_nothing_back()
    {
        var first = await PatchAsync("""{"Name":"甲塘"}""");
        await PatchAsync("""{"Name":"乙塘"}""");
        Assert.Equal(428, (await RevertAsync("Name", (int)first["Version"]!, null)).Status);
        Assert.Equal(412, (await RevertAsync("Name", (int)first["Version"]!, (string?)first["@odata.etag"])).Status);
        Assert.Equal("乙塘", (string?)(await register.Administrator.GetFromJsonAsync<JsonObject>(Near))!["Name"]);
    }

    [Theory]
    [InlineData("""{"Field":"Colour","Version":1}""", "NoSuchField")]
    [InlineData("""{"Field":"RiskScore","Version":1}""", "NotWritable")]
    [InlineData("""{"Field":"Code","Version":1}""", "NotWritable")]
    [InlineData("""{"Field":"Name","Version":9999}""", "NoSuchVersion")]
    [InlineData("""{"Field":"Name"}""", "VersionNeeded")]
    [InlineData("""{"Field":"Name","Version":0}""", "VersionNeeded")]
    [InlineData("""{"Version":1}""", "FieldNeeded")]
    public async Task What_cannot_be_set_back_is_refused_with_a_sentence_in_both_languages(string body, string code)
    {
        using var answer = await SendAsync(body, "*");
        var error = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]!;
        Assert.Equal((422, code, "zh"), ((int)answer.StatusCode, (string?)error["code"], (string?)error["details"]![0]!["code"]));
    }

    private async Task<JsonObject> PatchAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, Near)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Headers.Add("Prefer", "return=representation");
        using var answer = await register.Administrator.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private async Task<(int Status, JsonObject Answer)> RevertAsync(string field, int version, string? ifMatch)
    {
        using var answer = await SendAsync(new JsonObject { ["Field"] = field, ["Version"] = version }.ToJsonString(), ifMatch);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    private async Task<HttpResponseMessage> SendAsync(string body, string? ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Near + "/HazardMap.Revert")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        request.Headers.Add("Prefer", "return=representation");
        return await register.Administrator.SendAsync(request);
    }
}
