using HazardMap.Service.Database;
using HazardMap.Service.Proximity;
using HazardMap.Service.Tests.Sample;

namespace HazardMap.Service.Tests.Proximity;

/// <summary>The whole sample, in a transaction that is rolled back: others read the same register.</summary>
[Collection(WenshanRegister.Shared)]
public sealed class WenshanRiskTests(WenshanRegister wenshan)
{
    [Fact]
    public async Task Every_water_of_Wenshan_scores_what_PostGIS_says_and_the_levels_form_a_pyramid()
    {
        await using var connection = await wenshan.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginAsAsync("test", CancellationToken.None);
        var report = await RiskStore.RunAsync(connection, null, CancellationToken.None);
        var rows = await RiskOracle.AskAsync(connection, nearOnly: true);
        Assert.Equal(24_900, report.Hazards);
        Assert.Equal(rows.Sum(r => r.Pairs), report.Pairs);
        Assert.DoesNotContain(rows, r => !r.Agrees);
        Assert.InRange(report.Levels["Red"], 1, report.Levels["Orange"] / 2);
        Assert.InRange(report.Levels["Orange"], 1, report.Levels["Yellow"] / 2);
        Assert.InRange(report.Levels["Yellow"], 1, report.Levels["Blue"] / 2);
    }
}
