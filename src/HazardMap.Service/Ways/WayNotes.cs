using HazardMap.Service.Database;
using NetTopologySuite.Geometries;
using Npgsql;

namespace HazardMap.Service.Ways;

/// <summary>What waited in <c>register.way_queue</c>, sorted by what it asks for.</summary>
internal sealed class WayNotes
{
    /// <summary>Waters that lie elsewhere, opened, closed or are gone.</summary>
    public HashSet<Guid> Waters { get; } = [];

    /// <summary>Schools that are not what they were.</summary>
    public HashSet<Guid> Schools { get; } = [];

    /// <summary>Where a school stands or stood, or children set out from.</summary>
    public HashSet<(Coordinate At, bool IsSchool)> Places { get; } = [];

    public bool AreAllWaters { get; private set; }

    public bool IsEverything { get; private set; }

    public bool IsEmpty { get; private set; } = true;

    /// <summary>Takes them off the queue; a transaction that is rolled back puts them there again.</summary>
    public static async Task<WayNotes> TakeAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var notes = new WayNotes();
        foreach (var (concerns, id, place) in await connection.RowsAsync(EmbeddedSql.Of(typeof(WayNotes), "TakeWayNotes"),
            row => (row.GetString(0), row.ValueOrNull<Guid>(1), row.IsDBNull(2) ? null : row.GetFieldValue<Point>(2).Coordinate), stop))
            notes.Add(concerns, id, place);
        return notes;
    }

    private void Add(string concerns, Guid? id, Coordinate? place)
    {
        if (concerns == "Water") Waters.Add(id!.Value);
        if (concerns is "School" or "Pupils") Schools.Add(id!.Value);
        if (concerns is "School" or "Origin") Places.Add((place!, concerns == "School"));
        AreAllWaters |= concerns == "Waters";
        IsEverything |= concerns == "Everything";
        IsEmpty = false;
    }
}
