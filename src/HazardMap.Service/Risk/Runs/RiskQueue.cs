using HazardMap.Service.Database;
using NetTopologySuite.Geometries;
using Npgsql;

namespace HazardMap.Service.Risk.Runs;

/// <summary>What rows of the queue ask to be scored again.</summary>
/// <param name="Hazards">These waters.</param>
/// <param name="Places">The waters near where a facility stands or stood.</param>
/// <param name="Formers">Where waters lay that moved or are gone.</param>
/// <param name="Homes">Where children live or go has changed: a rule of trips looks where.</param>
/// <param name="Roads">Everything, if the rule measures on foot: the roads have changed.</param>
/// <param name="Everything">Everything.</param>
internal sealed record RiskNotes(HashSet<Guid> Hazards, HashSet<Coordinate> Places, IReadOnlyList<Geometry> Formers, bool Homes, bool Roads,
    bool Everything)
{
    /// <summary>Whether nothing has to be scored.</summary>
    public bool IsEmpty => !Everything && !Roads && !Homes && Hazards.Count + Places.Count + Formers.Count == 0;
}

/// <summary>
/// <c>register.risk_queue</c>: triggers add a row for whatever a change touches, in its transaction; the row is taken off by the
/// transaction that scores it. A transaction that is rolled back puts its rows there again.
/// </summary>
internal static class RiskQueue
{
    /// <summary>Whether anything waits.</summary>
    public static Task<bool> HasRowsAsync(NpgsqlDataSource database, CancellationToken stop) =>
        database.ScalarAsync<bool>("select exists (select from register.risk_queue)", stop);

    /// <summary>Asks for every water to be scored again.</summary>
    public static Task AddEverythingAsync(NpgsqlConnection connection, CancellationToken stop) =>
        connection.ExecuteAsync("insert into register.risk_queue default values", stop);

    /// <summary>Empties it before everything is read: what is added later stays for later.</summary>
    public static Task ClearAsync(NpgsqlConnection connection, CancellationToken stop) =>
        connection.ExecuteAsync("delete from register.risk_queue", stop);

    /// <summary>Takes the rows of this transaction off the queue, or everybody's.</summary>
    public static async Task<RiskNotes> TakeAsync(NpgsqlConnection connection, bool all, CancellationToken stop)
    {
        var rows = await connection.RowsAsync(EmbeddedSql.Of(typeof(RiskQueue), "TakeFromQueue"), row => (
            Hazard: row.ValueOrNull<Guid>(0), Place: row.IsDBNull(1) ? null : row.GetFieldValue<Point>(1).Coordinate,
            Former: row.IsDBNull(2) ? null : row.GetFieldValue<Geometry>(2), IsRoads: row.GetBoolean(3),
            IsHomes: row.GetBoolean(4)), stop, all);
        // no water, no place, neither roads nor homes: everything
        return new RiskNotes([.. rows.Select(r => r.Hazard).OfType<Guid>()], [.. rows.Select(r => r.Place).OfType<Coordinate>()],
            [.. rows.Select(r => r.Former).OfType<Geometry>()], rows.Exists(r => r.IsHomes), rows.Exists(r => r.IsRoads),
            rows.Exists(r => r is { Hazard: null, Place: null, Former: null, IsRoads: false, IsHomes: false }));
    }
}
