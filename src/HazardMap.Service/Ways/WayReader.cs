using HazardMap.Register;
using HazardMap.Service.Database;
using HazardMap.Ways;
using NetTopologySuite.Geometries;
using Npgsql;

namespace HazardMap.Service.Ways;

/// <summary>Where children set out from, and what the register calls it.</summary>
internal sealed record StoredOrigin(string Kind, string Id, string Name, WayOrigin Origin);

/// <summary>A school or kindergarten of the register.</summary>
internal sealed record StoredSchool(Guid Id, string DivisionCode, WaySchool School);

/// <summary>A way between two of these.</summary>
internal sealed record StoredWay(StoredSchool School, StoredOrigin Origin, SchoolWay Way);

/// <summary>The last computation of all ways, and how far the stored ones are behind since.</summary>
/// <param name="ComputedAt">When.</param>
/// <param name="FarthestMetres">Nobody was taken to walk farther.</param>
/// <param name="HaveRoadsChanged">Whether the roads have changed since.</param>
/// <param name="CaughtUpAt">When every change had been followed.</param>
/// <param name="Waiting">Rows in <c>register.way_queue</c>.</param>
/// <param name="OldestSeconds">Age of the oldest of them.</param>
/// <param name="WithinMetres">What counted as near a way.</param>
internal sealed record WayRun(
    DateTime ComputedAt, double FarthestMetres, bool HaveRoadsChanged, DateTime? CaughtUpAt, long Waiting,
    double OldestSeconds, double WithinMetres);

/// <summary>Reads what ways are computed from: everywhere, or in a neighbourhood.</summary>
internal static class WayReader
{
    public static Task<List<StoredOrigin>> OriginsAsync(NpgsqlConnection connection, CancellationToken stop) =>
        RowsAsync(connection, "WayOrigins", ToOrigin, stop);

    /// <summary>All that may be an origin of one of the schools.</summary>
    public static Task<List<StoredOrigin>> OriginsNearAsync(NpgsqlConnection connection, Guid[] schools, double metres,
        CancellationToken stop) =>
            RowsAsync(connection, "WayOriginsNear", ToOrigin, stop, schools, metres);

    public static Task<List<StoredSchool>> SchoolsAsync(NpgsqlConnection connection, FacilityKind kind, CancellationToken stop) =>
        RowsAsync(connection, "WaySchools", ToSchool, stop, kind.ToString());

    /// <summary>All that may be the school of one of the origins.</summary>
    public static Task<List<StoredSchool>> SchoolsNearAsync(NpgsqlConnection connection, FacilityKind kind, List<StoredOrigin> origins,
        double metres, CancellationToken stop) =>
            RowsAsync(connection, "WaySchoolsNear", ToSchool, stop,
                kind.ToString(), origins.Select(o => o.Origin.Longitude).ToArray(),
                origins.Select(o => o.Origin.Latitude).ToArray(), metres);

    /// <summary>The schools within the given metres of places that changed.</summary>
    public static Task<List<Guid>> SchoolsTouchedAsync(NpgsqlConnection connection, IReadOnlyList<(Coordinate At, double Metres)> places,
        CancellationToken stop) =>
            RowsAsync(connection, "WaySchoolsTouched", row => row.GetGuid(0), stop,
                places.Select(p => p.At.X).ToArray(), places.Select(p => p.At.Y).ToArray(), places.Select(p => p.Metres).ToArray());

    /// <summary>The last computation of all ways and how far they are behind; null when there was none.</summary>
    public static Task<WayRun?> LastRunAsync(NpgsqlConnection connection, CancellationToken stop) =>
        connection.RowAsync(EmbeddedSql.Of(typeof(WayReader), "WayRun"), row => new WayRun(
            row.GetDateTime(0), row.GetDouble(1), row.GetBoolean(2), row.ValueOrNull<DateTime>(3), row.GetInt64(4), row.GetDouble(5),
            row.GetDouble(6)), stop);

    private static Task<List<T>> RowsAsync<T>(NpgsqlConnection connection, string file, Func<NpgsqlDataReader, T> read,
        CancellationToken stop, params object?[] values) =>
            connection.RowsAsync(EmbeddedSql.Of(typeof(WayReader), file), read, stop, values);

    private static StoredOrigin ToOrigin(NpgsqlDataReader row)
    {
        var at = row.GetFieldValue<Geometry>(3).Coordinate;
        return new StoredOrigin(row.GetString(0), row.GetString(1), row.GetString(2), new WayOrigin(at.X, at.Y, row.GetDouble(4)));
    }

    private static StoredSchool ToSchool(NpgsqlDataReader row)
    {
        var at = row.GetFieldValue<Geometry>(1).Coordinate;
        return new StoredSchool(row.GetGuid(0), row.GetString(3), new WaySchool(at.X, at.Y, row.GetDouble(2)));
    }
}
