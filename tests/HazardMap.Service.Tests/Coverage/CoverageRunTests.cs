using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HazardMap.Service.Tests.Coverage;

public sealed class CoverageRunTests(RoadWorld world) : IClassFixture<RoadWorld>
{
    private static readonly object Pools = new { Kind = "SwimmingPool", Mode = "Walk", Bands = "600 1500", Demand = "Pupils" };

    private async Task<JsonNode> RunAsync(object order)
    {
        using var accepted = await world.Administrator.PostAsJsonAsync("/odata/CoverageRuns", order, JsonSerializerOptions.Default);
        Assert.True(accepted.StatusCode == HttpStatusCode.Accepted, await accepted.Content.ReadAsStringAsync());
        for (var i = 0; i < 400; i++, await Task.Delay(50))
            if (await GetAsync(accepted.Headers.Location!.PathAndQuery) is var run && (string)run["State"]! is not ("Queued" or "Running"))
                return run;
        throw new TimeoutException("The run goes on for ever.");
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await world.Administrator.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private async Task<JsonArray> ResultsAsync(JsonNode run, string filter, string set = "CoverageResults", string rest = "") =>
        (await GetAsync($"/odata/{set}?$filter=RunId eq {run["Id"]} and {filter}{rest}"))["value"]!.AsArray();

    [Fact]
    public async Task A_walk_counts_the_way_to_the_road_and_both_bands()
    {
        var run = await RunAsync(Pools);
        Assert.Equal("Done walk 210 100", $"{run["State"]} {run["Distance"]} {run["DemandTotal"]} {run["Covered"]}");
        var points = await ResultsAsync(run, "Place eq 'DemandPoint'", rest: "&$orderby=Code");
        Assert.Equal("S1 S2 S3 S4 S5", string.Join(' ', points.Select(p => p!["Code"])));
        Assert.Equal(556.6, (double)points[0]!["NearestCost"]!, 0.1);
        Assert.Equal(1113.2 + 110.6, (double)points[1]!["NearestCost"]!, 0.1);   // the way to the street is counted
        Assert.Equal("600 1500 ", string.Join(' ', points.Take(3).Select(p => p!["Band"])));
        Assert.Equal(3339.6, (double)points[2]!["NearestCost"]!, 0.1);          // on foot the one-way is none
        Assert.Null(points[3]!["NearestCost"]);
        Assert.Equal("true true", $"{points[4]!["IsOffNetwork"]} {(await ResultsAsync(run, "Code eq 'P2'"))[0]!["IsOffNetwork"]}");
        Assert.Equal("1 1 1", $"{run["DemandOffNetwork"]} {run["SuppliesOffNetwork"]} {run["DemandOnIslands"]}");
        var bands = await ResultsAsync(run, "Place eq 'Division' and Code eq '99'", "CoverageBands", "&$orderby=Band");
        Assert.Equal("40 100", string.Join(' ', bands.Select(b => b!["Covered"])));
    }

    [Fact]
    public async Task Supply_is_conserved_and_what_is_left_out_is_ranked()
    {
        var run = await RunAsync(Pools);
        var points = await ResultsAsync(run, "Place eq 'DemandPoint'");
        foreach (var method in new[] { "TwoStep", "Stepped", "Gaussian", "ThreeStep" })
            Assert.Equal(100, points.Sum(p => (double)p!["Demand"]! * (double)p[method]!), 1e-9);   // P2 has no room and nobody who comes
        var left = await ResultsAsync(run, "IsCovered eq false", rest: "&$orderby=Demand desc");
        Assert.Equal("S3 S4 S5", string.Join(' ', left.Select(p => p!["Code"])));
        var all = (await ResultsAsync(run, "Place eq 'Everywhere'"))[0]!;
        Assert.Equal(100.0 / 210, (double)all["ProviderRatio"]!, 1e-12);
        Assert.Null(all["TwoStep"]);   // it would be 100 / 210 by construction, wherever the pools stood
        Assert.Contains("an identity", (string?)run["Notes"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_children_at_home_the_room_of_a_pool_is_turns_of_a_summer()
    {
        await world.ExecuteAsync("update register.facilities set places = 20, turns = 3, open_from = '07-11', open_to = '09-30' "
            + "where code = 'P1'");
        var run = await RunAsync(new { Kind = "SwimmingPool", Mode = "Straight", Bands = "1000 3000", Demand = "ChildrenAtHome" });
        var pool = (await ResultsAsync(run, "Place eq 'Supply' and Code eq 'P1'"))[0]!;
        Assert.Equal(20 * 3 * (21 + 31), (double)pool["Capacity"]!);
        Assert.Contains("July and August", (string?)run["Notes"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drive_obeys_the_one_way_and_is_measured_in_minutes()
    {
        var run = await RunAsync(new { Kind = "SwimmingPool", Mode = "Drive", Unit = "Minutes", Bands = "1 6", Demand = "Pupils",
            IncludePlanned = true });
        Assert.Equal("drive", (string?)run["Distance"]);
        var points = await ResultsAsync(run, "Place eq 'DemandPoint'", rest: "&$orderby=Code");
        Assert.Equal(556.6 / 10 / 60, (double)points[0]!["NearestCost"]!, 1e-3);
        Assert.Equal(0, (double)points[2]!["NearestCost"]!, 1e-6);              // the planned pool is next door
        var from1 = (await ResultsAsync(run, "Place eq 'Supply' and Code eq 'P3'"))[0]!;
        Assert.Equal(80, (int)from1["Covered"]!);                               // nobody may drive east into the one-way
    }

    [Fact]
    public async Task The_same_inputs_have_the_same_hash_and_the_same_results_and_others_do_not()
    {
        JsonNode first = await RunAsync(Pools), again = await RunAsync(Pools);
        var other = await RunAsync(new { Kind = "SwimmingPool", Mode = "Walk", Bands = "600 1501", Demand = "Pupils" });
        Assert.Equal($"{first["InputsHash"]} {first["ResultsHash"]}", $"{again["InputsHash"]} {again["ResultsHash"]}");
        Assert.False(string.Equals((string?)first["InputsHash"], (string?)other["InputsHash"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_runs_tell_what_a_new_pool_changes()
    {
        var before = await RunAsync(Pools);
        var after = await RunAsync(new { Kind = "SwimmingPool", Mode = "Walk", Bands = "600 1500", Demand = "Pupils", IncludePlanned = true,
            BaselineId = (string)before["Id"]! });
        var changes = await ResultsAsync(after, "CoveredMore ne 0 and Place eq 'DemandPoint'", "CoverageChanges");
        Assert.Equal("S3 80", string.Join(' ', changes.Select(c => $"{c!["Code"]} {c["CoveredMore"]}")));
        Assert.Equal(80, (int)(await ResultsAsync(after, "Place eq 'Everywhere'", "CoverageChanges"))[0]!["CoveredMore"]!);
    }

    [Fact]
    public async Task Catchments_are_areas_around_the_street_and_the_map_shows_them_at_once()
    {
        var run = await RunAsync(Pools);
        var areas = await ResultsAsync(run, "FacilityId eq null", "CatchmentAreas", "&$orderby=Band");
        Assert.Equal("600 1500", string.Join(' ', areas.Select(a => a!["Band"])));
        Assert.All(areas, a => Assert.True((double)a!["ErrorMetres"]! is > 0 and < 100 && (string?)a["Distance"] == "walk"));
        Assert.Equal("true true false", await world.ScalarAsync<string>("""
            select concat_ws(' ', bool_and(st_isvalid(area::geometry))::text, bool_or(st_covers(area, 'point(20.005 0)'::geography))::text,
              bool_or(st_covers(area, 'point(20.02 0)'::geography))::text)
            from register.catchment_areas where run_id = $1
            """, Guid.Parse((string)run["Id"]!)));
        using var tile = await world.Administrator.GetAsync("/tiles/catchments/12/2275/2047.mvt");
        Assert.NotEmpty(await tile.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_run_is_deleted_with_all_that_came_out_of_it_and_is_over_when_it_is_over()
    {
        var run = await RunAsync(Pools);
        using var late = await world.Administrator.PostAsync($"/odata/CoverageRuns({run["Id"]})/HazardMap.Cancel", null);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        using var shown = await world.Administrator.PostAsync($"/odata/CoverageRuns({run["Id"]})/HazardMap.Show", null);
        Assert.Equal(HttpStatusCode.NoContent, shown.StatusCode);
        using var deleted = await world.Administrator.DeleteAsync($"/odata/CoverageRuns({run["Id"]})");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty(await ResultsAsync(run, "Demand ge 0"));
    }

    [Theory]
    [InlineData("Straight", "Minutes", "5", "unit")]
    [InlineData("Drive", "Metres", "5", "unit")]
    [InlineData("Walk", "Metres", "500 400", "bands")]
    [InlineData("Walk", "Metres", "far", "bands")]
    [InlineData("Walk", "Metres", "-1", "bands")]
    public async Task An_order_that_makes_no_sense_is_refused_naming_the_word(string mode, string unit, string bands, string target)
    {
        using var answer = await world.Administrator.PostAsJsonAsync("/odata/CoverageRuns",
            new { Kind = "SwimmingPool", Mode = mode, Unit = unit, Bands = bands, Demand = "Pupils" }, JsonSerializerOptions.Default);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(target, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!["target"]);
    }
}

/// <summary>The same questions where no roads are loaded.</summary>
public sealed class CoverageWithoutRoadsTests(PoolWorld world) : IClassFixture<PoolWorld>
{
    [Fact]
    public async Task A_walk_is_a_straight_line_that_says_so_and_a_drive_is_refused()
    {
        var walk = CoverageOrderOf("Walk", "Metres");
        using var networks = new HazardMap.Service.Network.RoadNetworks(world.Database);
        var outcome = await HazardMap.Service.Coverage.CoverageRunner.RunAsync(world.Database, networks, walk, _ => { }, default);
        Assert.Equal(("geodesic", 100L), (outcome.Distance, outcome.Measured.Everywhere.Covered));
        Assert.Contains(outcome.Notes, n => n.StartsWith("No roads are loaded", StringComparison.Ordinal));
        Assert.Equal(4, outcome.Areas.Count);   // two bands of one pool, and dissolved
        Assert.Equal("NoRoads", (await Assert.ThrowsAsync<RefusalException>(() =>
            HazardMap.Service.Coverage.CoverageRunner.RunAsync(world.Database, networks, CoverageOrderOf("Drive", "Minutes"),
                _ => { }, default))).Code);
    }

    private static HazardMap.Service.Coverage.CoverageOrder CoverageOrderOf(string mode, string unit) =>
        HazardMap.Service.Coverage.CoverageOrder.Parse("SwimmingPool", mode, unit, "1000 5000", null, null, "Pupils", null, false, true);
}
