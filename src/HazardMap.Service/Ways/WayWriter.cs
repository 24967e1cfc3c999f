using HazardMap.Service.Database;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Service.Ways;

/// <summary>Writes ways and the waters beside them: all of them by COPY, or those of a neighbourhood, changed rows only.</summary>
internal static class WayWriter
{
    public static async Task ReplaceWaysAsync(NpgsqlConnection connection, List<StoredWay> ways, CancellationToken stop)
    {
        await connection.ExecuteAsync("delete from register.ways", stop);
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy register.ways (facility_id, origin_kind, origin, origin_name, division_code, children, door_metres, path_metres, "
                + "gate_metres, geom) from stdin (format binary)", stop);
        foreach (var (school, origin, way) in ways)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(school.Id, NpgsqlDbType.Uuid, stop);
            foreach (var text in new[] { origin.Kind, origin.Id, origin.Name, school.DivisionCode })
                await copy.WriteAsync(text, NpgsqlDbType.Text, stop);
            foreach (var number in new[] { way.Children, way.DoorMetres, way.PathMetres, way.GateMetres })
                await copy.WriteAsync(number, NpgsqlDbType.Double, stop);
            await copy.WriteAsync(Line(way.Path), "geometry", stop);
        }
        await copy.CompleteAsync(stop);
    }

    public static async Task ReplaceWatersAsync(NpgsqlConnection connection, List<WayWater> waters, CancellationToken stop)
    {
        await connection.ExecuteAsync("delete from register.way_waters", stop);
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy register.way_waters (facility_id, hazard_id, division_code, ways, nearest_metres, metres, children, child_minutes, geom) "
                + "from stdin (format binary)", stop);
        foreach (var water in waters)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(water.School, NpgsqlDbType.Uuid, stop);
            await copy.WriteAsync(water.Hazard, NpgsqlDbType.Uuid, stop);
            await copy.WriteAsync(water.DivisionCode, NpgsqlDbType.Text, stop);
            await copy.WriteAsync(water.Ways, NpgsqlDbType.Integer, stop);
            foreach (var number in new[] { water.NearestMetres, water.Metres, water.Children, water.ChildMinutes })
                await copy.WriteAsync(number, NpgsqlDbType.Double, stop);
            await copy.WriteAsync(water.Place, "geometry", stop);
        }
        await copy.CompleteAsync(stop);
    }

    /// <summary>Makes the ways of some schools these.</summary>
    /// <returns>The schools whose ways changed.</returns>
    public static Task<List<Guid>> MergeWaysAsync(NpgsqlConnection connection, Guid[] schools, List<StoredWay> ways,
        CancellationToken stop) =>
            connection.RowsAsync(EmbeddedSql.Of(typeof(WayWriter), "MergeWays"), row => row.GetGuid(0), stop, schools,
                Column(ways, w => w.School.Id), Column(ways, w => w.Origin.Kind), Column(ways, w => w.Origin.Id),
                Column(ways, w => w.Origin.Name), Column(ways, w => w.School.DivisionCode),
                Column(ways, w => w.Way.Children), Column(ways, w => w.Way.DoorMetres), Column(ways, w => w.Way.PathMetres),
                Column(ways, w => w.Way.GateMetres),
                Column(ways, w => Ewkb.Write(Line(w.Way.Path))));

    /// <summary>Makes the rows of some schools and of some waters these.</summary>
    public static Task MergeWatersAsync(NpgsqlConnection connection, Guid[] schools, Guid[] hazards, List<WayWater> waters,
        CancellationToken stop) =>
            connection.ExecuteAsync(EmbeddedSql.Of(typeof(WayWriter), "MergeWayWaters"), stop, schools, hazards,
                Column(waters, w => w.School), Column(waters, w => w.Hazard), Column(waters, w => w.DivisionCode),
                Column(waters, w => w.Ways), Column(waters, w => w.NearestMetres),
                Column(waters, w => w.Metres), Column(waters, w => w.Children), Column(waters, w => w.ChildMinutes),
                Column(waters, w => Ewkb.Write(w.Place)));

    private static LineString Line(IReadOnlyList<(double Longitude, double Latitude)> path) =>
        Ewkb.Factory.CreateLineString([.. path.Select(p => new Coordinate(p.Longitude, p.Latitude))]);

    private static TValue[] Column<TRow, TValue>(List<TRow> rows, Converter<TRow, TValue> value) => [.. rows.ConvertAll(value)];
}
