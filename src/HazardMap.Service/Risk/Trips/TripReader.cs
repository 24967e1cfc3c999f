using HazardMap.Register;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>A water as it is stored, as far as a rule of trips asks, with what is stored of its score; trips as <c>array_send</c>
/// gives them, empty: none.</summary>
internal readonly record struct TripRow(HazardRow Hazard, int? DaysSinceInspection, string DivisionCode, double? Visits, double? RiskLow,
    double? LevelHeld, double? Deadliness, ReadOnlyMemory<byte> Trips)
{
    /// <summary>Its facts.</summary>
    public TripTraits Traits => new(Hazard.Traits, DaysSinceInspection);
}

/// <summary>Reads what a rule of trips needs.</summary>
internal static class TripReader
{
    /// <summary>Every water, in the order of keys.</summary>
    public static string Waters => EmbeddedSql.Of(typeof(TripReader), "TripWaters");

    /// <summary>The water of a copied row.</summary>
    public static TripRow Water(ref CopiedRow row)
    {
        var hazard = RiskReader.Hazard(ref row);
        var days = row.IsNull() ? (int?)null : row.Int32();
        return new TripRow(hazard, days, row.Text(), row.IsNull() ? null : row.Double(), row.IsNull() ? null : row.Double(),
            row.IsNull() ? null : row.Double(), row.IsNull() ? null : row.Double(), row.IsNull() ? default : row.Bytes());
    }

    /// <summary>What of every water decides who is drawn, in any order; the rest of <see cref="Water"/> is empty.</summary>
    public static string Draws => EmbeddedSql.Of(typeof(TripReader), "TripDraws");

    /// <summary>Waters within metres of a place, and some that are farther: the scorer measures.</summary>
    /// <remarks>Boxes of shapes are enough: exact distances of hundreds of banks cost more than all the rest of an edit.</remarks>
    public static Task<List<TripRow>> WatersNearAsync(NpgsqlConnection connection, Circle circle, CancellationToken stop) =>
        ReadAsync(connection, Near, stop, circle.Longitude, circle.Latitude, circle.Metres);

    /// <summary>The query of <see cref="WatersNearAsync"/>: $1 longitude, $2 latitude, $3 metres. An array of keys, for a list that is
    /// joined would have every water read and sorted first.</summary>
    public static string Near => Those("""
        id = any (array(select n.id from register.hazards n
                        where n.shape && _st_expand(st_setsrid(st_point($1, $2), 4326)::geography, $3)))
        """);

    /// <summary>Some waters.</summary>
    public static Task<List<TripRow>> WatersAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken stop) =>
        ReadAsync(connection, Those("id = any ($1)"), stop, [ids]);

    /// <summary>Where children live and go.</summary>
    public static async Task<ChildrenKnown> ChildrenAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var divisions = await connection.RowsAsync(EmbeddedSql.Of(typeof(TripReader), "HomeDivisions"), row => new HomeDivision(
            row.GetString(0), row.GetString(1), row.TextOrNull(2), row.GetDouble(3), row.GetDouble(4), row.ValueOrNull<double>(5),
            row.ValueOrNull<int>(6), row.ValueOrNull<int>(7), row.ValueOrNull<int>(8), row.ValueOrNull<int>(9), row.ValueOrNull<bool>(10)),
            stop);
        var towns = divisions.Where(d => d.LivesAsTown).Select(d => d.Code).ToHashSet(StringComparer.Ordinal);
        var (points, codes) = (new List<HomePoint>(), new KnownTexts());
        await foreach (var block in CopyBlocks.ReadAsync(connection, EmbeddedSql.Of(typeof(TripReader), "HomePoints"), stop))
            for (var row = block.Read(); row.MoveNext();) points.Add(Point(ref row, codes));
        var facilities = new List<ChildFacility>();
        await foreach (var block in CopyBlocks.ReadAsync(connection, EmbeddedSql.Of(typeof(TripReader), "ChildFacilities"), stop))
            for (var row = block.Read(); row.MoveNext();) facilities.Add(Facility(ref row, towns));
        return new ChildrenKnown(divisions, points, facilities);
    }

    private static string Those(string filter) => $"select * from ({Waters}) w where {filter} order by id";

    private static async Task<List<TripRow>> ReadAsync(NpgsqlConnection connection, string query, CancellationToken stop,
        params object?[] values)
    {
        await using var command = connection.Command(query, values);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var waters = new List<TripRow>();
        while (await rows.ReadAsync(stop))
            waters.Add(new TripRow(RiskReader.Hazard(rows), rows.ValueOrNull<int>(17), rows.GetString(18), rows.ValueOrNull<double>(19),
                rows.ValueOrNull<double>(20), rows.ValueOrNull<double>(21), rows.ValueOrNull<double>(22),
                rows.IsDBNull(23) ? default : rows.GetFieldValue<byte[]>(23)));
        return waters;
    }

    private static HomePoint Point(ref CopiedRow row, KnownTexts codes)
    {
        var (id, division) = (row.Guid(), row.Text(codes));
        var (longitude, latitude) = RiskReader.Place(row.Bytes().Span);
        return new HomePoint(id, division, longitude, latitude, row.Double(), row.Word<TripOriginKind>());
    }

    private static ChildFacility Facility(ref CopiedRow row, HashSet<string> towns)
    {
        var (id, kind, isOpen, division) = (row.Guid(), row.Word<FacilityKind>(), row.Boolean(), row.Text());
        var (longitude, latitude) = RiskReader.Place(row.Bytes().Span);
        return new ChildFacility(id, kind, isOpen, division, longitude, latitude, row.Int32(), row.Int32(), row.Int32(), row.Boolean(),
            row.Boolean(), towns.Contains(division));
    }
}

/// <summary>A circle on the ground.</summary>
internal readonly record struct Circle(double Longitude, double Latitude, double Metres);
