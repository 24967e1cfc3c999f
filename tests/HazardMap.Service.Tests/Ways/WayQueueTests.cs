using HazardMap.Service.Database;
using HazardMap.Service.Tests.Risk;
using HazardMap.Service.Ways;

namespace HazardMap.Service.Tests.Ways;

/// <summary>The town with the village across the bridge, changed in one thing at a time; each test has a town of its own.</summary>
public sealed class WayQueueTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly SouthBank _town = new();

    public async Task InitializeAsync()
    {
        await _town.InitializeAsync();
        await WayStore.ComputeAsync(_town.Database, 50, 5000, "test", None);
        await _town.ExecuteAsync("delete from register.map_changes");
    }

    public Task DisposeAsync() => _town.DisposeAsync();

    [Fact]
    public async Task A_pond_that_is_dug_beside_the_way_is_listed_and_only_its_place_is_drawn_anew()
    {
        await _town.AddHazardAsync("new-pond", "Pond", Ewkb.Factory.CreatePoint(RiverTown.At(500, 110)));
        await _town.AddHazardAsync("far-pond", "Pond", Ewkb.Factory.CreatePoint(RiverTown.At(500, 400)));
        Assert.Equal("river,lake", await WatersAsync());
        Assert.Equal(2, await WaitingAsync());
        await FollowAsync();
        Assert.Equal("river,new-pond,lake", await WatersAsync());
        Assert.Equal(1, await _town.ScalarAsync<long>("select count(*) from register.map_changes where layer = 'ways'"));
        Assert.True(await _town.ScalarAsync<bool>("select abs(west - st_x($1::geometry)) < 1e-9 and west = east "
            + "from register.map_changes where layer = 'ways'",
            Ewkb.Factory.CreatePoint(RiverTown.At(500, 110))));
    }

    [Fact]
    public async Task A_water_that_is_closed_reopened_moved_or_deleted_leaves_and_comes_back()
    {
        await EditAsync("update register.hazards set status = 'Closed' where code = 'lake'");
        Assert.Equal("river", await WatersAsync());
        await EditAsync("update register.hazards set status = 'Active' where code = 'lake'");
        Assert.Equal("river,lake", await WatersAsync());
        await EditAsync("update register.hazards set shape = st_translate(shape::geometry, 0, 0.01)::geography where code = 'lake'");
        Assert.Equal("river", await WatersAsync());
        await EditAsync("delete from register.hazards where code = 'river'");
        Assert.Equal("", await WatersAsync());
    }

    [Fact]
    public async Task What_no_way_depends_on_leaves_no_note()
    {
        await _town.ExecuteAsync("update register.hazards set depth_metres = 3, name = 'deep', has_sign = true, last_inspected_at = now()");
        await _town.ExecuteAsync("update register.facilities set name = 'renamed', capacity = 5");
        await _town.ExecuteAsync("update register.divisions set population = 7, elders = 2");
        await _town.ExecuteAsync("update register.hazards set status = 'Rectifying' where code = 'lake'");
        await _town.AddFacilityAsync("canteen", "Canteen", (0, 0), aged5To14: 9);
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task A_school_that_opens_nearer_takes_the_village_over_and_the_other_keeps_its_nearest_way()
    {
        await _town.AddFacilityAsync("south-school", "School", (600, -110), aged5To14: 80);
        await FollowAsync();
        Assert.Equal("school<9901 300, south-school<9901 80", await WaysAsync());
        await EditAsync("update register.facilities set aged_5_to_14 = 90 where code = 'south-school'");
        Assert.Equal("school<9901 300, south-school<9901 90", await WaysAsync());
        await EditAsync("update register.facilities set status = 'Closed' where code = 'school'");
        Assert.Equal("south-school<9901 90", await WaysAsync());
        Assert.Equal("", await WatersAsync());
        await EditAsync("delete from register.facilities where code = 'south-school'");
        Assert.Equal("", await WaysAsync());
        Assert.Equal(1, await RunsAsync());
    }

    [Fact]
    public async Task A_children_s_home_stands_in_for_its_village_while_it_is_open()
    {
        await _town.AddFacilityAsync("home", "ChildrensHome", (800, 110), aged5To14: 0);
        await EditAsync("update register.facilities set division_code = '9901' where code = 'home'");
        Assert.Equal("school<home 300", await WaysAsync());
        await EditAsync("update register.facilities set status = 'Closed' where code = 'home'");
        Assert.Equal("school<9901 300", await WaysAsync());
    }

    [Fact]
    public async Task Hamlets_stand_in_for_the_children_s_home_and_homes_for_the_hamlets()
    {
        await _town.AddFacilityAsync("home", "ChildrensHome", (800, 110), aged5To14: 0);
        await EditAsync("update register.facilities set division_code = '9901' where code = 'home'");
        await EditAsync("insert into register.settlements (code, name, location, division_code, weight) values "
            + "('east', 'East', $1, '9901', 3), ('west', 'West', $2, '9901', 1), ('nobody', 'Nobody', $2, '9901', 0)",
            Ewkb.Factory.CreatePoint(RiverTown.At(900, 110)), Ewkb.Factory.CreatePoint(RiverTown.At(100, 110)));
        Assert.Equal("East 225, Nobody 0, West 75", await OriginsAsync());
        await EditAsync("update register.settlements set weight = 0");   // nobody lives anywhere: alike everywhere
        Assert.Equal("East 100, Nobody 100, West 100", await OriginsAsync());
        await EditAsync("insert into register.settlements (code, kind, location, division_code, weight) values "
            + "('cell', 'Building', $1, '9901', 12.5)", Ewkb.Factory.CreatePoint(RiverTown.At(500, 110)));
        Assert.Equal("South village 300", await OriginsAsync());
        await EditAsync("delete from register.settlements where code = 'cell'");
        await EditAsync("delete from register.settlements");
        Assert.Equal("school<home 300", await WaysAsync());
        Assert.True((await WayCheck.RunAsync(_town.Database, None)).IsCurrent);
        Assert.Equal(1, await RunsAsync());
    }

    [Fact]
    public async Task A_water_that_is_filled_in_is_beside_no_way()
    {
        await EditAsync("update register.hazards set status = 'Filled' where code = 'lake'");
        Assert.Equal("river", await WatersAsync());
        await _town.ExecuteAsync("update register.hazards set status = 'Closed' where code = 'lake'");
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task A_village_that_comes_moves_or_counts_more_children_changes_the_shares()
    {
        await _town.ExecuteAsync("insert into register.divisions (code, name, level, parent_code, centre, children, source) "
            + "values ('9903', 'North village', 'Village', '99', $1, 20, 'test')",
            Ewkb.Factory.CreatePoint(RiverTown.At(900, 110)));
        await FollowAsync();
        Assert.Equal("school<9901 225, school<9903 75", await WaysAsync());
        await EditAsync("update register.divisions set children = 60 where code = '9903'");
        Assert.Equal("school<9901 150, school<9903 150", await WaysAsync());
        await EditAsync("update register.divisions set centre = st_translate(centre::geometry, 0.1, 0)::geography where code = '9901'");
        Assert.Equal("school<9903 300", await WaysAsync());
    }

    [Fact]
    public async Task A_village_that_ends_at_midnight_is_left_out_in_the_morning()
    {
        await EditAsync("update register.divisions set valid_to = current_date + 1 where code = '9901'");
        Assert.Equal("school<9901 300", await WaysAsync());
        // The worker last looked two days before the village ended: as if the clock had moved on.
        await _town.ExecuteAsync("update register.divisions "
            + "set valid_from = current_date - 9, valid_to = current_date where code = '9901'");
        await _town.ExecuteAsync("delete from register.way_queue");
        await _town.ExecuteAsync("update register.way_state set as_of = current_date - 2");
        await FollowAsync();
        Assert.Equal("", await WaysAsync());
    }

    [Fact]
    public async Task The_bridge_breaks_and_the_ways_are_computed_as_a_whole_and_without_roads_there_are_none()
    {
        await EditAsync("update register.road_edges set walk_forward = false, walk_backward = false where way_id = 2");
        Assert.Equal("", await WaysAsync());
        Assert.Equal(2, await RunsAsync());
        await EditAsync("update register.road_edges set walk_forward = true, walk_backward = true where way_id = 2");
        Assert.Equal("school<9901 300", await WaysAsync());
        await EditAsync("delete from register.road_edges");
        Assert.Equal("", await WaysAsync());
        await AssertCurrentAsync();
    }

    [Fact]
    public async Task A_road_that_is_shorter_by_decree_than_a_straight_line_hides_no_change()
    {
        // A tunnel of 9 km that counts as 90 m: whoever is near in straight line is not all that is near on foot.
        await _town.AddRoadAsync(50, 1, 60, (0, 100), (0, 9100));
        await _town.ExecuteAsync("update register.road_edges set length_metres = 90 where way_id = 50");
        await FollowAsync();
        await EditAsync("update register.divisions set centre = $1 where code = '9902'", Ewkb.Factory.CreatePoint(RiverTown.At(0, 9110)));
        Assert.Contains("school<9902", await WaysAsync(), StringComparison.Ordinal);
        await AssertCurrentAsync();
        // A ferry that costs nothing leads anywhere.
        await EditAsync("update register.road_edges set length_metres = 0 where way_id = 50");
        await EditAsync("update register.facilities set aged_5_to_14 = 31 where code = 'school'");
        await AssertCurrentAsync();
    }

    [Fact]
    public async Task Notes_of_a_worker_that_dies_are_there_for_the_next_and_what_is_rolled_back_leaves_none()
    {
        await _town.ExecuteAsync("update register.hazards set status = 'Closed' where code = 'lake'");
        await using (var connection = await _town.Database.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginAsAsync("test", None);
            Assert.True(await WayUpdate.FollowChangesAsync(connection, None));
            await _town.ExecuteAsync($"select pg_terminate_backend({connection.ProcessID})");
        }
        Assert.Equal(("river,lake", 1), (await WatersAsync(), await WaitingAsync()));
        await FollowAsync();
        Assert.Equal(("river", 0), (await WatersAsync(), await WaitingAsync()));
        await using (var connection = await _town.Database.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginAsAsync("test", None);
            await using var command = connection.Command("delete from register.hazards");
            await command.ExecuteNonQueryAsync();
        }
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task An_edit_never_waits_for_a_computation_that_goes_on_and_is_taken_up_after_it()
    {
        await using var connection = await _town.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginAsAsync("test", None);
        await WayStore.ComputeAsync(connection, 50, 5000, None);
        await _town.ExecuteAsync("set statement_timeout = '2s'; delete from register.hazards where code = 'lake'; delete "
            + "from register.facilities where code = 'kindergarten'; reset statement_timeout");
        Assert.False(await WayQueueWorker.CatchUpAsync(_town.Database, None));
        await transaction.CommitAsync();
        Assert.Equal("river", await WatersAsync());   // of a water that is gone nothing is shown, though its row waits for the worker
        Assert.Equal(2, await _town.ScalarAsync<long>("select count(*) from register.way_waters"));
        await FollowAsync();
        Assert.Equal("river", await WatersAsync());
        await AssertCurrentAsync();
    }

    [Fact]
    public async Task Many_waters_in_one_statement_are_one_note_and_so_are_many_schools()
    {
        await _town.ExecuteAsync("""
            insert into register.hazards (code, name, kind, shape, division_code, source)
            select 'w' || i, 'w', 'Pond', st_translate(h.location::geometry, i * 0.001, 0.01)::geography, '99', 'test'
              from register.hazards h, generate_series(1, 1500) i where h.code = 'pond'
            """);
        Assert.Equal("Waters", await _town.ScalarAsync<string>("select string_agg(concerns, ',') from register.way_queue"));
        await FollowAsync();
        Assert.Equal(1, await RunsAsync());
        await _town.ExecuteAsync("insert into register.facilities (code, name, kind, location, division_code, source) "
            + "select 's' || i, 's', 'School', 'point(105 24)', '99', 'test' from generate_series(1, 1500) i");
        Assert.Equal("Everything", await _town.ScalarAsync<string>("select string_agg(concerns, ',') from register.way_queue"));
        await AssertCurrentAsync();
    }

    [Fact]
    public async Task An_answer_says_how_much_waits_and_a_check_what_it_would_change()
    {
        var school = await _town.ScalarAsync<Guid>("select id from register.facilities where code = 'school'");
        await _town.ExecuteAsync("update register.facilities set aged_5_to_14 = 150 where code = 'school'");
        var behind = await WayAnswer.OfAsync(_town.Database, school, 50, None);
        Assert.Equal((1L, true), (behind.ChangesWaiting!.Value, behind.OldestChangeSeconds > 0));
        Assert.Equal(new WaysCheckReport(1, 1, 2, 2, 1), await WayCheck.RunAsync(_town.Database, None));
        Assert.Equal(1, await WaitingAsync());   // a check changes nothing
        await FollowAsync();
        var current = await WayAnswer.OfAsync(_town.Database, school, 50, None);
        Assert.Equal((0L, 150.0), (current.ChangesWaiting!.Value, current.Ways[0].Children));
        Assert.True(current.CaughtUpAt > current.ComputedAt);
    }

    private async Task EditAsync(string sql, params object[] values)
    {
        await _town.ExecuteAsync(sql, values);
        await FollowAsync();
    }

    private async Task FollowAsync()
    {
        Assert.True(await WayQueueWorker.CatchUpAsync(_town.Database, None));
        Assert.Equal(0, await WaitingAsync());
    }

    private async Task AssertCurrentAsync()
    {
        await WayQueueWorker.CatchUpAsync(_town.Database, None);
        Assert.True((await WayCheck.RunAsync(_town.Database, None)).IsCurrent);
    }

    private async Task<string> WatersAsync() =>
        string.Join(',', (await WaysCommand.RankedAsync(_town.Database, 10, None)).Select(w => w.HazardCode));

    private Task<string?> OriginsAsync() => _town.ScalarAsync<string>(
        "select string_agg(origin_name || ' ' || children, ', ' order by origin_name) from register.ways");

    private async Task<string?> WaysAsync() => await _town.ScalarAsync<string>(
        "select string_agg(f.code || '<' || case origin_kind when 'Division' then origin else origin_name end || ' ' || w.children, ', ' "
            + "order by f.code, origin) from register.ways w join register.facilities f on f.id = facility_id") ?? "";

    private Task<long> WaitingAsync() => _town.ScalarAsync<long>("select count(*) from register.way_queue");

    private Task<long> RunsAsync() => _town.ScalarAsync<long>("select count(*) from register.way_runs");
}
