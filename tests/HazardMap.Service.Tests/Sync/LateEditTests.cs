using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Tests.Worlds;
using static HazardMap.Service.Tests.Sync.PondAndTwo;

namespace HazardMap.Service.Tests.Sync;

/// <summary>An edit that comes late is merged; what two people changed, and what cannot be done, waits for a person.</summary>
public sealed class LateEditTests(PondAndTwo world) : IClassFixture<PondAndTwo>, IAsyncLifetime
{
    private const string First = "W/\"1\"";

    public Task InitializeAsync() => world.ReadyAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Fields_that_nobody_else_changed_are_merged()
    {
        var pond = await world.PondAsync();
        Assert.Equal(HttpStatusCode.OK, (await EditAsync(world.Wang, pond, new { HasSign = true }, First, "wang")).StatusCode);
        using var answer = await EditAsync(world.Li, pond, new { DepthMetres = 3.5 }, First);
        var now = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.OK, 3.5, true, 3), (answer.StatusCode, now.GetProperty("DepthMetres").GetDouble(),
            now.GetProperty("HasSign").GetBoolean(), now.GetProperty("Version").GetInt32()));
        Assert.StartsWith("W/\"3", answer.Headers.ETag!.ToString(), StringComparison.Ordinal);
        Assert.Equal("merge", answer.Headers.GetValues("Preference-Applied").Single());
        Assert.True(answer.Headers.Contains("HazardMap-Received-At"));
        Assert.Empty(await ConflictsAsync(world.Administrator, pond));
    }

    [Fact]
    public async Task Without_the_preference_a_stale_edit_is_refused_as_ever()
    {
        var pond = await world.PondAsync();
        await EditAsync(world.Wang, pond, new { HasSign = true }, First, "wang");
        using var sent = Late(HttpMethod.Patch, $"Hazards({pond})", new { DepthMetres = 3.5 }, First);
        sent.Headers.Remove("Prefer");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await world.Li.SendAsync(sent)).StatusCode);
    }

    [Fact]
    public async Task The_same_field_changed_otherwise_is_a_conflict_and_the_rest_is_applied()
    {
        var pond = await world.PondAsync();
        await EditAsync(world.Wang, pond, new { DepthMetres = 5, Access = "Fenced" }, First, "wang");
        using var answer = await EditAsync(world.Li, pond, new { DepthMetres = 3, Flow = "Fast" }, First);
        var now = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.OK, 5.0, "Fast", "Fenced"), (answer.StatusCode, now.GetProperty("DepthMetres").GetDouble(),
            now.GetProperty("Flow").GetString(), now.GetProperty("Access").GetString()));
        var conflict = Assert.Single(await ConflictsAsync(world.Li, pond));
        Assert.Equal(conflict.GetProperty("Id").GetString(), answer.Headers.GetValues("Merge-Conflicts").Single());
        Assert.Equal(("Field", "Hazards", "DepthMetres", "2", "3", "5"), (Text(conflict, "Kind"), Text(conflict, "Entity"),
            Text(conflict, "Field"), Text(conflict, "Base"), Text(conflict, "Mine"), Text(conflict, "Theirs")));
        Assert.Equal(("li", "wang", "532601", "Open", "phone"), (Text(conflict, "MadeBy"), Text(conflict, "TheirBy"),
            Text(conflict, "DivisionCode"), Text(conflict, "State"), Text(conflict, "Device")));
        Assert.Equal((1, 2), (conflict.GetProperty("BaseVersion").GetInt32(), conflict.GetProperty("TheirVersion").GetInt32()));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1_782_892_800), conflict.GetProperty("MadeAt").GetDateTimeOffset());
        Assert.Single(await ConflictsAsync(world.Wang, pond));
    }

    [Fact]
    public async Task Equal_edits_and_what_is_sent_as_it_was_are_no_conflict()
    {
        var pond = await world.PondAsync();
        await EditAsync(world.Wang, pond, new { DepthMetres = 5, Name = "新名" }, First, "wang");
        using var answer = await EditAsync(world.Li, pond, new { DepthMetres = 5, Name = (await FormerNameAsync(pond)) }, First);
        var now = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.OK, "新名", 2),
            (answer.StatusCode, now.GetProperty("Name").GetString(), now.GetProperty("Version").GetInt32()));
        Assert.Empty(await ConflictsAsync(world.Administrator, pond));
    }

    [Fact]
    public async Task A_shape_that_two_people_drew_is_a_conflict_that_shows_both()
    {
        var pond = await world.PondAsync();
        await EditAsync(world.Wang, pond, new { Location = Point(104.25) }, First, "wang");
        Assert.Equal(HttpStatusCode.OK, (await EditAsync(world.Li, pond, new { Location = Point(104.26) }, First)).StatusCode);
        var conflict = Assert.Single(await ConflictsAsync(world.Li, pond));
        Assert.Equal(("Location", 104.24, 104.26, 104.25),
            (Text(conflict, "Field"), Longitude(conflict, "Base"), Longitude(conflict, "Mine"), Longitude(conflict, "Theirs")));
    }

    [Fact]
    public async Task A_device_that_edits_twice_on_one_version_is_not_in_conflict_with_itself()
    {
        var pond = await world.PondAsync();
        await EditAsync(world.Li, pond, new { DepthMetres = 3 }, First);
        using var second = await EditAsync(world.Li, pond, new { DepthMetres = 4 }, First);
        Assert.Equal(4, (await second.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("DepthMetres").GetDouble());
        Assert.Empty(await ConflictsAsync(world.Li, pond));
        // another device of the same person has not seen it
        await EditAsync(world.Li, pond, new { DepthMetres = 6 }, First, "tablet");
        Assert.Equal("4", Text(Assert.Single(await ConflictsAsync(world.Li, pond)), "Theirs"));
    }

    [Fact]
    public async Task A_deleted_water_keeps_the_whole_edit()
    {
        var pond = await world.PondAsync();
        await DeleteAsync(pond);
        using var answer = await EditAsync(world.Li, pond, new { DepthMetres = 3 }, First);
        var told = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conflict");
        Assert.Equal((HttpStatusCode.Accepted, "Deleted"), (answer.StatusCode, Text(told, "kind")));
        Assert.Contains("admin", Text(told, "message"), StringComparison.Ordinal);
        Assert.Contains("已由 admin", told.GetProperty("details")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        var conflict = Assert.Single(await ConflictsAsync(world.Li, pond));
        Assert.Equal(("""{"DepthMetres": 3}""", "PATCH", told.GetProperty("id").GetString()),
            (Text(conflict, "Body"), Text(conflict, "Method"), Text(conflict, "Id")));
        // applying it finds nothing to apply it to, and leaves it open
        Assert.Equal(HttpStatusCode.NotFound, (await DecideAsync(world.Wang, conflict, new { Choice = "Mine" })).StatusCode);
        Assert.Equal("Open", Text(Assert.Single(await ConflictsAsync(world.Wang, pond)), "State"));
    }

    [Fact]
    public async Task An_inspection_of_a_deleted_water_is_kept_and_can_be_given_another_water()
    {
        var (gone, other, inspection) = (await world.PondAsync(), await world.PondAsync(), Guid.CreateVersion7());
        await DeleteAsync(gone);
        var body = new { Id = inspection, HazardId = gone, At = "2026-07-01T08:00:00Z", Result = "Safe" };
        Assert.Equal(HttpStatusCode.Accepted, (await world.Li.SendAsync(Late(HttpMethod.Post, "Inspections", body, null))).StatusCode);
        var conflict = Assert.Single(await ConflictsAsync(world.Li, inspection));
        Assert.Equal(("Deleted", "532601"), (Text(conflict, "Kind"), Text(conflict, "DivisionCode")));
        var value = JsonSerializer.Serialize(new { Id = inspection, HazardId = other, At = "2026-07-01T08:00:00Z", Result = "Safe" });
        var choice = new { Choice = "Other", Value = value };
        Assert.Equal(HttpStatusCode.NoContent, (await DecideAsync(world.Wang, conflict, choice)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await world.Li.GetAsync($"/odata/Inspections({inspection})")).StatusCode);
    }

    [Fact]
    public async Task A_water_that_was_closed_meanwhile_keeps_the_whole_edit()
    {
        var pond = await world.PondAsync();
        await EditAsync(world.Wang, pond, new { Status = "Closed" }, First, "wang");
        var (status, _) = await AnswerAsync(EditAsync(world.Li, pond, new { DepthMetres = 3 }, First));
        Assert.Equal((HttpStatusCode.Accepted, "Closed"),
            (status, Text(Assert.Single(await ConflictsAsync(world.Li, pond)), "Kind")));
        Assert.Equal(2, (await world.ReadAsync(pond)).GetProperty("DepthMetres").GetDouble());
    }

    [Fact]
    public async Task A_water_that_left_the_area_keeps_the_edit_for_both_who_sent_it_and_who_looks_after_it_now()
    {
        var pond = await world.PondAsync();
        await EditAsync(world.Wang, pond, new { DivisionCode = "532622" }, First, "wang");
        var (status, body) = await AnswerAsync(EditAsync(world.Li, pond, new { DepthMetres = 3 }, First));
        Assert.Equal((HttpStatusCode.Accepted, "OutOfReach"), (status, Text(body.GetProperty("conflict"), "kind")));
        Assert.DoesNotContain("532622", body.GetRawText(), StringComparison.Ordinal);
        var west = await world.AccountAsync("west" + Guid.NewGuid().ToString("N")[..6], ("Supervisor", "532622"));
        Assert.Equal("532622", Text(Assert.Single(await ConflictsAsync(west, pond)), "DivisionCode"));
        var mine = Assert.Single(await ConflictsAsync(world.Li, pond));
        Assert.Null(Text(mine, "DivisionCode"));
        // who may not reach the water cannot apply it, but may give it up
        Assert.Equal(HttpStatusCode.NotFound, (await DecideAsync(world.Li, mine, new { Choice = "Mine" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await DecideAsync(world.Li, mine, new { Choice = "Theirs" })).StatusCode);
    }

    [Fact]
    public async Task What_there_never_was_and_what_lies_elsewhere_are_told_alike()
    {
        var elsewhere = await world.PondAsync();
        await EditAsync(world.Wang, elsewhere, new { DivisionCode = "532622" }, First, "wang");
        var there = await AnswerAsync(EditAsync(world.Li, elsewhere, new { DepthMetres = 3 }, First));
        var never = await AnswerAsync(EditAsync(world.Li, Guid.NewGuid(), new { DepthMetres = 3 }, First));
        Assert.Equal(Without(there.Body), Without(never.Body));

        static string Without(JsonElement body) => body.GetProperty("conflict").GetProperty("message").GetString()
            + body.GetProperty("conflict").GetProperty("kind") + body.GetProperty("conflict").GetProperty("code");
    }

    [Theory, InlineData("W/\"99\""), InlineData("W/\"0\""), InlineData("\"abc\""), InlineData("W/\"99999999999999\"")]
    public async Task A_version_that_there_never_was_keeps_the_whole_edit(string etag)
    {
        var pond = await world.PondAsync();
        Assert.Equal(HttpStatusCode.Accepted, (await EditAsync(world.Li, pond, new { DepthMetres = 3 }, etag)).StatusCode);
        Assert.Equal("UnknownBase", Text(Assert.Single(await ConflictsAsync(world.Li, pond)), "Kind"));
        Assert.Equal(2, (await world.ReadAsync(pond)).GetProperty("DepthMetres").GetDouble());
    }

    [Fact]
    public async Task What_a_rule_refuses_is_kept_with_the_reason_in_both_languages()
    {
        var pond = await world.PondAsync();
        Assert.Equal(HttpStatusCode.Accepted, (await EditAsync(world.Li, pond, new { DepthMetres = -3 }, First)).StatusCode);
        var conflict = Assert.Single(await ConflictsAsync(world.Li, pond));
        Assert.Equal("Refused", Text(conflict, "Kind"));
        Assert.Contains("DepthMetres", Text(conflict, "Reason"), StringComparison.Ordinal);
        Assert.Contains("必须在 0 与 12000 之间", Text(conflict, "ReasonZh"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_doubled_request_is_done_once_and_its_conflict_stands_once()
    {
        var (pond, request) = (await world.PondAsync(), Guid.NewGuid().ToString());
        await EditAsync(world.Wang, pond, new { DepthMetres = 5 }, First, "wang");
        var sent = DateTimeOffset.UtcNow.ToString("r", System.Globalization.CultureInfo.InvariantCulture);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var late = Late(HttpMethod.Patch, $"Hazards({pond})", new { DepthMetres = 3, Flow = "Fast" }, First, "phone", request);
            late.Headers.Remove("Repeatability-First-Sent");
            late.Headers.Add("Repeatability-First-Sent", sent);
            using var answer = await world.Li.SendAsync(late);
            return (int)answer.StatusCode + await answer.Content.ReadAsStringAsync();
        }));
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.Single(await ConflictsAsync(world.Li, pond));
        Assert.Equal(3, (await world.ReadAsync(pond)).GetProperty("Version").GetInt32());
    }

    [Theory, InlineData("Mine", null, 3.0), InlineData("Theirs", null, 5.0), InlineData("Other", "4.5", 4.5)]
    public async Task A_decision_is_an_ordinary_change_by_who_decides(string choice, string? value, double depth)
    {
        var pond = await world.PondAsync();
        await EditAsync(world.Wang, pond, new { DepthMetres = 5 }, First, "wang");
        await EditAsync(world.Li, pond, new { DepthMetres = 3 }, First);
        var conflict = Assert.Single(await ConflictsAsync(world.Wang, pond));
        object decision = value is null ? new { Choice = choice } : new { Choice = choice, Value = value };
        Assert.Equal(HttpStatusCode.NoContent, (await DecideAsync(world.Wang, conflict, decision)).StatusCode);
        Assert.Equal(depth, (await world.ReadAsync(pond)).GetProperty("DepthMetres").GetDouble());
        var decided = Assert.Single(await ConflictsAsync(world.Li, pond));
        Assert.Equal((choice, "wang"), (Text(decided, "State"), Text(decided, "DecidedBy")));
        Assert.Equal(HttpStatusCode.Conflict, (await DecideAsync(world.Wang, conflict, decision)).StatusCode);
    }

    [Theory, InlineData("{}"), InlineData("""{"Choice":"Perhaps"}"""), InlineData("""{"Choice":"Open"}"""),
        InlineData("""{"Choice":"Other"}"""), InlineData("""{"Choice":"Other","Value":"deep"}""")]
    public async Task A_choice_that_is_none_is_refused_and_nothing_is_decided(string body)
    {
        var pond = await world.PondAsync();
        await EditAsync(world.Wang, pond, new { DepthMetres = 5 }, First, "wang");
        await EditAsync(world.Li, pond, new { DepthMetres = 3 }, First);
        var conflict = Assert.Single(await ConflictsAsync(world.Wang, pond));
        var (status, error) = await AnswerAsync(DecideAsync(world.Wang, conflict, JsonDocument.Parse(body).RootElement));
        Assert.InRange((int)status, 400, 422);
        Assert.True(error.GetProperty("error").GetProperty("details").GetArrayLength() > 0);
        Assert.Equal("Open", Text(Assert.Single(await ConflictsAsync(world.Wang, pond)), "State"));
    }

    [Fact]
    public async Task A_decision_can_be_sent_again()
    {
        var pond = await world.PondAsync();
        await EditAsync(world.Wang, pond, new { DepthMetres = 5 }, First, "wang");
        await EditAsync(world.Li, pond, new { DepthMetres = 3 }, First);
        var id = Text(Assert.Single(await ConflictsAsync(world.Wang, pond)), "Id");
        var request = Guid.NewGuid().ToString();
        for (var time = 0; time < 2; time++)
        {
            using var late = Late(HttpMethod.Post, $"Conflicts({id})/HazardMap.Decide", new { Choice = "Mine" }, null, "desk", request);
            Assert.Equal(HttpStatusCode.NoContent, (await world.Wang.SendAsync(late)).StatusCode);
        }
        Assert.Equal(3, (await world.ReadAsync(pond)).GetProperty("DepthMetres").GetDouble());
    }

    [Fact]
    public async Task A_receipt_tells_what_became_of_a_request_to_who_sent_it_only()
    {
        var (pond, applied, kept) = (await world.PondAsync(), Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        await EditAsync(world.Li, pond, new { DepthMetres = 3 }, First, "phone", applied);
        await EditAsync(world.Li, pond, new { DepthMetres = -3 }, "W/\"2\"", "phone", kept);
        var told = await world.Li.GetFromJsonAsync<JsonElement>($"/api/sync/receipts?ids={applied},{kept},unknown");
        Assert.Equal([true, true, false], told.EnumerateArray().Select(x => x.GetProperty("received").GetBoolean()));
        Assert.Equal((200, "Hazards", pond.ToString(), 2), (told[0].GetProperty("status").GetInt32(), Text(told[0], "entity"),
            Text(told[0], "entityId"), told[0].GetProperty("version").GetInt32()));
        Assert.Equal((202, 1), (told[1].GetProperty("status").GetInt32(), told[1].GetProperty("conflicts").GetArrayLength()));
        var others = await world.Wang.GetFromJsonAsync<JsonElement>($"/api/sync/receipts?ids={applied}");
        Assert.False(others[0].GetProperty("received").GetBoolean());
    }

    [Fact]
    public async Task People_s_personal_values_are_not_merged_into_conflicts()
    {
        var id = Guid.CreateVersion7();
        await world.ExecuteAsync("insert into register.people (id, name, phone, division_code, source) "
            + $"values ('{id}', '张三', '13812345678', '532601', 'test')");
        await world.Wang.SendAsync(Late(HttpMethod.Patch, $"People({id})", new { Unit = "村委会" }, First, "wang"));
        using var stale = Late(HttpMethod.Patch, $"People({id})", new { Unit = "学校" }, First);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await world.Administrator.SendAsync(stale)).StatusCode);
    }

    private async Task DeleteAsync(Guid pond)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/odata/Hazards({pond})");
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        Assert.Equal(HttpStatusCode.NoContent, (await world.Administrator.SendAsync(request)).StatusCode);
    }

    private Task<string?> FormerNameAsync(Guid pond) => world.ScalarAsync<string>(
        "select fields -> 'name' ->> 0 from register.history where entity_id = $1 and version = 2", pond.ToString())!;

    private static object Point(double longitude) => new { type = "Point", coordinates = new[] { longitude, 23.37 } };

    private static double Longitude(JsonElement conflict, string side) =>
        JsonDocument.Parse(Text(conflict, side)!).RootElement.GetProperty("coordinates")[0].GetDouble();

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
