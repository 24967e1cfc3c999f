using HazardMap.Service.Proximity;
using HazardMap.Service.Tests.Imports;

namespace HazardMap.Service.Tests.Proximity;

/// <summary>Real rivers, lakes and streams with their shapes, against all pairs in PostGIS.</summary>
public sealed class LiechtensteinRiskTests(Liechtenstein liechtenstein) : IClassFixture<Liechtenstein>
{
    [Fact]
    public async Task Every_water_of_Liechtenstein_scores_what_PostGIS_says_and_a_run_after_the_import_changes_nothing()
    {
        if (liechtenstein.Report is null) return; // SharedData has said so
        var check = await RiskStore.CheckAsync(liechtenstein.Database, null, CancellationToken.None);
        Assert.Equal(0, check.Different);
        await using var connection = await liechtenstein.Database.OpenConnectionAsync();
        var rows = await RiskOracle.AskAsync(connection, nearOnly: false);
        Assert.Equal(check.Hazards, rows.Count);
        Assert.True(rows.Sum(r => r.Pairs) > 1000);
        Assert.DoesNotContain(rows, r => !r.Agrees);
    }
}
