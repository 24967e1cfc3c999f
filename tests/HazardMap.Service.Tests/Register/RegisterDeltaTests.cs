using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HazardMap.OData;
using HazardMap.Service.Register;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Register;

/// <summary>Delta links of the register: what an inspector's phone asks when it comes back from the valley.</summary>
public sealed class RegisterDeltaTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    private const string Near = "01900000-0000-7000-8000-000000000001";
    private const string School = "/odata/Facilities(01900000-0000-7000-8000-00000000000a)";

    // Tables whose every change leaves a history row (record_history), or a signed row of its own.
    private static readonly string[] Tracked =
        ["divisions", "hazards", "facilities", "settlements", "people", "responsibilities", "inspections", "photos", "rectifications",
            "incidents", "hazard_risks", "notifications", "grants", "conflicts",
            "visit_rhythm"];   // which changes with the program, not under it

    [Fact]
    public async Task A_score_that_changes_because_a_school_grew_is_a_change_of_the_water_whose_ETag_stays()
    {
        var (first, link) = await TrackingAsync("/odata/Hazards?$select=Id,RiskScore");
        var before = first.Single(x => (string)x["Id"]! == Near);
        await PatchAsync(School, """{"Aged5To14":977}""");
        var (changes, _) = await FollowAsync(link);
        var after = changes.Single(x => (string)x["Id"]! == Near);
        Assert.True((double)after["RiskScore"]! > (double)before["RiskScore"]!);
        Assert.Equal((string)before["@odata.etag"]!, (string)after["@odata.etag"]!);
        await PatchAsync(School, """{"Aged5To14":200}""");
    }

    [Fact]
    public async Task A_water_whose_level_leaves_the_filter_is_removed_as_changed()
    {
        var (first, link) = await TrackingAsync("/odata/Hazards?$filter=RiskScore gt 0.0001&$select=Id");
        Assert.Contains(first, x => (string)x["Id"]! == Near);
        await PatchAsync($"/odata/Hazards({Near})", """{"Status":"Closed"}""");
        var (changes, next) = await FollowAsync(link);
        Assert.Equal("changed", (string)changes.Single(x => (string)x["Id"]! == Near)["@removed"]!["reason"]!);
        await PatchAsync($"/odata/Hazards({Near})", """{"Status":"Active"}""");
        (changes, _) = await FollowAsync(next);
        Assert.Null(changes.Single(x => (string)x["Id"]! == Near)["@removed"]);
    }

    [Fact]
    public async Task A_full_risk_run_tells_only_the_waters_whose_score_it_changed()
    {
        await RiskRun.RunAsync(register.Database, null, "test", CancellationToken.None);
        var (_, link) = await TrackingAsync("/odata/Hazards");
        await RiskRun.RunAsync(register.Database, null, "test", CancellationToken.None);
        var (changes, next) = await FollowAsync(link);
        Assert.Empty(changes);
        await register.ExecuteAsync($"update register.hazard_risks set score = score + 1 where hazard_id = '{Near}'");
        await RiskRun.RunAsync(register.Database, null, "test", CancellationToken.None);
        (changes, _) = await FollowAsync(next);
        Assert.Equal(Near, (string)Assert.Single(changes)["Id"]!);
    }

    [Fact]
    public async Task A_phone_stays_masked_in_a_delta_and_a_deleted_person_is_told_by_the_key_alone()
    {
        var (_, link) = await TrackingAsync("/odata/People");
        await register.ExecuteAsync("insert into register.people (id, name, phone, division_code, source) "
            + "values ('01900000-0000-7000-8000-00000000000e', '王某', '13812345678', '5326', 'test')");
        var (changes, next) = await FollowAsync(link);
        Assert.Equal("138****5678", (string)Assert.Single(changes)["Phone"]!);
        await register.ExecuteAsync("delete from register.people where id = '01900000-0000-7000-8000-00000000000e'");
        (changes, _) = await FollowAsync(next);
        Assert.Equal("@odata.id,@removed,Id",
            string.Join(',', Assert.Single(changes).AsObject().Select(x => x.Key).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task An_inspection_is_a_change_of_the_water_that_carries_its_inspections()
    {
        var (_, link) = await TrackingAsync("/odata/Hazards?$expand=Inspections($select=Result)&$select=Id");
        await register.ExecuteAsync("insert into register.inspections (hazard_id, division_code, at, result) "
            + $"values ('{Near}', '5326', now(), 'Defects')");
        var (changes, _) = await FollowAsync(link);
        Assert.Equal("Defects", (string)Assert.Single(changes)["Inspections"]![0]!["Result"]!);
    }

    [Fact]
    public async Task Every_set_is_tracked_and_shows_nothing_that_changes_unseen()
    {
        foreach (var set in Model().EntitySets.Values)
        {
            // Records have a version. Runs are watched while they go on; their results and the history of levels never change.
            if (set.BeginsWork || set.Version is null) continue;
            Assert.True(set.Changes is not null, $"{set.Name} has no ChangesFrom");
            var tables = await register.ScalarAsync<string[]>($"""
                select coalesce(array_agg(distinct c.relname::text), array[]::text[])
                from pg_rewrite r join pg_depend d on d.objid = r.oid and d.classid = 'pg_rewrite'::regclass
                  and d.refclassid = 'pg_class'::regclass
                join pg_class c on c.oid = d.refobjid and c.relkind = 'r'
                where r.ev_class = '{set.Source}'::regclass
                """);
            Assert.Empty(tables!.Except(Tracked, StringComparer.Ordinal));
        }
    }

    private static ODataModel Model() => RegisterModel.Model;

    private async Task<(List<JsonNode> Rows, string Link)> TrackingAsync(string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { { "Prefer", "track-changes" } } };
        using var response = await register.Administrator.SendAsync(request);
        Assert.Equal("track-changes", Assert.Single(response.Headers.GetValues("Preference-Applied")));
        return Read((await response.Content.ReadFromJsonAsync<JsonNode>())!);
    }

    private async Task<(List<JsonNode> Rows, string Link)> FollowAsync(string link) =>
        Read((await register.Administrator.GetFromJsonAsync<JsonNode>(link))!);

    private static (List<JsonNode> Rows, string Link) Read(JsonNode page) =>
        ([.. page["value"]!.AsArray().Select(x => x!)], (string)page["@odata.deltaLink"]!);

    private async Task PatchAsync(string url, string body)
    {
        using var response = await register.Administrator.PatchJsonAsync(url, body);
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent, await response.Content.ReadAsStringAsync());
    }
}
