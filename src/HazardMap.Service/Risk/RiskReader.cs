using System.Runtime.CompilerServices;
using HazardMap.Geodesy;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Service.Database;
using HazardMap.Service.Network;
using Npgsql;

namespace HazardMap.Service.Risk;

/// <summary>A hazard as it is stored, with its stored score. The shape is still bytes: parsing is work for all cores.</summary>
internal readonly record struct HazardRow(Guid Id, ReadOnlyMemory<byte> Shape, HazardTraits Traits, double? Score,
    RiskLevel? Level, string? Rule)
{
    /// <summary>As the scorer takes it; cut into reaches where the rule wants it so.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="shapes">Of the thread that asks; without it one is made.</param>
    public RiskHazard ToHazard(RiskRule rule, ShapeIndexBuilder? shapes = null)
    {
        if (Ewkb.TryReadPoint(Shape.Span) is var (longitude, latitude)) return new RiskHazard(Id, longitude, latitude, null, Traits);
        if (rule.Distance.ReachMetres is null && EwkbShape.TryRead(Shape.Span, shapes ?? new ShapeIndexBuilder()) is var ((x, y), index))
            return new RiskHazard(Id, x, y, index, Traits);
        var shape = Ewkb.Read(Shape.ToArray());
        var at = shape.Coordinate;
        var reaches = rule.Distance.ReachMetres is { } metres ? Reaches.Of(shape, metres) : null;
        return new RiskHazard(Id, at.X, at.Y, reaches is [var whole] ? whole.Shape : ShapeIndex.Of(shape), Traits, reaches);
    }
}

/// <summary>Reads what the scorer needs: the same columns for a full run (binary COPY) and for an edit (a query).</summary>
internal static class RiskReader
{
    /// <summary>The query of every hazard, in the order of keys.</summary>
    public static string Hazards => EmbeddedSql.Of(typeof(RiskReader), "Hazards");

    /// <summary>Every hazard, still bytes: for <see cref="Hazard(ref CopiedRow)"/>.</summary>
    public static IAsyncEnumerable<CopyBlock> HazardBlocksAsync(NpgsqlConnection connection, CancellationToken stop) =>
        CopyBlocks.ReadAsync(connection, EmbeddedSql.Of(typeof(RiskReader), "Hazards"), stop);

    /// <summary>Every hazard.</summary>
    public static async IAsyncEnumerable<HazardRow> AllHazardsAsync(NpgsqlConnection connection,
        [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var block in HazardBlocksAsync(connection, stop))
            for (var row = block.Read(); row.MoveNext();) yield return Hazard(ref row);
    }

    /// <summary>Every facility with children.</summary>
    public static async Task<List<RiskFacility>> AllFacilitiesAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var facilities = new List<RiskFacility>();
        await foreach (var block in CopyBlocks.ReadAsync(connection, EmbeddedSql.Of(typeof(RiskReader), "Facilities"), stop))
            for (var row = block.Read(); row.MoveNext();) facilities.Add(Facility(ref row));
        return facilities;
    }

    /// <summary>Some hazards.</summary>
    public static Task<List<HazardRow>> HazardsAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken stop) =>
        connection.RowsAsync($"select * from ({EmbeddedSql.Of(typeof(RiskReader), "Hazards")}) h where id = any ($1)", Hazard, stop, ids);

    /// <summary>The facilities that can count for some hazards.</summary>
    public static Task<List<RiskFacility>> FacilitiesNearAsync(NpgsqlConnection connection, Guid[] hazards, double metres,
        CancellationToken stop) =>
            connection.RowsAsync(EmbeddedSql.Of(typeof(RiskReader), "FacilitiesNear"), Facility, stop, hazards, metres);

    /// <summary>The walking network, when the rule measures on it.</summary>
    public static async Task<HeldNetwork?> RoadsAsync(NpgsqlConnection connection, RiskRule rule, CancellationToken stop) =>
        rule.Distance.Mode == DistanceMode.Walk ? await RoadNetworks.OfAsync(connection, RoadProfile.Walk, stop) : null;

    /// <summary>
    /// How far to look for pairs. PostGIS narrows, the scorer decides: PostGIS may find a distance 0.7% too long (see ShapeDistance).
    /// </summary>
    public static double SearchMetres(RiskRule rule) => rule.CutoffMetres * 1.01 + 1;

    /// <summary>What scores some hazards: the rule, the facilities that can count for them, the roads.</summary>
    public static async Task<RiskScorer> ScorerAsync(NpgsqlConnection connection, ProximityRule rule, Guid[] hazards,
        CancellationToken stop) =>
        new(rule, await FacilitiesNearAsync(connection, hazards, SearchMetres(rule), stop),
            (await RoadsAsync(connection, rule, stop))?.Network);

    /// <summary>The hazard of a copied row.</summary>
    public static HazardRow Hazard(ref CopiedRow row)
    {
        var (id, shape) = (row.Guid(), row.Bytes());
        var traits = new HazardTraits(row.Word<HazardKind>(), row.IsNull() ? null : row.Double(), row.IsNull() ? null : row.Word<Flow>(),
            row.IsNull() ? null : row.Word<Bank>(), row.IsNull() ? null : row.Word<Access>(),
            Seen(ref row), Seen(ref row), Seen(ref row), Seen(ref row), Seen(ref row), row.Word<HazardStatus>(), row.Int32());
        return new HazardRow(id, shape, traits, row.IsNull() ? null : row.Double(), row.IsNull() ? null : row.Word<RiskLevel>(),
            row.IsNull() ? null : row.Text());
    }

    /// <summary>The hazard of a queried row.</summary>
    public static HazardRow Hazard(NpgsqlDataReader row)
    {
        var traits = new HazardTraits(
            row.Word<HazardKind>(2), row.ValueOrNull<double>(3), row.WordOrNull<Flow>(4), row.WordOrNull<Bank>(5),
            row.WordOrNull<Access>(6),
            row.ValueOrNull<bool>(7), row.ValueOrNull<bool>(8), row.ValueOrNull<bool>(9), row.ValueOrNull<bool>(10),
            row.ValueOrNull<bool>(11),
            row.Word<HazardStatus>(12), row.GetInt32(13));
        return new HazardRow(row.GetGuid(0), row.GetFieldValue<byte[]>(1), traits, row.ValueOrNull<double>(14),
            row.WordOrNull<RiskLevel>(15), row.TextOrNull(16));
    }

    // Null: nobody has looked.
    private static bool? Seen(ref CopiedRow row) => row.IsNull() ? null : row.Boolean();

    private static RiskFacility Facility(ref CopiedRow row)
    {
        var (id, (longitude, latitude)) = (row.Guid(), Place(row.Bytes().Span));
        return new RiskFacility(id, longitude, latitude, row.Int32(), row.Int32());
    }

    private static RiskFacility Facility(NpgsqlDataReader row)
    {
        var (longitude, latitude) = Place(row.GetFieldValue<byte[]>(1));
        return new RiskFacility(row.GetGuid(0), longitude, latitude, row.GetInt32(2), row.GetInt32(3));
    }

    /// <summary>Where a point is.</summary>
    public static (double Longitude, double Latitude) Place(ReadOnlySpan<byte> point) =>
        // the column's type forbids it
        Ewkb.TryReadPoint(point) ?? throw new InvalidOperationException("The location is not a point.");
}
