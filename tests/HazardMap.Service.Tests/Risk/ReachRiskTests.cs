using HazardMap.Service.Database;
using HazardMap.Service.Risk;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Tiles;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Tests.Risk;

/// <summary>Rule 2026-2 in the register: stored reaches, explanations, tiles, edits.</summary>
public sealed class ReachRiskTests(RandomWorld world) : IClassFixture<RandomWorld>, IAsyncLifetime
{
    private const string Reaches =
        "select coalesce(string_agg(r::text, ';' order by hazard_id, ordinal), '') from register.hazard_reaches r";
    private static readonly CancellationToken None = CancellationToken.None;

    public Task InitializeAsync() => RunAsync("2026-2");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_water_takes_its_worst_reach_and_the_explanation_names_it()
    {
        var waters = await world.ScalarAsync<long>("select count(distinct hazard_id) from register.hazard_reaches");
        Assert.Equal(await world.ScalarAsync<long>("select count(*) from register.hazards where geometrytype(shape) <> 'POINT'"), waters);
        Assert.Equal(0, await world.ScalarAsync<long>(
            """
            select count(*) from register.hazard_risks r join (select hazard_id, max(score) as worst from register.hazard_reaches
              group by 1) w using (hazard_id)
            where r.score <> w.worst
            """));
        for (var i = 1; i < 60; i += 7)
        {
            var id = await world.ScalarAsync<Guid>("select id from register.hazards where code = $1", $"h2-{i}");
            var answer = (await RiskExplainer.ExplainAsync(world.Database, id, None))!;
            Assert.Equal(await world.ScalarAsync<double>("select score from register.hazard_risks where hazard_id = $1", id), answer.Score);
            Assert.Equal(answer.Score, answer.Exposures.Sum(e => e.Contribution), 1e-9);
            var ordinals = await world.ScalarAsync<int[]>(
                "select array_agg(ordinal order by score desc, ordinal) from register.hazard_reaches where hazard_id = $1", id);
            if (ordinals is null) { Assert.Null(answer.Reach); continue; }
            Assert.Equal((ordinals[0], ordinals.Length), (answer.Reach!.Ordinal, answer.Reach.Of));
        }
    }

    [Fact]
    public async Task A_reason_names_a_reach_where_a_water_has_several_and_nowhere_else()
    {
        var division = await world.ScalarAsync<string>("select min(division_code) from register.hazards");
        var worst = (await RiskViews.WorstAsync(world.Database, division, RiskViews.MostWorst, None)).Single().Hazards;
        var cut = await world.ScalarAsync<Guid[]>("select array_agg(hazard_id) from (select hazard_id from register.hazard_reaches "
            + "group by 1 having count(*) > 1) h");
        Assert.Contains(worst, h => cut!.Contains(h.Id));
        Assert.All(worst, h => Assert.Equal(cut!.Contains(h.Id),
            h.ReasonZh.Contains("公里处", StringComparison.Ordinal) || h.ReasonZh.Contains(" 块，", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Edits_leave_the_reaches_that_a_full_run_gives()
    {
        var random = new Random(6);
        for (var i = 0; i < 30; i++)
        {
            await using var connection = await world.Database.OpenConnectionAsync();
            await using var transaction = await connection.BeginAsAsync("test", None);
            var (sql, code) = (i % 3) switch
            {
                0 => ("update register.facilities set location = st_translate(location::geometry, 0.003, 0.001)::geography where code = $1",
                    $"f{random.Next(5)}-{random.Next(60)}"),
                1 => ("update register.hazards set shape = st_buffer(location, 1200) where code = $1",
                    $"h{random.Next(5)}-{random.Next(60)}"),
                _ => ("update register.hazards set shape = st_makeline(location::geometry, "
                    + "st_translate(location::geometry, 0.02, 0.01))::geography where code = $1", $"h{random.Next(5)}-{random.Next(60)}"),
            };
            await using (var edit = connection.Command(sql, code)) await edit.ExecuteNonQueryAsync();
            await RiskUpdate.ScoreWaitingAsync(connection, RiskCause.Edit, None);
            await transaction.CommitAsync();
        }
        var incremental = await world.ScalarAsync<string>(Reaches);
        Assert.Equal(0, (await RiskRun.CheckAsync(world.Database, null, None)).Different);
        await world.ExecuteAsync("truncate register.hazard_reaches");
        await RunAsync("2026-2");
        Assert.Equal(await world.ScalarAsync<string>(Reaches), incremental);
        Assert.Equal(0, (await RiskRun.RunAsync(world.Database, null, "test", None)).Changed);
    }

    [Fact]
    public async Task A_rule_that_scores_waters_whole_has_no_reaches_and_both_rules_stay_at_hand()
    {
        await RunAsync("2026-1");
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from register.hazard_reaches"));
        await RunAsync("2026-2");
        Assert.NotEqual(0, await world.ScalarAsync<long>("select count(*) from register.hazard_reaches"));
    }

    [Fact]
    public async Task The_map_colours_each_reach_and_is_told_when_one_changes()
    {
        var at = await world.ScalarAsync<Point>(
            """
            select st_startpoint(shape::geometry) from register.hazard_reaches
            where geometrytype(shape) = 'LINESTRING' and st_length(shape) > 200 and st_x(st_startpoint(shape::geometry)) between 104
              and 105 limit 1
            """);
        var (x, y, _, _) = ValleyOfWaters.Locate(at!.X, at.Y, 13);
        var tile = await world.ScalarAsync<byte[]>("select tiles.reaches(13, $1, $2)", x, y);
        var reaches = VectorTile.Read(tile!, "reaches").ToList();
        Assert.NotEmpty(reaches);
        Assert.All(reaches, r => Assert.True(Enum.TryParse<HazardMap.Register.RiskLevel>(r.Text("level"), out _)));
        var changed = await ChangedLayersAsync("update register.hazard_reaches set score = score + 1 where ordinal = 1 and hazard_id = $1",
            Guid.Parse(reaches[0].Text("id")));
        Assert.NotEmpty(changed);
        Assert.All(changed, layer => Assert.Equal("reaches", layer));
    }

    private async Task<List<string>> ChangedLayersAsync(string sql, Guid hazard)
    {
        await using var connection = await world.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var edit = connection.Command(sql, hazard)) await edit.ExecuteNonQueryAsync();
        await using var command = connection.Command("select layer from register.map_changes where xid = pg_current_xact_id()");
        await using var rows = await command.ExecuteReaderAsync();
        var layers = new List<string>();
        while (await rows.ReadAsync()) layers.Add(rows.GetString(0));
        return layers;
    }

    private Task RunAsync(string rule) => RiskRun.RunAsync(world.Database, rule, "test", None);
}
