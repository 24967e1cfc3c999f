using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Exchange;
using HazardMap.Service.Tests.Risk.Trips;

namespace HazardMap.Service.Tests.Risk;

/// <summary>Real rivers, lakes and streams with their shapes, against all pairs in PostGIS.</summary>
public sealed class LiechtensteinRiskTests(Liechtenstein liechtenstein) : IClassFixture<Liechtenstein>
{
    [Fact]
    public async Task Every_water_of_Liechtenstein_scores_what_specifications_say_and_a_run_after_the_import_changes_nothing()
    {
        if (liechtenstein.Report is null) return; // SharedData has said so
        var check = await RiskRun.CheckAsync(liechtenstein.Database, null, CancellationToken.None);
        Assert.Equal(0, check.Different);
        await RiskRun.RunAsync(liechtenstein.Database, "2027-1", "test", CancellationToken.None);
        await TripExaminer.AssertAgreesAsync(liechtenstein.ConnectionString);
        await RiskRun.RunAsync(liechtenstein.Database, "2026-1", "test", CancellationToken.None);
        await using var connection = await liechtenstein.Database.OpenConnectionAsync();
        var rows = await RiskOracle.AskAsync(connection, nearOnly: false);
        Assert.Equal(check.Hazards, rows.Count);
        Assert.True(rows.Sum(r => r.Pairs) > 1000);
        Assert.DoesNotContain(rows, r => !r.Agrees);
    }

    [Fact]
    public async Task Ways_to_school_run_beside_the_waters_for_as_long_as_PostGIS_says()
    {
        if (liechtenstein.Report is null) return; // SharedData has said so
        await using var connection = await liechtenstein.Database.OpenConnectionAsync();
        await using var command = connection.Command(
            """
            select w.metres, w.ways, (
              select sum(st_length(st_intersection(y.geom, st_buffer(h.shape, 50, 64)::geometry)::geography))
              from register.ways y where y.facility_id = w.facility_id and st_dwithin(y.geom::geography, h.shape, 50))
            from register.way_waters w join register.hazards h on h.id = w.hazard_id
            """);
        await using var rows = await command.ExecuteReaderAsync();
        var count = 0;
        for (; await rows.ReadAsync(); count++)
            // Each way enters and leaves the band at a step of its own.
            Assert.InRange(rows.GetDouble(0), rows.GetDouble(2) * 0.97 - 20 * rows.GetInt32(1),
                rows.GetDouble(2) * 1.03 + 20 * rows.GetInt32(1));
        Assert.True(count > 20);
    }
}
