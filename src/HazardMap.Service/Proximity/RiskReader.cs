using System.Runtime.CompilerServices;
using HazardMap.Geodesy;
using HazardMap.Proximity;
using HazardMap.Register;
using HazardMap.Service.Database;
using HazardMap.Service.Network;
using NetTopologySuite.Geometries;
using Npgsql;

namespace HazardMap.Service.Proximity;

/// <summary>A hazard as it is stored, with its stored score. The shape is still bytes: parsing is work for all cores.</summary>
internal readonly record struct HazardRow(Guid Id, byte[] Shape, HazardTraits Traits, double? Score, string? Level, string? Rule)
{
    /// <summary>As the scorer takes it; cut into reaches where the rule wants it so.</summary>
    public RiskHazard ToHazard(RiskRule rule)
    {
        if (Ewkb.TryReadPoint(Shape) is var (longitude, latitude)) return new RiskHazard(Id, longitude, latitude, null, Traits);
        var shape = Ewkb.Read(Shape);
        var at = shape.Coordinate;
        return new RiskHazard(Id, at.X, at.Y, ShapeIndex.Of(shape), Traits, rule.Distance.ReachMetres is { } metres ? Reaches.Of(shape, metres) : null);
    }
}

/// <summary>Reads what the scorer needs: the same columns for a full run (binary COPY) and for an edit (a query).</summary>
internal static class RiskReader
{
    /// <summary>Every hazard, by binary COPY, as the rows come in.</summary>
    public static async IAsyncEnumerable<HazardRow> AllHazardsAsync(NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryExportAsync($"copy ({EmbeddedSql.Of(typeof(RiskReader), "Hazards")}) to stdout (format binary)", stop);
        var row = new CopiedRow(copy);
        while (await copy.StartRowAsync(stop) >= 0) yield return row.Hazard();
    }

    /// <summary>Every facility with children, by binary COPY.</summary>
    public static async Task<List<RiskFacility>> AllFacilitiesAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var rows = new List<RiskFacility>();
        await using var copy = await connection.BeginBinaryExportAsync($"copy ({EmbeddedSql.Of(typeof(RiskReader), "Facilities")}) to stdout (format binary)", stop);
        while (await copy.StartRowAsync(stop) >= 0) rows.Add(new CopiedRow(copy).Facility());
        return rows;
    }

    /// <summary>Some hazards.</summary>
    public static async Task<List<HazardRow>> HazardsAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken stop)
    {
        var rows = new List<HazardRow>();
        await using var command = connection.Command($"select * from ({EmbeddedSql.Of(typeof(RiskReader), "Hazards")}) h where id = any ($1)", ids);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) rows.Add(new QueriedRow(reader).Hazard());
        return rows;
    }

    /// <summary>The facilities that can count for some hazards.</summary>
    public static async Task<List<RiskFacility>> FacilitiesNearAsync(NpgsqlConnection connection, Guid[] hazards, double metres, CancellationToken stop)
    {
        var rows = new List<RiskFacility>();
        await using var command = connection.Command(EmbeddedSql.Of(typeof(RiskReader), "FacilitiesNear"), hazards, metres);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) rows.Add(new QueriedRow(reader).Facility());
        return rows;
    }

    /// <summary>The walking network, when the rule measures on it.</summary>
    public static async Task<HeldNetwork?> RoadsAsync(NpgsqlConnection connection, RiskRule rule, CancellationToken stop) =>
        rule.Distance.Mode == DistanceMode.Walk ? await RoadNetworks.OfAsync(connection, RoadProfile.Walk, stop) : null;

    /// <summary>What scores some hazards: the rule, the facilities that can count for them, the roads.</summary>
    public static async Task<RiskScorer> ScorerAsync(NpgsqlConnection connection, RiskRule rule, Guid[] hazards, CancellationToken stop) =>
        new(rule, await FacilitiesNearAsync(connection, hazards, RiskStore.WithAir(rule), stop), (await RoadsAsync(connection, rule, stop))?.Network);

    private abstract class Row
    {
        public HazardRow Hazard()
        {
            var id = Next<Guid>();
            var shape = Next<byte[]>();
            var traits = new HazardTraits(Words<HazardKind>.Of(Next<string>()), NextOrNull<double>(), Word<Flow>(), Word<Bank>(), Word<Access>(),
                Next<bool>(), Next<bool>(), Next<bool>(), Next<bool>(), Next<bool>(), Words<HazardStatus>.Of(Next<string>()), Next<int>());
            return new HazardRow(id, shape, traits, NextOrNull<double>(), NextText(), NextText());
        }

        public RiskFacility Facility()
        {
            var id = Next<Guid>();
            var at = Next<Geometry>().Coordinate;
            return new RiskFacility(id, at.X, at.Y, Next<int>(), Next<int>());
        }

        protected abstract T Next<T>();

        protected abstract bool NextIsNull();

        private T? NextOrNull<T>() where T : struct => NextIsNull() ? null : Next<T>();

        private string? NextText() => NextIsNull() ? null : Next<string>();

        private T? Word<T>() where T : struct, Enum => NextIsNull() ? null : Words<T>.Of(Next<string>());
    }

    private sealed class CopiedRow(NpgsqlBinaryExporter copy) : Row
    {
        protected override T Next<T>() => copy.Read<T>();

        protected override bool NextIsNull()
        {
            if (!copy.IsNull) return false;
            copy.Skip();
            return true;
        }
    }

    private sealed class QueriedRow(NpgsqlDataReader reader) : Row
    {
        private int _column;

        protected override T Next<T>() => reader.GetFieldValue<T>(_column++);

        protected override bool NextIsNull()
        {
            if (!reader.IsDBNull(_column)) return false;
            _column++;
            return true;
        }
    }

    /// <summary>Members of an enumeration by name, without parsing each row anew.</summary>
    private static class Words<T> where T : struct, Enum
    {
        private static readonly Dictionary<string, T> Members = Enum.GetValues<T>().ToDictionary(v => v.ToString(), StringComparer.Ordinal);

        public static T Of(string name) => Members[name];
    }
}
