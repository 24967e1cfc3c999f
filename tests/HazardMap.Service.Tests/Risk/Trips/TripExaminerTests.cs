using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Risk.Trips;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Risk.Trips;

/// <summary>Scores by rule 2027-1 beside those of a script that was written from the specification.</summary>
public sealed class TripExaminerTests(TripValley valley) : IClassFixture<TripValley>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task The_scale_gives_the_deaths_and_margins_it_is_made_for_and_every_child_is_in_one_place_at_every_hour()
    {
        await RiskRun.RunAsync(valley.Database, "2027-1", "test", None);
        await using var connection = await valley.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginAsAsync("test", None);
        await RiskRun.RunAsync(connection, null, RiskCause.Import, RiskRunProgress.ToNobody, None, ScaleWish.Anew);
        await transaction.CommitAsync();
        await TripExaminer.AssertAgreesAsync(valley.ConnectionString, ofScale: true);
    }

    [Fact]
    public async Task Every_score_is_that_of_the_specification_after_a_run_and_after_edits()
    {
        await TripExaminer.AssertAgreesAsync(valley.ConnectionString);
        foreach (var edit in (string[])[
            "update register.hazards set depth_metres = 1.1, bank = null, has_ring = true where code in ('open', 'p4')",
            "update register.facilities set aged_5_to_14 = 210, boarders = 30, stages = 'Both' where code = 'primary'",
            "update register.settlements set weight = 7 where code in ('a3', 'f2')",
            "update register.divisions set children = null, population = 700 where code = '532601001101'",
            "update register.hazards set shape = st_translate(shape::geometry, 0.004, 0.001)::geography where code in ('river', 'lake')"])
        {
            await using var connection = await valley.Database.OpenConnectionAsync();
            await using var transaction = await connection.BeginAsAsync("test", None);
            await connection.ExecuteAsync(edit, None);
            await RiskUpdate.ScoreWaitingAsync(connection, RiskCause.Edit, None);
            await transaction.CommitAsync();
        }
        await TripExaminer.AssertAgreesAsync(valley.ConnectionString);
    }

    [Fact]
    public async Task Where_all_waters_are_points_scores_are_those_of_the_specification_to_1e_9()
    {
        await using var connection = await valley.Database.OpenConnectionAsync();
        await connection.ExecuteAsync("create table if not exists kept as select id, shape from register.hazards where code not like 'p%'; "
            + "update register.hazards set shape = location", None);
        await RiskQueueWorker.CatchUpAsync(valley.Database, None);
        await TripExaminer.AssertAgreesAsync(valley.ConnectionString);
        await connection.ExecuteAsync("update register.hazards h set shape = k.shape from kept k where k.id = h.id; drop table kept", None);
        await RiskQueueWorker.CatchUpAsync(valley.Database, None);
        await TripExaminer.AssertAgreesAsync(valley.ConnectionString);
    }

    [Fact]
    public async Task The_examiner_sees_a_score_that_is_off_by_a_millionth_and_names_the_water()
    {
        const string By = "update register.hazard_risks set score = score * {0}, risk_high = risk_high * 2 where hazard_id = "
            + "(select id from register.hazards where code = 'brook')";
        await valley.ExecuteAsync(By.Replace("{0}", "1.000001", StringComparison.Ordinal));
        var answer = await TripExaminer.AskAsync(valley.ConnectionString);
        await valley.ExecuteAsync("update register.hazard_risks set score = null, level = null, rule = null, scored_at = null, "
            + "visits = null, deadliness_ratio = null, deadliness = null, risk_low = null, risk_high = null, level_held = null, "
            + "trips = null");
        await RiskRun.RunAsync(valley.Database, "2027-1", "test", None);
        if (answer is not { } told) return;
        Assert.Equal(1, told.ExitCode);
        Assert.Contains("brook score", told.Text, StringComparison.Ordinal);
    }
}

/// <summary>Registers that no scale can be made of.</summary>
public sealed class TripEmptinessTests
{
    private const string Pond = "insert into register.hazards (code, name, kind, shape, division_code, depth_metres, source) "
        + "values ('pond', 'pond', 'Pond', 'point(104.001 23)', '99', 2, 'test')";

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Without_children_scores_are_0_and_there_is_no_scale()
    {
        await using var register = new Emptied();
        await register.InitializeAsync(null);
        await register.ExecuteAsync(Pond);
        var report = await RiskRun.RunAsync(register.Database, "2027-1", "test", None);
        Assert.Equal((1, 1), (report.Hazards, report.Levels["Blue"]));
        Assert.Equal("0 0 0", await register.ScalarAsync<string>(
            "select concat_ws(' ', score, visits, (select count(*) from register.risk_scales)) from register.hazard_risks"));
        Assert.Equal(0, (await RiskRun.CheckAsync(register.Database, null, None)).Different);
        await TripExaminer.AssertAgreesAsync(register.ConnectionString);
    }

    [Fact]
    public async Task With_children_and_no_waters_the_first_water_makes_the_scale()
    {
        await using var register = new Emptied();
        await register.InitializeAsync(1000);
        await RiskRun.RunAsync(register.Database, "2027-1", "test", None);
        Assert.Equal(0, await register.ScalarAsync<long>("select count(*) from register.risk_scales"));
        await using (var connection = await register.Database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginAsAsync("test", None))
        {
            await connection.ExecuteAsync(Pond, None);
            await RiskUpdate.ScoreWaitingAsync(connection, RiskCause.Edit, None);
            await transaction.CommitAsync();
        }
        // All that are expected to drown drown in the one water.
        var deaths = 1000 * 1000 * 0.9 * (0.2456 * 3.69 + 0.693 * 3.06) / 1e5;
        Assert.Equal(deaths, await register.ScalarAsync<double>("select score from register.hazard_risks"), 1e-9 * deaths);
        Assert.Equal(1, await register.ScalarAsync<long>("select count(*) from register.risk_scales"));
        Assert.Equal(0, (await RiskRun.CheckAsync(register.Database, null, None)).Different);
        await TripExaminer.AssertAgreesAsync(register.ConnectionString, ofScale: true);
    }

    private sealed class Emptied : EmptyRegister, IAsyncDisposable
    {
        public async Task InitializeAsync(int? children)
        {
            await InitializeAsync();
            await ExecuteAsync("insert into register.divisions (code, name, level, centre, children, source) "
                + "values ('99', 'Village', 'Village', 'point(104 23)', $1, 'test')", children);
        }

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
