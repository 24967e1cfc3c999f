using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>Deaths of children at waters whose division says since when its record is complete: a water's own record.</summary>
internal sealed class OwnRecords
{
    private readonly Dictionary<string, DateOnly> _since;
    private readonly ILookup<Guid, DateOnly> _deaths;
    private readonly DateOnly _end;

    private OwnRecords(Dictionary<string, DateOnly> since, ILookup<Guid, DateOnly> deaths, DateOnly today) =>
        // To the end of the year, so that a score moves with its events and at New Year, not every day.
        (_since, _deaths, _end) = (since, deaths, new DateOnly(today.Year + 1, 1, 1));

    /// <summary>Of all waters.</summary>
    public static Task<OwnRecords> ReadAllAsync(NpgsqlConnection connection, CancellationToken stop) =>
        ReadAsync(connection, null, null, stop);

    /// <summary>Of some waters.</summary>
    public static Task<OwnRecords> ReadAsync(NpgsqlConnection connection, IReadOnlyCollection<TripRow> waters, CancellationToken stop) =>
        ReadAsync(connection, [.. waters.Select(w => w.Hazard.Id)], [.. waters.Select(w => w.DivisionCode).Distinct(StringComparer.Ordinal)
            .SelectMany(AtOrAbove).Distinct(StringComparer.Ordinal)], stop);

    private static async Task<OwnRecords> ReadAsync(NpgsqlConnection connection, Guid[]? waters, string[]? divisions,
        CancellationToken stop)
    {
        var rows = await connection.RowsAsync(EmbeddedSql.Of(typeof(OwnRecords), "CompleteRecords"),
            row => (Code: row.GetString(0), Since: row.GetFieldValue<DateOnly>(1), Today: row.GetFieldValue<DateOnly>(2)), stop,
            [divisions]);
        var (since, today) = (rows.ConvertAll(r => (r.Code, r.Since)), rows.Count == 0 ? default : rows[0].Today);
        var deaths = since.Count == 0 ? [] : await connection.RowsAsync(EmbeddedSql.Of(typeof(OwnRecords), "ChildDeaths"),
            row => (Water: row.GetGuid(0), On: row.GetFieldValue<DateOnly>(1)), stop, waters);
        return new OwnRecords(since.ToDictionary(s => s.Code, s => s.Since, StringComparer.Ordinal),
            deaths.ToLookup(d => d.Water, d => d.On), today);
    }

    /// <summary>The record of a water; null where nobody says that it is complete.</summary>
    /// <param name="water">The water.</param>
    /// <param name="division">Its division: the nearest at or above it that says so counts.</param>
    public OwnRecord? Of(Guid water, string division)
    {
        if (_since.Count == 0) return null;
        foreach (var code in AtOrAbove(division))
            if (_since.TryGetValue(code, out var since))
                return since >= _end ? null : new OwnRecord(_deaths[water].Count(on => on >= since),
                    (_end.DayNumber - since.DayNumber) / 365.25);
        return null;
    }

    private static IEnumerable<string> AtOrAbove(string division)
    {
        for (var length = division.Length; length >= 2; length--) yield return division[..length];
    }
}
