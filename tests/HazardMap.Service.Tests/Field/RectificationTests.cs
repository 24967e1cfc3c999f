using System.Globalization;
using System.Text.Json.Nodes;
using HazardMap.Service.Field;
using HazardMap.Service.Tests.Worlds;
using Npgsql;

namespace HazardMap.Service.Tests.Field;

/// <summary>Defects on their way from found to closed: only legal steps, by the right persons, written down, climbing when late.</summary>
public sealed class RectificationTests(PondVillage village) : IClassFixture<PondVillage>
{
    private static readonly string[] States = ["Found", "Assigned", "Done", "Verified", "Closed", "Reopened"];

    private static readonly Dictionary<string, string> After = new(StringComparer.Ordinal)
    {
        ["Assign"] = "Assigned", ["Complete"] = "Done", ["Verify"] = "Verified", ["Close"] = "Closed", ["Reopen"] = "Reopened",
    };

    private static readonly HashSet<(string, string)> Legal =
    [
        ("Found", "Assigned"), ("Assigned", "Done"), ("Done", "Verified"), ("Verified", "Closed"), ("Done", "Reopened"),
        ("Verified", "Reopened"), ("Closed", "Reopened"), ("Reopened", "Assigned"),
    ];

    /// <summary>The steps that lead to a state.</summary>
    private static readonly Dictionary<string, string[]> Ways = new(StringComparer.Ordinal)
    {
        ["Found"] = [], ["Assigned"] = ["Assign"], ["Done"] = ["Assign", "Complete"], ["Verified"] = ["Assign", "Complete", "Verify"],
        ["Closed"] = ["Assign", "Complete", "Verify", "Close"], ["Reopened"] = ["Assign", "Complete", "Reopen"],
    };

    private async Task<Guid> FoundAsync(string more = "") => (Guid)(await village.MadeAsync("Rectifications", $$"""
        {"HazardId":"{{await village.WaterAsync("red")}}","FoundAt":"2026-07-01T02:00:00Z","Description":"救生圈缺失"{{more}}}
        """))["Id"]!;

    private async Task<string> ParametersAsync(string step) => step switch
    {
        "Assign" => $$"""{"AssignedToId":"{{await village.PersonAsync("village head")}}","UnitName":"村委会","Note":"限期整改"}""",
        "Complete" => $$"""{"DoneById":"{{await village.PersonAsync("village head")}}","Cost":120.5}""",
        "Verify" => $$"""{"VerifiedById":"{{await village.PersonAsync("township leader")}}"}""",
        _ => "{}",
    };

    private async Task<(int Status, string Text)> StepAsync(Guid defect, string step, string? parameters = null) =>
        await village.PostAsync($"Rectifications({defect})/HazardMap.{step}", parameters ?? await ParametersAsync(step));

    private async Task<Guid> InAsync(string state)
    {
        var defect = await FoundAsync();
        foreach (var step in Ways[state])
        {
            var (status, text) = await StepAsync(defect, step);
            Assert.True(status == 204, $"{step}: {text}");
        }
        return defect;
    }

    [Fact]
    public async Task Every_pair_of_states_passes_through_the_API_exactly_where_it_is_legal()
    {
        foreach (var from in States)
            foreach (var (step, to) in After)
            {
                var defect = await InAsync(from);
                var (status, text) = await StepAsync(defect, step);
                Assert.True(status == (Legal.Contains((from, to)) ? 204 : 422), $"{from} -> {to}: {status} {text}");
                var now = await village.GetAsync($"Rectifications({defect})");
                Assert.Equal(status == 204 ? to : from, (string)now["State"]!);
                if (status != 422) continue;
                Assert.Contains(Words(now), text, StringComparison.Ordinal);
                Assert.Contains("“", text, StringComparison.Ordinal);
            }
        static string Words(JsonObject now) => $"that is {now["State"]} cannot become";
    }

    [Fact]
    public async Task Every_pair_of_states_passes_through_SQL_exactly_where_it_is_legal()
    {
        foreach (var from in States)
            foreach (var to in States.Where(s => s != from))
            {
                var defect = await InAsync(from);
                try
                {
                    await village.ExecuteAsync("""
                        update register.rectifications set state = $2,
                          assigned_to_id = coalesce(assigned_to_id, $3), done_by_id = coalesce(done_by_id, $3),
                          verified_by_id = coalesce(verified_by_id, $4) where id = $1
                        """, defect, to, await village.PersonAsync("village head"), await village.PersonAsync("township leader"));
                    Assert.True(Legal.Contains((from, to)), $"{from} -> {to} passed");
                }
                catch (PostgresException refused)
                {
                    Assert.False(Legal.Contains((from, to)), $"{from} -> {to}: {refused.MessageText}");
                    Assert.Equal(from,
                        await village.ScalarAsync<string>("select state from register.rectifications where id = $1", defect));
                }
            }
    }

    [Fact]
    public async Task A_state_that_is_patched_is_refused_with_the_actions_that_change_it_and_none_begins_half_way()
    {
        var defect = await FoundAsync();
        using var answer = await village.Administrator.PatchJsonAsync($"/odata/Rectifications({defect})", """{"State":"Assigned"}""");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Contains("HazardMap.Assign", text, StringComparison.Ordinal);
        await village.RefusedAsync("Rectifications", $$"""
            {"HazardId":"{{await village.WaterAsync("red")}}","FoundAt":"2026-07-01T02:00:00Z","Description":"x","State":"Closed"}
            """, 422, "Found");
    }

    [Fact]
    public async Task Who_did_it_cannot_verify_it_and_neither_can_one_below_him_by_API_or_SQL()
    {
        var (doer, below) = (await village.PersonAsync("township leader"), await village.PersonAsync("villager"));
        foreach (var verifier in new[] { doer, below })
        {
            var defect = await InAsync("Assigned");
            Assert.Equal(204, (await StepAsync(defect, "Complete", $$"""{"DoneById":"{{doer}}"}""")).Status);
            await village.RefusedAsync($"Rectifications({defect})/HazardMap.Verify", $$"""{"VerifiedById":"{{verifier}}"}""", 422,
                "who put it right");
            await Assert.ThrowsAsync<PostgresException>(() => village.ExecuteAsync(
                "update register.rectifications set state = 'Verified', verified_by_id = $2 where id = $1", defect, verifier));
            await Assert.ThrowsAsync<PostgresException>(() => village.ExecuteAsync(
                "update register.rectifications set verified_by_id = $2 where id = $1", defect, verifier));
            // Of the same rank beside him, or above him: both may.
            var beside = await village.PersonAsync("township clerk");
            Assert.Equal(204, (await StepAsync(defect, "Verify", $$"""{"PersonId":"{{beside}}"}""")).Status);
        }
    }

    [Fact]
    public async Task A_step_names_who_and_every_step_is_written_down_with_who_and_when()
    {
        var defect = await FoundAsync();
        await village.RefusedAsync($"Rectifications({defect})/HazardMap.Assign", "{}", 422, "AssignedToId");
        await village.RefusedAsync($"Rectifications({defect})/HazardMap.Assign", """{"Whom":1}""", 400, "Whom");
        foreach (var step in Ways["Closed"]) Assert.Equal(204, (await StepAsync(defect, step)).Status);
        var steps = (await village.GetAsync($"Rectifications({defect})?$expand=Steps($orderby=At)"))["Steps"]!.AsArray();
        Assert.Equal("Found Assigned Done Verified Closed", string.Join(' ', steps.Select(s => (string)s!["ToState"]!)));
        Assert.Equal("限期整改", (string?)steps[1]!["Note"]);
        Assert.Null(steps[2]!["Note"]);
        Assert.Equal(await village.PersonAsync("township leader"), (Guid)steps[3]!["PersonId"]!);
        Assert.All(steps, s => Assert.Equal("admin", (string?)s!["ChangedBy"]));
        await Assert.ThrowsAsync<PostgresException>(() => village.ExecuteAsync("delete from register.rectification_steps"));
    }

    [Fact]
    public async Task A_number_is_given_when_it_is_closed_each_once_in_a_county_and_year_and_is_kept_when_reopened()
    {
        var defects = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => InAsync("Verified")));
        Assert.All(await Task.WhenAll(defects.Select(d => StepAsync(d, "Close"))), x => Assert.Equal(204, x.Status));
        var numbers = await Task.WhenAll(defects.Select(async d => (string)(await village.GetAsync($"Rectifications({d})"))["Number"]!));
        Assert.Equal(numbers.Length, numbers.Distinct(StringComparer.Ordinal).Count());
        Assert.All(numbers, n => Assert.Matches("^532601-20[0-9]{2}-[0-9]{4}$", n));
        foreach (var step in new[] { "Reopen", "Assign", "Complete", "Verify", "Close" })
            Assert.Equal(204, (await StepAsync(defects[0], step)).Status);
        Assert.Equal(numbers[0], (string)(await village.GetAsync($"Rectifications({defects[0]})"))["Number"]!);
        await village.ExecuteAsync("update register.rectifications set number = 'mine' where id = $1", defects[1]);
        Assert.Equal(numbers[1], (string)(await village.GetAsync($"Rectifications({defects[1]})"))["Number"]!);
    }

    [Fact]
    public async Task What_is_overdue_climbs_level_by_level_after_the_stated_days_and_the_level_is_told()
    {
        var (leader, red) = (await village.PersonAsync("county leader"), await village.WaterAsync("red"));
        await village.MadeAsync("Responsibilities",
            $$"""{"PersonId":"{{leader}}","HazardId":"{{red}}","Role":"Leader","ValidFrom":"2020-01-01"}""");
        string Due(int daysAgo) => DateTime.UtcNow.AddDays(-daysAgo).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (today, late, later) = (await FoundAsync($",\"DueOn\":\"{Due(-2)}\""), await FoundAsync($",\"DueOn\":\"{Due(3)}\""),
            await FoundAsync($",\"DueOn\":\"{Due(9)}\""));
        while (await ClimbWorker.ClimbAsync(village.Database, CancellationToken.None) > 0) { }
        async Task<string> LevelAsync(Guid defect) => (string?)(await village.GetAsync($"Rectifications({defect})"))["EscalatedTo"] ?? "";
        Assert.Equal(("", "Township", "County"), (await LevelAsync(today), await LevelAsync(late), await LevelAsync(later)));
        var hung = (await village.GetAsync("Rectifications?$filter=IsHung and IsOverdue&$select=Id"))["value"]!.AsArray()
            .Select(x => (Guid)x!["Id"]!).ToList();
        Assert.True(hung.Contains(late) && hung.Contains(later) && !hung.Contains(today));
        var told = (await village.GetAsync($"Notifications?$filter=EntityId eq {later}&$orderby=At"))["value"]!.AsArray();
        Assert.Equal("RectificationClimbed 532601100, RectificationClimbed 532601",
            string.Join(", ", told.Select(n => $"{n!["Kind"]} {n["DivisionCode"]}")));
        Assert.Equal((null, leader), ((Guid?)told[0]!["PersonId"], (Guid)told[1]!["PersonId"]!));
        using var read = await village.Administrator.PatchJsonAsync($"/odata/Notifications({told[1]!["Id"]})",
            $$"""{"ReadAt":"{{DateTime.UtcNow:O}}"}""");
        Assert.True(read.IsSuccessStatusCode, await read.Content.ReadAsStringAsync());
        Assert.Equal("1", (await village.Administrator.GetStringAsync(
            $"/odata/Notifications/$count?$filter=EntityId eq {later} and ReadAt eq null")).Trim('\uFEFF'));
    }

    [Fact]
    public async Task A_step_that_is_sent_again_is_answered_and_not_taken_twice()
    {
        var defect = await FoundAsync();
        (string, string)[] once = [("Repeatability-Request-ID", Guid.NewGuid().ToString()),
            ("Repeatability-First-Sent", DateTimeOffset.UtcNow.ToString("r"))];
        var body = await ParametersAsync("Assign");
        for (var i = 0; i < 2; i++)
            Assert.Equal(204, (await village.PostAsync($"Rectifications({defect})/HazardMap.Assign", body, once)).Status);
        Assert.Equal(2, (await village.GetAsync($"Rectifications({defect})?$expand=Steps"))["Steps"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_step_in_a_change_set_that_fails_is_undone_with_it()
    {
        var (defect, done) = (await FoundAsync(), await FoundAsync());
        string Part(int id, Guid of, string step, string body) => $$$"""
            {"id":"{{{id}}}","atomicityGroup":"g","method":"POST","url":"Rectifications({{{of}}})/HazardMap.{{{step}}}",
             "headers":{"content-type":"application/json"},"body":{{{body}}}}
            """;
        var (_, text) = await village.PostAsync("$batch", $$"""
            {"requests":[{{Part(1, defect, "Assign", await ParametersAsync("Assign"))}},{{Part(2, done, "Close", "{}")}}]}
            """);
        Assert.Contains("Assign", text, StringComparison.Ordinal);
        Assert.Equal("Found", (string)(await village.GetAsync($"Rectifications({defect})"))["State"]!);
    }
}
