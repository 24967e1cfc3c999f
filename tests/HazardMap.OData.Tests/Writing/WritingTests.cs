using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Writing;

public sealed class WritingTests(Coast coast) : IClassFixture<Coast>
{
    private const string Bowtie = """{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}""";
    private readonly Guid _id = Guid.CreateVersion7();

    private async Task<(HttpStatusCode Status, JsonNode? Body, string? ETag)> PatchAsync(string body, string? ifMatch = "*",
        string? prefer = null, string? area = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"Lighthouses({_id})") { Content = new StringContent(body,
            Encoding.UTF8, "application/json") };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (prefer is not null) request.Headers.Add("Prefer", prefer);
        if (area is not null) request.Headers.Add("X-Area", area);
        using var response = await coast.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers.ETag?.ToString());
    }

    private async Task InsertAsync() => await Coast.RunAsync(coast.Source,
        $"insert into coast.lighthouses (id, name, kind, place, harbour_code) values ('{_id}', 'Fresh', 'Tower', 'POINT(1 1)', 'AL1')");

    private async Task RefusedAsync(HttpStatusCode status, string target, string body, string? ifMatch = "*")
    {
        var before = await coast.Http.JsonAsync($"Lighthouses({_id})");
        var (actual, error, _) = await PatchAsync(body, ifMatch);
        Assert.True(status == actual, $"{actual} {error?.ToJsonString()}");
        Assert.Contains(target, error!["error"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(before.ToJsonString(), (await coast.Http.JsonAsync($"Lighthouses({_id})")).ToJsonString());
    }

    [Fact]
    public async Task A_change_needs_the_state_it_was_made_on()
    {
        await InsertAsync();
        await RefusedAsync(HttpStatusCode.PreconditionRequired, "If-Match", """{"Height":5}""", ifMatch: null);
        await RefusedAsync(HttpStatusCode.PreconditionFailed, "\"Name\":\"Fresh\"", """{"Height":5}""", ifMatch: "W/\"7\"");
        await RefusedAsync(HttpStatusCode.PreconditionFailed, "If-Match", "{}", ifMatch: "W/\"7\"");
        await RefusedAsync(HttpStatusCode.PreconditionFailed, "If-Match", """{"Name":"Fresh"}""", ifMatch: "garbage");
        var (status, _, etag) = await PatchAsync("""{"Height":5}""", "W/\"1\"");
        Assert.Equal((HttpStatusCode.NoContent, "W/\"2\""), (status, etag));
        Assert.Equal((HttpStatusCode.NoContent, "W/\"2\""),
            ((await PatchAsync("{}", "W/\"2\"")).Status, (await PatchAsync("{}", "\"9\", W/\"2\"")).ETag));
    }

    [Fact]
    public async Task Every_type_can_be_written_and_reads_back_the_same()
    {
        await InsertAsync();
        const string values = """
            {"Name":"雾 'o\"","Kind":"Beacon","Place":{"type":"Point","coordinates":[104.2,23.4]},
             "Outline":{"type":"MultiPolygon","coordinates":[[[[1,1],[2,1],[2,2],[1,1]]],[[[5,5],[6,5],[6,6],[5,5]]]]},
             "Height":1.5,"Steps":-3,"RangeNm":12,"Visitors":9007199254740993,"Price":12.34,"Lit":true,"Note":null,"BuiltOn":"1999-12-31",
             "LastSeenAt":"2024-02-29T08:00:00+08:00","OpensAt":"07:08:09.5","Blink":"PT90M","Badge":"AP8Q"}
            """;
        var (status, body, etag) = await PatchAsync(values, prefer: "return=representation");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(etag, (string)body!["@odata.etag"]!);
        var expected = JsonNode.Parse(values)!.AsObject();
        expected["LastSeenAt"] = "2024-02-29T00:00:00.000000Z";
        expected["OpensAt"] = "07:08:09.500000";
        expected["Blink"] = "PT1H30M";
        foreach (var (name, value) in expected) Assert.Equal(value?.ToJsonString(), body[name]?.ToJsonString());
    }

    [Fact]
    public async Task A_shape_that_was_cut_at_the_180th_meridian_is_taken()
    {
        await InsertAsync();
        var (status, _, _) =
            await PatchAsync("""{"Outline":{"type":"MultiLineString","coordinates":[[[179.9,10],[180,10]],[[-180,10],[-179.9,10]]]}}""");
        Assert.Equal(HttpStatusCode.NoContent, status);
    }

    [Fact]
    public async Task What_the_server_owns_is_refused_by_name()
    {
        await InsertAsync();
        await RefusedAsync(HttpStatusCode.UnprocessableEntity, "Version", """{"Version":9}""");
        await RefusedAsync(HttpStatusCode.UnprocessableEntity, "Id", """{"Id":"01900000-0000-7000-8000-000000000001"}""");
        await RefusedAsync(HttpStatusCode.BadRequest, "Colour", """{"Colour":"red"}""");
        await RefusedAsync(HttpStatusCode.NotImplemented, "Harbour", """{"Harbour":{"Code":"X"}}""");
    }

    [Theory]
    [InlineData("Name", "5")]
    [InlineData("Name", "\"a\\u0000b\"")]
    [InlineData("Name", "\"\\ud800\"")]
    [InlineData("Kind", "\"Castle\"")]
    [InlineData("Height", "\"high\"")]
    [InlineData("Height", "1e999")]
    [InlineData("Height", "\"NaN\"")]
    [InlineData("Steps", "1.5")]
    [InlineData("Steps", "3000000000")]
    [InlineData("Lit", "\"true\"")]
    [InlineData("BuiltOn", "\"2023-02-29\"")]
    [InlineData("LastSeenAt", "\"2024-01-01T00:00:00\"")]
    [InlineData("LastSeenAt", "17")]
    [InlineData("OpensAt", "\"25:00\"")]
    [InlineData("Blink", "\"soon\"")]
    [InlineData("Badge", "\"***\"")]
    [InlineData("Place", "\"here\"")]
    [InlineData("Place", """{"type":"Point"}""")]
    [InlineData("Place", """{"type":"Point","coordinates":[]}""")]
    [InlineData("Place", """{"type":"Point","coordinates":[1,2,3]}""")]
    [InlineData("Place", """{"type":"Point","coordinates":[1,1e400]}""")]
    [InlineData("Place", """{"type":"Point","coordinates":["1","2"]}""")]
    [InlineData("Place", """{"type":"Point","coordinates":[23.4,104.2]}""")]
    [InlineData("Place", """{"type":"LineString","coordinates":[[1,1],[2,2]]}""")]
    [InlineData("Place", """{"type":"Point","coordinates":[1,1],"crs":{"type":"name","properties":{"name":"EPSG:3857"}}}""")]
    [InlineData("Outline", """{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0]]]}""")]
    [InlineData("Outline", """{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0.5,0.5]]]}""")]
    [InlineData("Outline", """{"type":"Circle","coordinates":[0,0]}""")]
    [InlineData("Outline", """{"type":"MultiPoint","coordinates":[]}""")]
    public async Task The_wrong_type_is_a_bad_request_that_names_the_property(string property, string value)
    {
        await InsertAsync();
        await RefusedAsync(HttpStatusCode.BadRequest, property, $$"""{"{{property}}":{{value}}}""");
    }

    [Theory]
    [InlineData("Height", "-1")]
    [InlineData("Height", "201")]
    [InlineData("Height", "1e308")]
    [InlineData("Name", "null")]
    [InlineData("Name", "\"\"")]
    [InlineData("Name", "\"0123456789012345678901234567890123456789012345678901234567890\"")]
    [InlineData("HarbourCode", "\"nowhere\"")]
    [InlineData("Price", "99999999999999")]
    [InlineData("Outline", Bowtie)]
    [InlineData("Outline", """{"type":"LineString","coordinates":[[179.999,10],[-179.999,10]]}""")]
    [InlineData("Outline", """{"type":"Polygon","coordinates":[[[179.9,10],[-179.9,10],[-179.9,11],[179.9,11],[179.9,10]]]}""")]
    [InlineData("Note", "\"forbidden word\"")]
    public async Task A_broken_rule_is_unprocessable_and_names_the_property(string property, string value)
    {
        await InsertAsync();
        await RefusedAsync(HttpStatusCode.UnprocessableEntity, property == "Price" ? "out of range" : property,
            $$"""{"{{property}}":{{value}}}""");
    }

    [Fact]
    public async Task A_self_crossing_shape_is_refused_with_the_place_of_the_crossing()
    {
        await InsertAsync();
        await RefusedAsync(HttpStatusCode.UnprocessableEntity, "[0.5, 0.5]", $$"""{"Outline":{{Bowtie}}}""");
    }

    [Fact]
    public async Task A_value_that_another_entity_has_is_a_conflict()
    {
        await InsertAsync();
        await RefusedAsync(HttpStatusCode.Conflict, "CallSign", """{"CallSign":"PHA"}""");
    }

    [Fact]
    public async Task An_entity_outside_the_area_is_not_there_and_cannot_be_moved_out()
    {
        await InsertAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await PatchAsync("""{"Height":5}""", area: "SC")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PatchAsync("""{"HarbourCode":"SC1"}""", area: "AL")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await PatchAsync("""{"Height":5}""", area: "AL")).Status);
    }

    [Fact]
    public async Task Bodies_that_are_not_JSON_objects_are_refused()
    {
        await InsertAsync();
        foreach (var body in new[] { "", "[]", "5", "{", "null", new string('[', 5000), """{"Name":"a","Name":"b"}""", "\ufeff{}x" })
            Assert.Equal(HttpStatusCode.BadRequest, (await PatchAsync(body)).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PatchAsync($$"""{"Note":"{{new string('x', 5_000_000)}}"}""")).Status);
        using var text = new HttpRequestMessage(HttpMethod.Patch, $"Lighthouses({_id})") { Content = new StringContent("{}") };
        text.Headers.TryAddWithoutValidation("If-Match", "*");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await coast.Http.SendAsync(text)).StatusCode);
    }

    [Fact]
    public async Task Two_writers_on_one_state_are_one_success_and_one_stale()
    {
        await InsertAsync();
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(x => PatchAsync($$"""{"Height":{{x}}}""", "W/\"1\"")));
        Assert.Equal(1, answers.Count(x => x.Status == HttpStatusCode.NoContent));
        Assert.Equal(7, answers.Count(x => x.Status == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task A_set_without_a_table_cannot_be_written()
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Patch, "Harbours('AL1')") { Content = JsonContent.Create(new { Name = "x" }) };
        using var response = await coast.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task A_created_entity_has_an_address_and_can_be_deleted()
    {
        await InsertAsync();
        using var made = await coast.Http.PostAsJsonAsync("Keepers", new { LighthouseId = _id, Name = "新人" },
            System.Text.Json.JsonSerializerOptions.Default);
        var body = JsonNode.Parse(await made.Content.ReadAsStringAsync())!;
        Assert.True(made.StatusCode == HttpStatusCode.Created, body.ToJsonString());
        Assert.Equal("新人", (string)body["Name"]!);
        Assert.Equal("新人", (string)(await coast.Http.JsonAsync(made.Headers.Location!.ToString()))["Name"]!);
        using var minimal = new HttpRequestMessage(HttpMethod.Post, "Keepers") { Content =
            JsonContent.Create(new { LighthouseId = _id, Name = "x" }, options: System.Text.Json.JsonSerializerOptions.Default) };
        minimal.Headers.Add("Prefer", "return=minimal");
        using var answer = await coast.Http.SendAsync(minimal);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        using var gone = await coast.Http.DeleteAsync(made.Headers.Location);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Equal(404, (await coast.Http.RefusedAsync(made.Headers.Location.ToString())).Status);
    }

    [Fact]
    public async Task What_cannot_be_created_or_deleted_is_refused()
    {
        await InsertAsync();
        async Task<int> PostAsync(string set, object body)
        {
            using var answer = await coast.Http.PostAsJsonAsync(set, body, System.Text.Json.JsonSerializerOptions.Default);
            return (int)answer.StatusCode;
        }

        Assert.Equal(422, await PostAsync("Keepers", new { LighthouseId = Guid.Empty, Name = "x" }));
        Assert.Equal(422, await PostAsync("Keepers", new { Name = "x" }));
        Assert.Equal(409, await PostAsync("Keepers", new { Id = "01910000-0000-7000-8000-000000000001", LighthouseId = _id, Name = "x" }));
        Assert.Equal(400, await PostAsync("Keepers", new { LighthouseId = _id, Name = "x", Colour = "red" }));
        Assert.Equal(405, await PostAsync("Lighthouses", new { Name = "x" }));
        Assert.Equal(422, await PostAsync("Keepers", new { Name = "x", Lighthouse = new { Name = "nested" } }));
        Assert.Equal(405, await PostAsync("Harbours", new { Name = "x" }));
        using var unseen = await coast.Http.DeleteAsync($"Lighthouses({_id})");
        Assert.Equal(HttpStatusCode.PreconditionRequired, unseen.StatusCode);
        using var inUse = new HttpRequestMessage(HttpMethod.Delete, $"Lighthouses({CoastRows.Pharos})");
        inUse.Headers.TryAddWithoutValidation("If-Match", "*");
        using var refused = await coast.Http.SendAsync(inUse);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task Naughty_strings_come_back_as_they_were_written()
    {
        if (SharedData.Find("cases/text/naughty_strings.json") is not { } file) return;
        await InsertAsync();
        foreach (var text in System.Text.Json.JsonSerializer.Deserialize<List<string>>(await File.ReadAllTextAsync(file))!)
        {
            var (status, body, _) = await PatchAsync(System.Text.Json.JsonSerializer.Serialize(new { Note = text }),
                prefer: "return=representation");
            Assert.True(status == HttpStatusCode.OK, $"{text}: {body?.ToJsonString()}");
            Assert.Equal(text, (string?)body!["Note"]);
        }
    }
}
