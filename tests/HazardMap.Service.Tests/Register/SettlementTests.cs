using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Register;

/// <summary>A county of two villages, one of which has a boundary.</summary>
public sealed class TwoVillages : ServedRegister
{
    protected override Task FillAsync() => ExecuteAsync("""
        insert into register.divisions (code, name, level, parent_code, boundary, centre, source) values
          ('5326', '文山州', 'Prefecture', null, st_multi(st_makeenvelope(104, 23, 105, 24, 4326))::geography,
            'POINT(104.5 23.5)', 'test'),
          ('532601', '上村', 'Village', '5326', st_multi(st_makeenvelope(104, 23, 104.2, 23.2, 4326))::geography,
            'POINT(104.1 23.1)', 'test');
        insert into register.facilities (id, code, name, kind, location, division_code, source) values
          ('01900000-0000-7000-8000-00000000000a', 'pool', '泳池', 'SwimmingPool', 'POINT(104.1 23.1)', '532601', 'test');
        insert into register.hazards (id, code, name, kind, shape, division_code, source) values
          ('01900000-0000-7000-8000-000000000001', 'pond', '塘', 'Pond', 'POINT(104.1 23.1)', '532601', 'test');
        """);
}

/// <summary>Settlements over HTTP, and the fields that say where children are.</summary>
public sealed class SettlementTests(TwoVillages register) : IClassFixture<TwoVillages>
{
    private const string Pool = "Facilities(01900000-0000-7000-8000-00000000000a)";

    [Theory]
    [InlineData("[104.1,23.1]", "532601"), InlineData("[104.7,23.7]", "5326")]
    public async Task A_settlement_lies_in_the_smallest_division_that_holds_it_and_leaves_its_history(string at, string division)
    {
        var code = "hamlet" + division;
        var (status, made) = await SendAsync(HttpMethod.Post, "Settlements",
            $$"""{"Code":"{{code}}","Weight":60,"Location":{"type":"Point","coordinates":{{at}}} }""");
        Assert.Equal((HttpStatusCode.Created, division), (status, (string?)made["DivisionCode"]));
        var one = $"Settlements({made["Id"]})";
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Patch, one, """{"Weight":0}""")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, one, "")).Status);
        Assert.Equal("insert 1, update 2, delete 2", await register.ScalarAsync<string>(
            "select string_agg(operation || ' ' || version, ', ' order by id) from register.history where entity_id = $1",
            (string)made["Id"]!));
        Assert.Equal("60 0", await register.ScalarAsync<string>("select concat_ws(' ', old_value, new_value) from register.change_log "
            + "where entity = 'Settlements' and field = 'weight' and version = 2 and entity_id = $1 and new_value is not null",
            (string)made["Id"]!));
    }

    [Theory]
    [InlineData("POST", "Settlements", """{"Code":"out","Location":{"type":"Point","coordinates":[99,23]}}""",
        "没有生效的行政区划包含该位置")]
    [InlineData("POST", "Settlements", """{"Code":"x","Weight":-1,"Location":{"type":"Point","coordinates":[104.1,23.1]}}""", "Weight")]
    [InlineData("PATCH", Pool, """{"OpenFrom":"06-31","OpenTo":"09-30"}""", "须为月-日")]
    [InlineData("PATCH", Pool, """{"OpenFrom":"06-01","OpenTo":null}""", "须同时填写")]
    [InlineData("PATCH", Pool, """{"Boarders":-1}""", "Boarders")]
    [InlineData("PATCH", Pool, """{"Stages":"Kindergarten"}""", "Stages")]
    public async Task What_can_t_be_is_refused_and_says_why(string method, string path, string body, string says)
    {
        var (status, answer) = await SendAsync(new HttpMethod(method), path, body);
        Assert.InRange((int)status, 400, 422);
        var told = answer.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Assert.Contains(says, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pool_has_its_season_a_water_its_own_grade_and_an_inspection_its_counts()
    {
        var (_, pool) = await SendAsync(HttpMethod.Patch, Pool,
            """{"Places":60,"Turns":4,"OpenFrom":"11-15","OpenTo":"02-29"}""");   // a hot spring: over the new year
        Assert.Equal("60 4 11-15 02-29", $"{pool["Places"]} {pool["Turns"]} {pool["OpenFrom"]} {pool["OpenTo"]}");
        var (_, pond) = await SendAsync(HttpMethod.Patch, "Hazards(01900000-0000-7000-8000-000000000001)",
            """{"OwnGrade":"Red","OwnGradeOn":"2026-05-20","OwnGradeBy":"县水务局"}""");
        Assert.Equal("Red 2026-05-20 县水务局", $"{pond["OwnGrade"]} {pond["OwnGradeOn"]} {pond["OwnGradeBy"]}");
        var (status, seen) = await SendAsync(HttpMethod.Post, "Inspections", """
            {"HazardId":"01900000-0000-7000-8000-000000000001","At":"2026-01-02T03:04:05Z","Result":"Safe",
             "ChildrenSeen":5,"ChildrenInWater":0,"WatchedMinutes":20}
            """);
        Assert.Equal((HttpStatusCode.Created, "5 0 20"),
            (status, $"{seen["ChildrenSeen"]} {seen["ChildrenInWater"]} {seen["WatchedMinutes"]}"));
    }

    private async Task<(HttpStatusCode Status, JsonObject Answer)> SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, "/odata/" + path);
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Headers.TryAddWithoutValidation("Prefer", "return=representation");
        using var answer = await register.Administrator.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
    }
}
