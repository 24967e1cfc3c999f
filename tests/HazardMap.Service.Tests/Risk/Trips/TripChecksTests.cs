using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Risk.Trips;
using Npgsql;

namespace HazardMap.Service.Tests.Risk.Trips;

/// <summary>What rule 2027-1 promises of edits: each is tried, held against a full run, and undone.</summary>
public sealed class TripChecksTests(TripValley valley) : IClassFixture<TripValley>
{
    private const string NewFacility = "insert into register.facilities (code, name, kind, location, division_code, under5, "
        + "aged_5_to_14, status, source) select 'new', 'new', $1, location, '532601001101', 30, 40, $2, 'test' "
        + "from register.settlements where code = 'a1'";

    private const double Rounding = 1e-12;

    [Fact]
    public async Task How_many_pupils_a_school_has_changes_nothing_on_a_holiday()
    {
        var trial = await TryAsync("update register.facilities set aged_5_to_14 = aged_5_to_14 / 4, boarders = boarders / 3 "
            + "where kind = 'School'");
        Assert.All(trial.Others(""), w => Assert.Equal(w.Before.Visits, w.After.Visits));
        Assert.Contains(trial.Others(""), w => w.Before.Score != w.After.Score);
    }

    [Fact]
    public async Task Pupils_who_are_missing_at_a_home_far_from_their_school_are_kept_though_nobody_is_free_then()
    {
        await using var connection = await valley.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginAsAsync("test", CancellationToken.None);
        foreach (var edit in (string[])[
            "insert into register.settlements (code, kind, location, division_code, weight, source) "
                + "values ('far', 'Place', 'point(104.112 23.403)', '532601001101', 40, 'test'); "
                + "insert into register.hazards (code, name, kind, shape, division_code, source) "
                + "values ('far', 'far', 'Pond', 'point(104.113 23.403)', '532601001101', 'test')",
            "update register.facilities set aged_5_to_14 = 30 where code = 'primary'"])
        {
            await connection.ExecuteAsync(edit, CancellationToken.None);
            await RiskUpdate.ScoreWaitingAsync(connection, RiskCause.Edit, CancellationToken.None);
        }
        var kept = await TripsAsync(connection);
        await connection.ExecuteAsync("update register.hazard_risks set score = null, level = null, rule = null, scored_at = null, "
            + "visits = null, deadliness_ratio = null, deadliness = null, risk_low = null, risk_high = null, level_held = null, "
            + "trips = null", CancellationToken.None);
        await RiskRun.RunAsync(connection, null, CancellationToken.None);
        Assert.Equal(await TripsAsync(connection), kept);
    }

    private static Task<string?> TripsAsync(NpgsqlConnection connection) => connection.ScalarAsync<string>(
        "select trips::text from register.hazard_risks join register.hazards on id = hazard_id where code = 'far'", CancellationToken.None);

    [Fact]
    public async Task An_edit_asks_for_the_waters_around_it_and_reads_no_others()
    {
        await using var connection = await valley.Database.OpenConnectionAsync();
        // Of a few waters the planner would read all.
        await connection.ExecuteAsync("set enable_seqscan = off; set enable_bitmapscan = off", CancellationToken.None);
        var plan = string.Join('\n', await connection.RowsAsync("explain " + TripReader.Near, row => row.GetString(0),
            CancellationToken.None, 104.2, 23.4, 6000.0));
        await connection.ExecuteAsync("reset all", CancellationToken.None);
        Assert.Contains("Index Cond: (shape && ", plan, StringComparison.Ordinal);
        Assert.Contains("Index Cond: (id = ANY ($0))", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kindergarten"), InlineData("ChildrensHome"), InlineData("SwimmingPool")]
    public async Task Care_lowers_the_sum_as_soon_as_it_is_open(string kind)
    {
        Assert.InRange((await TryAsync(NewFacility, kind, "Open")).MoreDeaths, double.NegativeInfinity, -1e-6);
        foreach (var status in (string[])["Planned", "Closed"])
            Assert.All((await TryAsync(NewFacility, kind, status)).Others(""), w => Assert.Equal(w.Before, w.After));
    }

    [Theory]
    [InlineData("Pond"), InlineData("Weir"), InlineData("Well")]
    public async Task A_new_water_takes_visits_from_others_and_gives_them_none(string kind)
    {
        var trial = await TryAsync("insert into register.hazards (code, name, kind, shape, division_code, source) "
            + "select 'new', 'new', $1, location, division_code, 'test' from register.settlements where code = 'a1'", kind);
        Assert.True(trial.After["new"].Score > 0);
        Assert.All(trial.Others("new"), w => Assert.InRange(w.After.Visits, 0, w.Before.Visits * (1 + Rounding)));
        Assert.Contains(trial.Others("new"), w => w.After.Visits < w.Before.Visits * 0.99);
        Assert.True(trial.MoreVisits > 0);
    }

    [Fact]
    public async Task A_fence_sends_some_children_to_other_waters_and_the_sum_falls_the_more_when_it_is_looked_after()
    {
        var faded = await TryAsync("update register.hazards set access = 'Fenced' where code = 'open'");
        var kept = await TryAsync("update register.hazards set access = 'Fenced', last_inspected_at = now() where code = 'open'");
        foreach (var trial in (TripTrial[])[faded, kept])
        {
            Assert.True(trial.After["open"].Visits < trial.Before["open"].Visits);
            Assert.All(trial.Others("open"), w => Assert.InRange(w.After.Visits, w.Before.Visits * (1 - Rounding), double.MaxValue));
            Assert.Contains(trial.Others("open"), w => w.After.Visits > w.Before.Visits * 1.0001);
            Assert.True(trial is { MoreDeaths: < 0, MoreVisits: < 0 });
        }
        Assert.True(kept.MoreDeaths < faded.MoreDeaths);
        Assert.Equal(kept.After["open"].Ratio, kept.Before["open"].Ratio);   // it is no less deadly
    }

    [Fact]
    public async Task What_is_not_known_is_not_0()
    {
        var (unknown, shallow) = (await TryAsync("update register.hazards set depth_metres = null where code = 'open'"),
            await TryAsync("update register.hazards set depth_metres = 0 where code = 'open'"));
        Assert.True(unknown.After["open"].Score > shallow.After["open"].Score);
        Assert.True(unknown.After["open"].Ratio > shallow.After["open"].Ratio);
        Assert.True((await HomesAsync("532601001105", "select")).IsUnknown);
        Assert.False((await HomesAsync("532601001105",
            "update register.divisions set children = 0 where code = '532601001105'")).IsUnknown);
        var estimated = await HomesAsync("532601001102", "select");
        Assert.Equal((true, 1800 * 0.2226 * 0.693), (estimated.IsEstimated, estimated.Aged5To14));
        Assert.Equal(0, (await HomesAsync("532601001102", "update register.divisions set population = 0 where code = '532601001102'"))
            .Aged5To14);
    }

    [Fact]
    public async Task A_filled_water_is_nothing_and_a_closed_one_is_still_there()
    {
        var filled = (await TryAsync("update register.hazards set status = 'Filled' where code = 'open'")).After["open"];
        var closed = await TryAsync("update register.hazards set status = 'Closed' where code = 'open'");
        Assert.Equal((0, 0, 0, "Blue"), (filled.Score, filled.Visits, filled.Ratio, filled.Level));
        Assert.InRange(closed.After["open"].Score, 1e-6, closed.Before["open"].Score * 0.9);
    }

    [Fact]
    public async Task Far_from_all_homes_a_water_scores_0_and_its_mark_is_that_of_its_facts()
    {
        var far = (await TryAsync("select")).Before["far-pit"];
        Assert.Equal((0, 0, "Blue", "IV"), (far.Score, far.Visits, far.Level, far.Class));
        var tame = (await TryAsync("update register.hazards set depth_metres = 0.1, flow = 'Still', bank = 'Gentle', kind = 'Pond' "
            + "where code = 'far-pit'")).After["far-pit"];
        Assert.Equal((0, "I"), (tame.Score, tame.Class));
        var gone = (await TryAsync("update register.hazards set status = 'Filled' where code = 'far-pit'")).After["far-pit"];
        Assert.Equal((0, 0, "I"), (gone.Score, gone.Ratio, gone.Class));
    }

    [Theory]
    [InlineData("insert into register.facilities (code, name, kind, location, division_code, source) select 'new', 'new', 'ChildrensHome', "
        + "location, '532601001104', 'test' from register.hazards where code = 'other'")]
    [InlineData("update register.facilities set status = 'Closed' where code = 'empty-club'")]
    [InlineData("update register.facilities set kind = 'Canteen' where code = 'empty-club'")]
    [InlineData("update register.facilities set location = (select location from register.hazards where code = 'p30') "
        + "where code = 'empty-club'")]
    [InlineData("delete from register.facilities where code = 'empty-club'")]
    public async Task A_childrens_home_where_nobody_has_counted_stands_for_the_homes_of_a_village_all_the_same(string edit)
    {
        const string EmptyClub = """
            update register.divisions set children = 80 where code = '532601001105';
            insert into register.facilities (code, name, kind, location, division_code, source)
            select 'empty-club', 'club', 'ChildrensHome', st_translate(centre::geometry, 0.002, 0.001)::geography, code, 'test'
            from register.divisions where code = '532601001105'
            """;
        var trial = await TripTrial.OfAsync(valley, EmptyClub, edit);
        Assert.Contains(trial.Others(""), w => w.Before.Visits != w.After.Visits);
    }

    [Theory]
    [InlineData("-509.9, 0, 509.9, 0"), InlineData("0, -550, 0, 550")]
    public async Task A_water_across_the_border_of_the_cells_that_changes_are_gathered_in_reaches_whom_it_reaches(string places)
    {
        const string Rim = TripValley.Tools + """
            insert into register.settlements (code, kind, location, division_code, weight, source)
            select 'edge' || i, 'Place', st_project(pg_temp.at(0, 0), 2998, radians(i * 30)), '532601001101', 20, 'test'
            from generate_series(0, 11) i;
            """;
        var trial = await TripTrial.OfAsync(valley, Rim, "insert into register.hazards (code, name, kind, shape, division_code, source) "
            + $"values ('new', 'new', 'Weir', pg_temp.line({places})::geography, '532601001101', 'test')");
        Assert.True(trial.After["new"].Visits > 0);
    }

    private Task<TripTrial> TryAsync(string edit, params object?[] values) => TripTrial.OfAsync(valley, "", edit, values);

    private async Task<HomesOfDivision> HomesAsync(string code, string edit)
    {
        await using var connection = await valley.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginAsAsync("test", CancellationToken.None);
        await connection.ExecuteAsync(edit, CancellationToken.None);
        var stored = await TripReader.ChildrenAsync(connection, CancellationToken.None);
        return ChildrenPlaced.Of(TripParameters.Of((TripRule)RuleFiles.Find("2027-1")), stored).Divisions.Single(d => d.Code == code);
    }
}
