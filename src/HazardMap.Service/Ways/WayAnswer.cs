using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Ways;

/// <summary>Answers <c>Facilities(id)/HazardMap.WayToSchoolHazards(withinMetres=50)</c>: waters measured now, along the ways as stored;
/// how far these are behind is said.</summary>
internal static class WayAnswer
{
    /// <summary>The answer for a facility that exists.</summary>
    public static async Task<WaysToSchool> OfAsync(NpgsqlDataSource database, Guid facility, double withinMetres, CancellationToken stop)
    {
        WayRefusals.Check(withinMetres, "withinMetres", 1, 1000);
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var run = await WayReader.LastRunAsync(connection, stop);
        var state = await StateAsync(connection, facility, run, stop);
        var ways = await connection.RowsAsync(EmbeddedSql.Of(typeof(WayAnswer), "SchoolWaysOf"), row => new WayToSchool(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetDouble(3), row.GetDouble(4), row.GetDouble(5), row.GetDouble(6)),
            stop, facility);
        var hazards = await HazardsAsync(connection, await WayWaters.NearAsync(connection, withinMetres, [facility], null, stop), stop);
        return new WaysToSchool(state, withinMetres, run?.FarthestMetres, run?.ComputedAt, run?.HaveRoadsChanged, run?.CaughtUpAt,
            run?.Waiting, run?.OldestSeconds, ways, hazards);
    }

    private static async Task<WaysState> StateAsync(NpgsqlConnection connection, Guid facility, WayRun? run, CancellationToken stop)
    {
        var hasRoads = await connection.ScalarAsync<bool>("select exists (select from register.walk_edges)", stop);
        var isSchool = await connection.ScalarAsync<bool>(
            "select register.is_school(kind) and status = 'Open' from register.facilities where id = $1", stop, facility);
        return !isSchool ? WaysState.NotASchool : !hasRoads ? WaysState.NoRoads : run is null
            ? WaysState.NeverComputed : WaysState.Computed;
    }

    private static async Task<List<WayHazard>> HazardsAsync(NpgsqlConnection connection, List<WayWater> waters, CancellationToken stop)
    {
        var named = (await connection.RowsAsync(EmbeddedSql.Of(typeof(WayAnswer), "WayHazards"),
            row => (Id: row.GetGuid(0), Code: row.GetString(1), Name: row.GetString(2), Kind: row.Word<HazardKind>(3),
                Level: row.WordOrNull<RiskLevel>(4)), stop,
            waters.ConvertAll(w => w.Hazard).ToArray())).ToDictionary(h => h.Id);
        return [.. waters.Select((water, i) => Hazard(named[water.Hazard], water, i + 1))];
    }

    private static WayHazard Hazard((Guid Id, string Code, string Name, HazardKind Kind, RiskLevel? Level) hazard,
        WayWater beside, int rank) => new(
            rank, hazard.Id, hazard.Code, hazard.Name, hazard.Kind, hazard.Level, beside.Ways, beside.NearestMetres, beside.Metres,
            beside.Children, beside.ChildMinutes);
}
