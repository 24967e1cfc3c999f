using HazardMap.Risk.Rules;
using HazardMap.Service.Database;
using HazardMap.Service.Risk;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Runs;

namespace HazardMap.Service.Tests.Risk;

/// <summary>Rules 2026-1-walk and 2026-2-walk: how far children really walk to a water.</summary>
public sealed class WalkRiskTests(RiverTown town) : IClassFixture<RiverTown>, IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    public Task InitializeAsync() => RunAsync("2026-1-walk");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_river_between_school_and_pond_shows()
    {
        var way = Assert.Single((await ExplainAsync("pond")).Exposures);
        Assert.Equal(DistanceMode.Walk, way.Mode);
        Assert.Equal(20 + 1000 + 200 + 1000 + 20, way.DistanceMetres, 1.0);
        Assert.Equal(20, way.DoorMetres!.Value, 0.1);
        Assert.Equal(2200, way.PathMetres!.Value, 1.0);
        Assert.Equal(20, way.BankMetres!.Value, 0.1);
        await RunAsync("2026-1");
        Assert.Equal(240, Assert.Single((await ExplainAsync("pond")).Exposures).DistanceMetres, 0.3);
    }

    [Fact]
    public async Task The_network_is_nearest_to_a_river_on_its_bridge()
    {
        var way = (await ExplainAsync("river")).Exposures.Single(e => e.FacilityName == "school");
        Assert.Equal(20 + 1000 + 100, way.DistanceMetres, 1.0);
        Assert.Equal(0, way.BankMetres!.Value);
    }

    [Fact]
    public async Task Where_there_is_no_path_the_distance_stays_straight()
    {
        var well = (await ExplainAsync("well")).Exposures.ToDictionary(e => e.FacilityName, StringComparer.Ordinal);
        Assert.Equal(DistanceMode.Walk, well["kindergarten"].Mode);
        Assert.Equal(10 + 100, well["kindergarten"].DistanceMetres, 0.5);
        // The school is 3,197 m away as the crow flies: too far. The lake's and the kindergarten's roads are not joined.
        var lake = (await ExplainAsync("lake")).Exposures.ToDictionary(e => e.FacilityName, StringComparer.Ordinal);
        Assert.Equal(DistanceMode.Straight, lake["kindergarten"].Mode);
        Assert.Null(lake["kindergarten"].PathMetres);
        Assert.Equal(Math.Sqrt(2000 * 2000 + 760 * 760), lake["kindergarten"].DistanceMetres, 5.0);
        Assert.Equal(DistanceMode.Walk, lake["school"].Mode);
    }

    [Fact]
    public async Task A_way_is_never_shorter_than_the_crow_flies_and_one_beyond_the_cut_off_does_not_count()
    {
        foreach (var code in new[] { "pond", "river", "well", "lake" })
            Assert.All((await ExplainAsync(code)).Exposures, e => Assert.InRange(e.DistanceMetres, 0, 3000));
        await town.AddFacilityAsync("far", "School", (-1000, -120), 100);   // 1000 m straight to the pond's road end, and then no more
        await RunAsync("2026-1-walk");
        var pond = (await ExplainAsync("pond")).Exposures;
        Assert.All(pond, e => Assert.True(e.DistanceMetres >= 240 - 1));
        await town.ExecuteAsync("delete from register.facilities where code = 'far'");
        await RunAsync("2026-1-walk");
    }

    [Fact]
    public async Task By_the_second_walking_rule_the_river_before_the_school_is_as_near_as_it_looks()
    {
        // The bridge is a kilometre off; the bank is a hundred metres from the road that passes the school.
        await RunAsync("2026-2-walk");
        var way = (await ExplainAsync("river")).Exposures.Single(e => e.FacilityName == "school");
        Assert.Equal((DistanceMode.Walk, 0), (way.Mode, way.PathMetres!.Value));
        Assert.Equal(20 + 100, way.DistanceMetres, 0.5);
        Assert.Equal(100, way.BankMetres!.Value, 0.5);
        // The pond lies across the river: within 250 m of the road on this side.
        Assert.Equal(240, Assert.Single((await ExplainAsync("pond")).Exposures).DistanceMetres, 0.5);
        // The well is 100 m from the path of the island; the lake's own road is not joined with it.
        var well = (await ExplainAsync("well")).Exposures.Single(e => e.FacilityName == "kindergarten");
        Assert.Equal((DistanceMode.Walk, 110), (well.Mode, Math.Round(well.DistanceMetres)));
        Assert.Equal(DistanceMode.Straight,
            (await ExplainAsync("lake")).Exposures.Single(e => e.FacilityName == "kindergarten").Mode);
    }

    [Fact]
    public async Task The_second_walking_rule_can_be_tried_turned_and_asked_before_it_is_in_force()
    {
        var tried = await RiskComparison.CompareAsync(town.Database, "2026-2-walk", None);
        Assert.Equal(("2026-2-walk", 4), (tried.Rule, tried.Hazards));
        Assert.True(tried.ScoresChanged > 0);
        var turned = await RiskSensitivityRun.RunAsync(town.Database, "2026-2-walk", 20, None);
        Assert.Equal((200, 300), Assert.Single(turned.Parameters.Where(p => p.Path == "distance.bankMetres")
            .Select(p => (p.Lower.Value, p.Higher.Value))));
        await RunAsync("2026-2-walk");
        Assert.Equal(0, (await RiskRun.CheckAsync(town.Database, "2026-2-walk", None)).Different);
        var pond = await town.ScalarAsync<Guid>("select id from register.hazards where code = 'pond'");
        var (_, rule, explained) = (await RiskExplainer.ReadAsync(town.Database, pond, None))!.Value;
        Assert.Equal("2026-2-walk", rule.Version);
        Assert.Equal(240, Assert.Single(explained.Exposures).DistanceMetres, 0.5);
    }

    [Theory]
    [InlineData("2026-1-walk")]
    [InlineData("2026-2-walk")]
    public async Task Edits_by_a_walking_rule_leave_what_a_full_run_gives(string rule)
    {
        await RunAsync(rule);
        var random = new Random(8);
        for (var i = 0; i < 40; i++)
        {
            await using var connection = await town.Database.OpenConnectionAsync();
            await using var transaction = await connection.BeginAsAsync("test", None);
            if (i % 2 == 0) await MoveSchoolAsync(connection, random);
            else await MovePondAsync(connection, random);
            await RiskUpdate.ScoreWaitingAsync(connection, RiskCause.Edit, None);
            await transaction.CommitAsync();
        }
        Assert.Equal(0, (await RiskRun.CheckAsync(town.Database, null, None)).Different);
        await town.ExecuteAsync("update register.facilities set location = $1 where code = 'school'",
            Ewkb.Factory.CreatePoint(RiverTown.At(0, 120)));
        await town.ExecuteAsync("update register.hazards set shape = $1 where code = 'pond'",
            Ewkb.Factory.CreatePoint(RiverTown.At(0, -120)));
    }

    [Fact]
    public async Task A_new_bridge_is_seen_by_the_next_run_and_a_check_finds_what_is_stale()
    {
        await town.AddRoadAsync(5, 1, 4, (0, 100), (0, -100));
        Assert.NotEqual(0, (await RiskRun.CheckAsync(town.Database, null, None)).Different);
        await RunAsync("2026-1-walk");
        Assert.Equal(240, Assert.Single((await ExplainAsync("pond")).Exposures).DistanceMetres, 0.5);
        await town.ExecuteAsync("delete from register.road_edges where way_id = 5");
        await RunAsync("2026-1-walk");
        Assert.Equal(0, (await RiskRun.CheckAsync(town.Database, null, None)).Different);
    }

    private static async Task MoveSchoolAsync(Npgsql.NpgsqlConnection connection, Random random)
    {
        await using var command = connection.Command("update register.facilities set location = $1 where code = 'school'",
            Ewkb.Factory.CreatePoint(RiverTown.At(random.Next(-200, 1500), random.Next(-300, 300))));
        await command.ExecuteNonQueryAsync();
    }

    private static async Task MovePondAsync(Npgsql.NpgsqlConnection connection, Random random)
    {
        await using var command = connection.Command("update register.hazards set shape = $1 where code = 'pond'",
            Ewkb.Factory.CreatePoint(RiverTown.At(random.Next(-200, 1500), random.Next(-300, 300))));
        await command.ExecuteNonQueryAsync();
    }

    private Task RunAsync(string rule) => RiskRun.RunAsync(town.Database, rule, "test", None);

    private async Task<Explanation> ExplainAsync(string code)
    {
        var id = await town.ScalarAsync<Guid>("select id from register.hazards where code = $1", code);
        var answer = (await RiskExplainer.ExplainAsync(town.Database, id, None))!;
        var stored = await town.ScalarAsync<double>("select score from register.hazard_risks where hazard_id = $1", id);
        Assert.Equal(stored, answer.Score);
        return answer;
    }
}
