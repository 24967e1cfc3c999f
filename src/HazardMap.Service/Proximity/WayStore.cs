using System.Diagnostics;
using HazardMap.Proximity;
using HazardMap.Register;
using HazardMap.Service.Database;
using HazardMap.Service.Network;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Service.Proximity;

/// <summary>What a computation of the ways to school did.</summary>
internal sealed record WaysReport(double WithinMetres, double FarthestMetres, int Schools, int Origins, int Ways, int Unserved, int Waters, double Seconds);

/// <summary>Computes the ways to school and keeps them in the register until they are computed again.</summary>
internal static class WayStore
{
    /// <summary>What counts as near a way, when nothing else is asked.</summary>
    public const double WithinMetres = 50;

    /// <summary>Nobody is taken to walk farther: an hour and a quarter of a child's pace. Expert prior.</summary>
    public const double FarthestMetres = 5000;

    private static readonly FacilityKind[] Kinds = [FacilityKind.School, FacilityKind.Kindergarten];

    /// <summary>Computes everything in a transaction of its own.</summary>
    public static async Task<WaysReport> ComputeAsync(NpgsqlDataSource database, double within, double farthest, string actor, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginAsAsync(actor, stop);
        var report = await ComputeAsync(connection, within, farthest, stop);
        await transaction.CommitAsync(stop);
        return report;
    }

    /// <summary>The same in the caller's transaction, such as an import of roads.</summary>
    /// <exception cref="RefusalException">No roads are loaded, or a number makes no sense.</exception>
    public static async Task<WaysReport> ComputeAsync(NpgsqlConnection connection, double within, double farthest, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        WayWords.Check(within, "within", 1, 1000);
        WayWords.Check(farthest, "farthest", 100, 50_000);
        await ExecuteAsync(connection, "select pg_advisory_xact_lock(hashtext('hazardmap.ways'))", stop);
        var roads = (await RoadNetworks.OfAsync(connection, RoadProfile.Walk, stop)).Network;
        if (roads.IsEmpty) throw WayWords.NoRoads();
        var origins = await OriginsAsync(connection, stop);
        var (ways, schools, served) = (new List<StoredWay>(), 0, new HashSet<int>());
        foreach (var kind in Kinds)
        {
            var found = await SchoolsAsync(connection, kind, stop);
            schools += found.Count;
            foreach (var way in SchoolWays.Find(roads, found.ConvertAll(s => s.School), origins.ConvertAll(o => o.Origin), farthest, stop))
            {
                ways.Add(new StoredWay(found[way.School], origins[way.Origin], way));
                served.Add(way.Origin);
            }
        }
        await WriteWaysAsync(connection, ways, stop);
        var waters = await WayWaters.NearAsync(connection, within, null, stop);
        await WriteWatersAsync(connection, waters, stop);
        var report = new WaysReport(within, farthest, schools, origins.Count, ways.Count, origins.Count - served.Count, waters.Select(w => w.Hazard).Distinct().Count(), watch.Elapsed.TotalSeconds);
        await RecordAsync(connection, report, stop);
        return report;
    }

    private static async Task<List<(string Kind, string Id, string Name, WayOrigin Origin)>> OriginsAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var origins = new List<(string, string, string, WayOrigin)>();
        await using var command = connection.Command(EmbeddedSql.Of(typeof(WayStore), "WayOrigins"));
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var at = rows.GetFieldValue<Geometry>(3).Coordinate;
            origins.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2), new WayOrigin(at.X, at.Y, rows.GetDouble(4))));
        }
        return origins;
    }

    private static async Task<List<(Guid Id, string DivisionCode, WaySchool School)>> SchoolsAsync(NpgsqlConnection connection, FacilityKind kind, CancellationToken stop)
    {
        var schools = new List<(Guid, string, WaySchool)>();
        await using var command = connection.Command(EmbeddedSql.Of(typeof(WayStore), "WaySchools"), kind.ToString());
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var at = rows.GetFieldValue<Geometry>(1).Coordinate;
            schools.Add((rows.GetGuid(0), rows.GetString(3), new WaySchool(at.X, at.Y, rows.GetDouble(2))));
        }
        return schools;
    }

    private static async Task WriteWaysAsync(NpgsqlConnection connection, List<StoredWay> ways, CancellationToken stop)
    {
        await ExecuteAsync(connection, "delete from register.way_waters; delete from register.ways", stop);
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy register.ways (facility_id, origin_kind, origin, origin_name, division_code, children, door_metres, path_metres, gate_metres, geom) from stdin (format binary)", stop);
        foreach (var (school, origin, way) in ways)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(school.Id, NpgsqlDbType.Uuid, stop);
            foreach (var text in new[] { origin.Kind, origin.Id, origin.Name, school.DivisionCode }) await copy.WriteAsync(text, NpgsqlDbType.Text, stop);
            foreach (var number in new[] { way.Children, way.DoorMetres, way.PathMetres, way.GateMetres }) await copy.WriteAsync(number, NpgsqlDbType.Double, stop);
            await copy.WriteAsync(Ewkb.Factory.CreateLineString([.. way.Path.Select(p => new Coordinate(p.Longitude, p.Latitude))]), "geometry", stop);
        }
        await copy.CompleteAsync(stop);
    }

    private static async Task WriteWatersAsync(NpgsqlConnection connection, List<WayWater> waters, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy register.way_waters (facility_id, hazard_id, division_code, ways, nearest_metres, metres, children, child_minutes) from stdin (format binary)", stop);
        foreach (var water in waters)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(water.School, NpgsqlDbType.Uuid, stop);
            await copy.WriteAsync(water.Hazard, NpgsqlDbType.Uuid, stop);
            await copy.WriteAsync(water.DivisionCode, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(water.Ways, NpgsqlDbType.Integer, stop);
            foreach (var number in new[] { water.NearestMetres, water.Metres, water.Children, water.ChildMinutes }) await copy.WriteAsync(number, NpgsqlDbType.Double, stop);
        }
        await copy.CompleteAsync(stop);
    }

    private static async Task RecordAsync(NpgsqlConnection connection, WaysReport report, CancellationToken stop)
    {
        await using var command = connection.Command(EmbeddedSql.Of(typeof(WayStore), "RecordWays"), report.FarthestMetres, report.WithinMetres,
            report.Schools, report.Origins, report.Ways, report.Unserved, report.Waters, report.Seconds);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = connection.Command(sql);
        await command.ExecuteNonQueryAsync(stop);
    }

    private sealed record StoredWay((Guid Id, string DivisionCode, WaySchool School) School, (string Kind, string Id, string Name, WayOrigin Origin) Origin, SchoolWay Way);
}
