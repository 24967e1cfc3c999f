using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Sample;

namespace HazardMap.Service.Tests.Risk;

/// <summary>The whole sample, in a transaction that is rolled back: others read the same register.</summary>
[Collection(WenshanRegister.Shared)]
public sealed class WenshanRiskTests(WenshanRegister wenshan)
{
    [Fact]
    public async Task Every_water_of_Wenshan_scores_what_PostGIS_says_and_the_levels_form_a_pyramid()
    {
        await using var connection = await wenshan.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginAsAsync("test", CancellationToken.None);
        var report = await RiskRun.RunAsync(connection, "2026-1", CancellationToken.None);
        var rows = await RiskOracle.AskAsync(connection, nearOnly: true);
        Assert.Equal(24_900, report.Hazards);
        Assert.Equal(rows.Sum(r => r.Pairs), report.Pairs);
        Assert.DoesNotContain(rows, r => !r.Agrees);
        Assert.InRange(report.Levels["Red"], 1, report.Levels["Orange"] / 2);
        Assert.InRange(report.Levels["Orange"], 1, report.Levels["Yellow"] / 2);
        Assert.InRange(report.Levels["Yellow"], 1, report.Levels["Blue"] / 2);
    }

    [Fact]
    public async Task Under_2026_2_no_water_of_Wenshan_scores_more_than_as_a_whole_and_each_takes_its_worst_reach()
    {
        await using var connection = await wenshan.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginAsAsync("test", CancellationToken.None);
        await RiskRun.RunAsync(connection, "2026-1", CancellationToken.None);
        await using (var keep = connection.Command("create temp table whole on commit drop as select hazard_id, score "
            + "from register.hazard_risks")) await keep.ExecuteNonQueryAsync();
        var report = await RiskRun.RunAsync(connection, "2026-2", CancellationToken.None);
        Assert.InRange(report.Seconds.Total, 0, 30);
        await using var command = connection.Command(
            """
            select count(*) filter (where r.score > w.score * (1 + 1e-9)), count(*) filter (where r.score <> reaches.worst),
              count(reaches.worst)
            from register.hazard_risks r join whole w using (hazard_id)
            left join (select hazard_id, max(score) as worst from register.hazard_reaches group by 1) reaches using (hazard_id)
            """);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        Assert.Equal((0L, 0L), (row.GetInt64(0), row.GetInt64(1)));
        Assert.True(row.GetInt64(2) > 1000);
    }
}
