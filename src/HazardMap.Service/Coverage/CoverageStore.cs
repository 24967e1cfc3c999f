using HazardMap.Coverage;
using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Database;
using HazardMap.Service.Network;
using NetTopologySuite.Geometries;
using Npgsql;

namespace HazardMap.Service.Coverage;

/// <summary>Whose need is measured.</summary>
internal enum CoverageDemand
{
    /// <summary>Children of 5 to 14 at schools.</summary>
    [Word("学生", "Pupils")] Pupils,

    /// <summary>Children at facilities.</summary>
    [Word("儿童", "Children")] Children,

    /// <summary>Children of 1 to 14 where they live.</summary>
    [Word("在家儿童", "Children at home")] ChildrenAtHome,

    /// <summary>People of 60 and over at facilities and at home.</summary>
    [Word("老人", "Elders")] Elders,

    /// <summary>Children's homes, each one.</summary>
    [Word("点位", "Points")] Points,

    /// <summary>Everybody, at the centre of the smallest division that counts them.</summary>
    [Word("全部人口", "Everybody")] Population,

    /// <summary>The count of that name at facilities.</summary>
    [Word("5岁以下", "Under 5")] Under5,

    /// <summary>The count of that name at facilities.</summary>
    [Word("5至14岁", "Aged 5 to 14")] Aged5To14,

    /// <summary>The count of that name at facilities.</summary>
    [Word("60岁以上", "Aged 60 and over")] Aged60Plus,

    /// <summary>Places at facilities.</summary>
    [Word("容量", "Places")] Capacity,

    /// <summary>Facilities, each one.</summary>
    [Word("设施个数", "Facilities")] Facilities,
}

/// <summary>A question of coverage.</summary>
/// <param name="Kind">What serves.</param>
/// <param name="WithinMetres">How far is near enough; exactly at it is.</param>
/// <param name="Demand">Who is served.</param>
/// <param name="Level">The level of divisions to report; all when null.</param>
/// <param name="Division">Only who is in this division; everybody when null.</param>
internal sealed record CoverageQuestion(
    FacilityKind Kind, double WithinMetres, CoverageDemand Demand, DivisionLevel? Level, string? Division)
{
    /// <summary>Reads a question from words, refusing what is no member of the contract.</summary>
    public static CoverageQuestion Parse(string? kind, double within, string? demand, string? level, string? division = null) => new(
        Word<FacilityKind>(kind, "kind"), within, Word<CoverageDemand>(demand, "demand"),
        level is null ? null : Word<DivisionLevel>(level, "level"), division);

    /// <summary>A member of the contract by its name.</summary>
    public static T Word<T>(string? text, string target) where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        // children-at-home is ChildrenAtHome
        var plain = text?.Replace("-", "", StringComparison.Ordinal);
        var found = Array.Find(names, n => string.Equals(n, plain, StringComparison.OrdinalIgnoreCase));
        return found is not null ? Enum.Parse<T>(found) : throw new RefusalException("UnknownWord",
            $"{target}: '{text}' is not one of {string.Join(", ", names)}.",
            $"{target}：'{text}' 无效，可用：{string.Join("、", names)}。", target);
    }
}

/// <summary>Reads demand, supply and divisions, and has them measured.</summary>
internal static class CoverageStore
{
    private const string Supply = """
        select location, id::text, code, name, division_code, capacity, places, turns, open_from, open_to from register.facilities
        where kind = $1 and (status = 'Open' or status = 'Planned' and $2) order by code
        """;
    private const string Divisions = """
        select code, name, level, parent_code from register.divisions
        where valid_from <= current_date and (valid_to is null or valid_to > current_date) order by code
        """;

    /// <summary>Refuses a division that is not in force, before anything is measured.</summary>
    /// <exception cref="RefusalException">There is none of this code.</exception>
    public static async Task FindDivisionAsync(NpgsqlDataSource database, string code, CancellationToken stop)
    {
        if (!await database.ScalarAsync<bool>($"select exists (select from ({Divisions}) d where code = $1)", stop, code))
            throw CoverageMeasurement.UnknownDivision(code);
    }

    /// <summary>Answers a question from one snapshot of the register.</summary>
    public static async Task<(CoverageResult Result, IReadOnlyList<string> Notes)> MeasureAsync(NpgsqlDataSource database,
        CoverageQuestion question, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var demand = await DemandAsync(connection, question.Demand, question.Kind, null, stop);
        var supply = await connection.RowsAsync(Supply, row => At(row, 0), stop, question.Kind.ToString(), false);
        var divisions = await connection.RowsAsync(Divisions, DivisionRow, stop);
        return (QuickCoverage.Measure(demand.Points, supply, divisions, question.WithinMetres, question.Division), demand.Notes);
    }

    /// <summary>Reads all that a run is computed from, from one snapshot of the register.</summary>
    public static async Task<CoverageInputs> ReadAsync(NpgsqlDataSource database, CoverageOrder order,
        HeldNetwork? roads, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var demand = await DemandAsync(connection, order.Demand, order.Kind, order.DemandKinds, stop);
        var supply = await connection.RowsAsync(Supply, row => SupplyRow(row, order.CountsTurns), stop, order.Kind.ToString(),
            order.IncludePlanned);
        return new CoverageInputs(demand.Points, supply, await connection.RowsAsync(Divisions, DivisionRow, stop), roads, demand.Notes);
    }

    /// <summary>The word of the command line and the API.</summary>
    public static string Word(CoverageDemand demand) =>
        demand == CoverageDemand.ChildrenAtHome ? "children-at-home" : demand.ToString().ToLowerInvariant();

    private static async Task<DemandRead> DemandAsync(
        NpgsqlConnection connection, CoverageDemand demand, FacilityKind served, IEnumerable<FacilityKind>? kinds,
        CancellationToken stop) =>
        demand == CoverageDemand.ChildrenAtHome ? await ChildrenAtHome.ReadAsync(connection, stop)
            : new DemandRead(await connection.RowsAsync(EmbeddedSql.Of(typeof(CoverageStore), "Demand"), DemandRow, stop, Word(demand),
                served.ToString(), kinds?.Select(k => k.ToString()).ToArray()), []);

    private static DemandPoint DemandRow(NpgsqlDataReader row)
    {
        var (longitude, latitude) = At(row, 4);
        return new DemandPoint(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), longitude,
            latitude, row.GetInt64(5));
    }

    private static CoverageSupply SupplyRow(NpgsqlDataReader row, bool countsTurns)
    {
        var (longitude, latitude) = At(row, 0);
        var room = countsTurns
            ? PoolTurns.OfSummer(row.ValueOrNull<int>(6), row.ValueOrNull<int>(7), row.TextOrNull(8), row.TextOrNull(9))
            : row.ValueOrNull<int>(5);
        return new CoverageSupply(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), longitude, latitude, room);
    }

    private static CoverageDivision DivisionRow(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.Word<DivisionLevel>(2), row.TextOrNull(3));

    private static (double Longitude, double Latitude) At(NpgsqlDataReader row, int column)
    {
        var at = row.GetFieldValue<Geometry>(column).Coordinate;
        return (at.X, at.Y);
    }
}
