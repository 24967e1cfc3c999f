using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Runs;

namespace HazardMap.Service.Tests.Risk;

/// <summary>Edits re-score what they touch, in their own transaction; afterwards a full run finds nothing to change.</summary>
public sealed class RiskEditTests(RandomWorld world) : IClassFixture<RandomWorld>, IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly Random _random = new(5);

    public Task InitializeAsync() => RiskRun.RunAsync(world.Database, null, "test", None);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Any_sequence_of_edits_leaves_what_a_full_run_gives()
    {
        for (var i = 0; i < 150; i++)
        {
            await EditAsync(_random.Next(7));
            if (i % 30 == 29) await AssertCurrentAsync();
        }
    }

    [Fact]
    public async Task Edits_at_the_same_time_leave_what_a_full_run_gives()
    {
        var edits = Enumerable.Range(0, 4).Select(async worker =>
        {
            for (var i = 0; i < 15; i++)
                if (worker % 2 == 0) await ChangeHazardAsync($"h1-{(i + worker) % 60}", "depth_metres = 5 * random()");
                else await ChangeFacilityAsync($"f1-{(i * 3 + worker) % 60}", "aged_5_to_14 = (900 * random())::integer");
        });
        await Task.WhenAll([.. edits, RiskRun.RunAsync(world.Database, null, "test", None)]);
        await AssertCurrentAsync();
    }

    [Fact]
    public async Task An_edit_that_is_rolled_back_leaves_the_score()
    {
        await using var connection = await world.Database.OpenConnectionAsync();
        await using (var transaction = await connection.BeginAsAsync("test", None))
        {
            await connection.ExecuteAsync("update register.hazards set kind = 'Weir', depth_metres = 3 where code = $1", None, "h1-0");
            await RiskUpdate.ScoreWaitingAsync(connection, RiskCause.Edit, None);
        }
        await AssertCurrentAsync();
    }

    [Theory]
    [InlineData("2026-1"), InlineData("2026-2")]
    public async Task A_run_waits_for_nobody_who_has_locked_a_water_even_if_it_has_moved(string rule)
    {
        await RiskRun.RunAsync(world.Database, "2026-3", "test", None);
        await world.ExecuteAsync("update register.hazards set shape = st_translate(location::geometry, 0.0002, 0.0001)::geography, "
            + "depth_metres = 6 - coalesce(depth_metres, 0) where code in ('h1-7', 'h2-7')");
        await using var connection = await world.Database.OpenConnectionAsync();
        await using (await connection.BeginTransactionAsync())
        {
            await using (var hold = connection.Command("select from register.hazards for update")) await hold.ExecuteNonQueryAsync();
            await RiskRun.RunAsync(world.Database, rule, "test", None).WaitAsync(TimeSpan.FromSeconds(10));
        }
        await AssertCurrentAsync();
        await RiskRun.RunAsync(world.Database, RuleFiles.Default, "test", None);
    }

    [Fact]
    public async Task A_score_that_somebody_wrote_by_hand_is_found()
    {
        await world.ExecuteAsync("update register.hazard_risks set score = score + 1 "
            + "where hazard_id = (select id from register.hazards where code = 'h0-1')");
        var report = await RiskRun.CheckAsync(world.Database, null, None);
        Assert.Equal(1, report.Different);
        Assert.Equal(1, report.LargestDifference, 1e-6);
        await RiskRun.RunAsync(world.Database, null, "test", None);
    }

    [Fact]
    public async Task Many_changes_after_a_change_of_roads_score_everything_even_if_the_rule_never_looks_at_roads()
    {
        await using var connection = await world.Database.OpenConnectionAsync();
        await using (await connection.BeginAsAsync("test", None))
        {
            await connection.ExecuteAsync("insert into register.risk_queue (about_roads) values (true)", None);
            await connection.ExecuteAsync(
                "select register.queue_risks(array(select gen_random_uuid() from generate_series(1, 1001)), null)", None);
            var everything = await connection.ScalarAsync<long>("select count(*) from register.risk_queue "
                + "where num_nonnulls(hazard_id, place) = 0 and not about_roads", None);
            Assert.Equal(1, everything);
        }
    }

    private async Task EditAsync(int what)
    {
        string hazard = $"h{_random.Next(6)}-{_random.Next(60)}", facility = $"f{_random.Next(6)}-{_random.Next(60)}";
        await (what switch
        {
            0 => ChangeHazardAsync(hazard, "depth_metres = 5 * random(), has_pole = not has_pole"),
            1 => ChangeHazardAsync(hazard, "status = case status when 'Closed' then 'Active' else 'Closed' end"),
            2 => ChangeHazardAsync(hazard, "shape = st_buffer(st_translate(location::geometry, 0.0003, 0.0003)::geography, 40)"),
            3 => ChangeFacilityAsync(facility, "under5 = (80 * random())::integer, aged_5_to_14 = 0"),
            4 => ChangeFacilityAsync(facility, "location = st_translate(location::geometry, case when st_x(location::geometry) "
                + "> 0 then -0.02 else 0.02 end, 0.01)::geography"),
            5 => ChangeFacilityAsync(facility, "under5 = 0, aged_5_to_14 = 0"),
            _ => ChangeFacilityAsync(facility, "aged_5_to_14 = aged_5_to_14 + 100"),
        });
    }

    private async Task ChangeHazardAsync(string code, string change)
    {
        await using var connection = await world.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginAsAsync("test", None);
        await connection.ExecuteAsync($"update register.hazards set {change} where code = $1", None, code);
        await RiskUpdate.ScoreWaitingAsync(connection, RiskCause.Edit, None);
        await transaction.CommitAsync();
    }

    private async Task ChangeFacilityAsync(string code, string change)
    {
        await using var connection = await world.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginAsAsync("test", None);
        await connection.ExecuteAsync($"update register.facilities set {change} where code = $1", None, code);
        await RiskUpdate.ScoreWaitingAsync(connection, RiskCause.Edit, None);
        await transaction.CommitAsync();
    }

    private async Task AssertCurrentAsync() => Assert.Equal(0, (await RiskRun.CheckAsync(world.Database, null, None)).Different);
}
