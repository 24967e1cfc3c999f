using HazardMap.Risk.Rules;
using HazardMap.Service.Risk;
using HazardMap.Service.Risk.Runs;
using Npgsql;

namespace HazardMap.Service.Tests.Risk;

public sealed class RiskOracleTests(RandomWorld world) : IClassFixture<RandomWorld>
{
    [Fact]
    public async Task A_full_run_equals_PostGIS_brute_force_pair_by_pair()
    {
        var report = await RiskRun.RunAsync(world.Database, null, "test", CancellationToken.None);
        var rows = await OracleAsync(world.Database);
        Assert.Equal(rows.Count, report.Hazards);
        Assert.Equal(rows.Sum(r => r.Pairs), report.Pairs);
        Assert.True(report.Pairs > 3_000);
        foreach (var (code, _, expected, score) in rows)
            Assert.True(Math.Abs(score - expected) <= 1e-6 * expected, $"{code}: {score} is not {expected}");
        Assert.Equal(0, (await RiskRun.RunAsync(world.Database, null, "test", CancellationToken.None)).Changed);
    }

    [Fact]
    public async Task Explanations_give_the_stored_score_and_multiply_out_to_it()
    {
        await RiskRun.RunAsync(world.Database, null, "test", CancellationToken.None);
        for (var i = 0; i < 60; i += 3)
        {
            var id = await world.ScalarAsync<Guid>("select id from register.hazards where code = $1", $"h2-{i}");
            var stored = await world.ScalarAsync<double>("select score from register.hazard_risks where hazard_id = $1", id);
            var answer = (await RiskExplainer.ExplainAsync(world.Database, id, CancellationToken.None))!;
            Assert.Equal(stored, answer.Score);
            var product = answer.Factors.Aggregate(1.0, (p, f) => p * f.Multiplier);
            var sum = answer.Exposures.Sum(e => e.Contribution);
            Assert.True(Math.Abs(sum - stored) <= 1e-12 * stored);
            var exposure = answer.Exposures.Sum(e => e.Exposure);
            Assert.True(Math.Abs(exposure * product - stored) <= 1e-12 * stored);
            Assert.All(answer.Exposures, e => Assert.Equal(DistanceMode.Straight, e.Mode));
        }
    }

    [Fact]
    public async Task There_is_no_explanation_of_nothing() =>
        Assert.Null(await RiskExplainer.ExplainAsync(world.Database, Guid.NewGuid(), CancellationToken.None));

    [Fact]
    public async Task An_unknown_rule_is_refused_and_the_known_ones_are_named()
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => RiskRun.RunAsync(world.Database, "1999-9", "test",
            CancellationToken.None));
        Assert.Contains("2026-1", refusal.Message);
    }

    private static async Task<List<RiskOracle.Row>> OracleAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await RiskOracle.AskAsync(connection, nearOnly: false);
    }
}
