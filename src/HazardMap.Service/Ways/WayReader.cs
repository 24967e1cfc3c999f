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

/// <summary>Reads what ways are computed from: everywhere, or in a neighbourhood.</summary>
internal static class WayReader
{
    /// <summary>Those that have ways.</summary>
    public static readonly FacilityKind[] Kinds = [FacilityKind.School, FacilityKind.Kindergarten];

    public static Task<List<StoredOrigin>> OriginsAsync(NpgsqlConnection connection, CancellationToken stop) =>
        RowsAsync(connection, "WayOrigins", ToOrigin, stop);

    /// <summary>All that may be an origin of one of the schools.</summary>
    public static Task<List<StoredOrigin>> OriginsNearAsync(NpgsqlConnection connection, Guid[] schools, double metres, CancellationToken stop) =>
        RowsAsync(connection, "WayOriginsNear", ToOrigin, stop, schools, metres);

    public static Task<List<StoredSchool>> SchoolsAsync(NpgsqlConnection connection, FacilityKind kind, CancellationToken stop) =>
        RowsAsync(connection, "WaySchools", ToSchool, stop, kind.ToString());

    /// <summary>All that may be the school of one of the origins.</summary>
    public static Task<List<StoredSchool>> SchoolsNearAsync(NpgsqlConnection connection, FacilityKind kind, List<StoredOrigin> origins, double metres, CancellationToken stop) =>
        RowsAsync(connection, "WaySchoolsNear", ToSchool, stop,
            kind.ToString(), origins.Select(o => o.Origin.Longitude).ToArray(), origins.Select(o => o.Origin.Latitude).ToArray(), metres);

    /// <summary>The schools within reach of places that changed.</summary>
    public static Task<List<Guid>> SchoolsTouchedAsync(NpgsqlConnection connection, IReadOnlyList<(Coordinate At, double Metres)> places, CancellationToken stop) =>
        RowsAsync(connection, "WaySchoolsTouched", row => row.GetGuid(0), stop,
            places.Select(p => p.At.X).ToArray(), places.Select(p => p.At.Y).ToArray(), places.Select(p => p.Metres).ToArray());

    /// <summary>The rows of a statement beside this file.</summary>
    public static async Task<List<T>> RowsAsync<T>(NpgsqlConnection connection, string statement, Func<NpgsqlDataReader, T> read, CancellationToken stop, params object?[] values)
    {
        var found = new List<T>();
        await using var command = connection.Command(EmbeddedSql.Of(typeof(WayReader), statement), values);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop)) found.Add(read(rows));
        return found;
    }

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
