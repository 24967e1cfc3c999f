using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Tests.Worlds;
using HazardMap.Service.Ways;

namespace HazardMap.Service.Tests.Ways;

/// <summary>The function of a school over HTTP, in a register that is served: without roads, and with a road of its own.</summary>
public sealed class WaysHttpTests(ServedRegister register) : IClassFixture<ServedRegister>
{
    [Fact]
    public async Task A_school_without_roads_says_so_and_a_distance_that_makes_no_sense_is_refused_by_name()
    {
        await register.ExecuteAsync("insert into register.divisions (code, name, level, centre, source) "
            + "values ('99', 'Here', 'Village', 'point(104 23)', 'test')");
        var id = await register.ScalarAsync<Guid>(
            "insert into register.facilities (code, name, kind, location, division_code, source) "
                + "values ('s', 's', 'School', 'point(104 23)', '99', 'test') returning id");
        var answer = await register.Administrator.GetFromJsonAsync<JsonElement>(
            $"/odata/Facilities({id})/HazardMap.WayToSchoolHazards(withinMetres=80)");
        Assert.Equal(("NoRoads", 80.0), (answer.GetProperty("State").GetString(), answer.GetProperty("WithinMetres").GetDouble()));
        Assert.Equal(0, answer.GetProperty("Ways").GetArrayLength() + answer.GetProperty("Hazards").GetArrayLength());
        var plain = await register.Administrator.GetFromJsonAsync<JsonElement>($"/odata/Facilities({id})/HazardMap.WayToSchoolHazards()");
        Assert.Equal(50.0, plain.GetProperty("WithinMetres").GetDouble());
        var refused = await register.Administrator.GetAsync($"/odata/Facilities({id})/HazardMap.WayToSchoolHazards(withinMetres=-1)");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("withinMetres",
            (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("target").GetString());
    }

    [Fact]
    public async Task A_pond_that_an_inspector_closes_leaves_the_list_while_the_service_runs_without_anybody_asking()
    {
        await register.ExecuteAsync("""
            insert into register.divisions (code, name, level, centre, children, source)
              values ('98', 'There', 'Village', 'point(105 23)', 9, 'test');
            insert into register.facilities (code, name, kind, location, division_code, aged_5_to_14, source)
              values ('t', 't', 'School', 'point(105.01 23)', '98', 40, 'test');
            insert into register.hazards (code, name, kind, shape, division_code, source)
              values ('p', 'p', 'Pond', 'point(105.005 23)', '98', 'test');
            insert into register.road_edges (way_id, segment, source, target, class, geom, length_metres, walk_forward, walk_backward,
              drive_forward, drive_backward, division_code, origin)
            values (1, 0, 1, 2, 'path', 'srid=4326;linestring(105 23, 105.01 23)', 1025, true, true, false, false, '98', 'test');
            """);
        await WayStore.ComputeAsync(register.Database, 50, 5000, "test", CancellationToken.None);
        var (pond, school) = (await register.ScalarAsync<Guid>("select id from register.hazards where code = 'p'"),
            await register.ScalarAsync<Guid>("select id from register.facilities where code = 't'"));
        Assert.Equal(1, await register.ScalarAsync<long>("select count(*) from register.way_waters"));
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/odata/Hazards({pond})") { Content =
            new StringContent("""{"Status":"Closed"}""", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        var closed = await register.Administrator.SendAsync(request);
        Assert.True(closed.IsSuccessStatusCode, await closed.Content.ReadAsStringAsync());
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (await register.ScalarAsync<long>("select count(*) from register.way_waters") > 0 && patience.Elapsed.TotalSeconds < 30)
            await Task.Delay(50);
        Assert.Equal(0, await register.ScalarAsync<long>("select count(*) from register.way_waters"));
        var answer = await register.Administrator.GetFromJsonAsync<JsonElement>(
            $"/odata/Facilities({school})/HazardMap.WayToSchoolHazards()");
        Assert.Equal(("Computed", 0L), (answer.GetProperty("State").GetString(), answer.GetProperty("ChangesWaiting").GetInt64()));
        Assert.NotEqual(JsonValueKind.Null, answer.GetProperty("CaughtUpAt").ValueKind);
        var ways = (await register.Administrator.GetFromJsonAsync<JsonElement>("/api/status")).GetProperty("ways");
        Assert.Equal((1, 0), (ways.GetProperty("ways").GetInt32(), ways.GetProperty("waiting").GetInt32()));
        await register.ExecuteAsync("delete from register.road_edges");
    }
}
