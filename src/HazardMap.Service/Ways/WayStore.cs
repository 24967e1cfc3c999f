using System.Diagnostics;
using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Database;
using HazardMap.Service.Network;
using HazardMap.Ways;
using Npgsql;

namespace HazardMap.Service.Ways;

/// <summary>What a computation of the ways to school did.</summary>
internal sealed record WaysReport(double WithinMetres, double FarthestMetres, int Schools, int Origins, int Ways, int Unserved,
    int Waters, double Seconds);

/// <summary>
/// Computes all ways to school and keeps them in the register. From then on <see cref="WayUpdate"/> follows every change.
/// </summary>
internal static class WayStore
{
    /// <summary>What counts as near a way, when nothing else is asked.</summary>
    public const double WithinMetres = 50;

    /// <summary>Nobody is taken to walk farther: an hour and a quarter of a child's pace. Expert prior.</summary>
    public const double FarthestMetres = 5000;

    /// <summary>Computes everything in a transaction of its own.</summary>
    public static async Task<WaysReport> ComputeAsync(NpgsqlDataSource database, double within, double farthest,
        string actor, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(actor, stop);
        var report = await ComputeAsync(connection, within, farthest, stop);
        await transaction.CommitAsync(stop);
        return report;
    }

    /// <summary>The same in the caller's transaction, such as an import of roads.</summary>
    /// <exception cref="RefusalException">No roads are loaded, or a number makes no sense.</exception>
    public static async Task<WaysReport> ComputeAsync(NpgsqlConnection connection, double within, double farthest, CancellationToken stop)
    {
        WayRefusals.Check(within, "within", 1, 1000);
        WayRefusals.Check(farthest, "farthest", 100, 50_000);
        await WayLock.TakeAsync(connection, stop);
        if ((await RoadNetworks.OfAsync(connection, RoadProfile.Walk, stop)).Network.IsEmpty) throw WayRefusals.NoRoads();
        return await RecomputeAsync(connection, within, farthest, stop);
    }

    /// <summary>Computes everything, whoever waits for the lock has it; where the roads are gone, so are the ways.</summary>
    public static async Task<WaysReport> RecomputeAsync(NpgsqlConnection connection, double within, double farthest, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        // What is noted now is about to be read; what is noted later stays for later.
        await connection.ExecuteAsync("delete from register.way_queue; update register.way_state set as_of = current_date", stop);
        var roads = (await RoadNetworks.OfAsync(connection, RoadProfile.Walk, stop)).Network;
        var origins = await WayReader.OriginsAsync(connection, stop);
        var (ways, schools) = (new List<StoredWay>(), 0);
        foreach (var kind in FacilityKinds.Schools)
        {
            var found = await WayReader.SchoolsAsync(connection, kind, stop);
            schools += found.Count;
            ways.AddRange(SchoolWays.Find(roads, found.ConvertAll(s => s.School), origins.ConvertAll(o => o.Origin), farthest, stop)
                .Select(way => new StoredWay(found[way.School], origins[way.Origin], way)));
        }
        await WayWriter.ReplaceWaysAsync(connection, ways, stop);
        var waters = await WayWaters.NearAsync(connection, within, null, null, stop);
        await WayWriter.ReplaceWatersAsync(connection, waters, stop);
        var report = new WaysReport(within, farthest, schools, origins.Count, ways.Count,
            origins.Count - ways.Select(w => w.Way.Origin).Distinct().Count(),
            waters.Select(w => w.Hazard).Distinct().Count(), watch.Elapsed.TotalSeconds);
        await RecordAsync(connection, report, stop);
        return report;
    }

    private static Task RecordAsync(NpgsqlConnection connection, WaysReport report, CancellationToken stop) =>
        connection.ExecuteAsync(EmbeddedSql.Of(typeof(WayStore), "RecordWays"), stop, report.FarthestMetres, report.WithinMetres,
            report.Schools, report.Origins, report.Ways, report.Unserved, report.Waters, report.Seconds);
}
