using System.Text.Json.Nodes;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Ways;

/// <summary>Answers <c>Facilities(id)/HazardMap.WayToSchoolHazards(withinMetres=50)</c>: waters measured now, along the ways as stored; how far these are behind is said.</summary>
internal static class WayAnswer
{
    /// <summary>The answer for a facility that exists.</summary>
    public static async Task<JsonObject> OfAsync(NpgsqlDataSource database, Guid facility, double withinMetres, CancellationToken stop)
    {
        WayRefusals.Check(withinMetres, "withinMetres", 1, 1000);
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var answer = new JsonObject { ["WithinMetres"] = withinMetres };
        await AddStateAsync(connection, facility, answer, stop);
        answer["Ways"] = await RowsAsync(connection, "SchoolWaysOf", row => new JsonObject
        {
            ["OriginKind"] = row.GetString(0), ["Origin"] = row.GetString(1), ["OriginName"] = row.GetString(2), ["Children"] = row.GetDouble(3),
            ["DoorMetres"] = row.GetDouble(4), ["PathMetres"] = row.GetDouble(5), ["GateMetres"] = row.GetDouble(6),
        }, stop, facility);
        var waters = await WayWaters.NearAsync(connection, withinMetres, [facility], null, stop);
        var names = (await RowsAsync(connection, "WayHazards", row => new JsonObject
        {
            ["HazardId"] = row.GetGuid(0), ["Code"] = row.GetString(1), ["Name"] = row.GetString(2), ["Kind"] = row.GetString(3), ["Level"] = row.IsDBNull(4) ? null : row.GetString(4),
        }, stop, waters.ConvertAll(w => w.Hazard).ToArray())).ToDictionary(n => (Guid)n!["HazardId"]!, n => n!.AsObject());
        answer["Hazards"] = new JsonArray([.. waters.Select((water, i) => Hazard(water, i + 1, names[water.Hazard]))]);
        return answer;
    }

    private static async Task AddStateAsync(NpgsqlConnection connection, Guid facility, JsonObject answer, CancellationToken stop)
    {
        var runs = await RowsAsync(connection, "WayRun", row => new JsonObject
        {
            ["ComputedAt"] = row.GetDateTime(0), ["FarthestMetres"] = row.GetDouble(1), ["RoadsChangedSince"] = row.GetBoolean(2),
            ["CaughtUpAt"] = row.IsDBNull(3) ? null : row.GetDateTime(3), ["ChangesWaiting"] = row.GetInt64(4), ["OldestChangeSeconds"] = row.GetDouble(5),
        }, stop);
        var roads = await connection.ScalarAsync("select exists (select from register.walk_edges)", stop);
        var isSchool = await connection.ScalarAsync("select register.is_school(kind) and status = 'Open' from register.facilities where id = $1", stop, facility);
        answer["State"] = isSchool is not true ? "NotASchool" : roads is not true ? "NoRoads" : runs.Count == 0 ? "NeverComputed" : "Computed";
        foreach (var name in new[] { "ComputedAt", "FarthestMetres", "RoadsChangedSince", "CaughtUpAt", "ChangesWaiting", "OldestChangeSeconds" })
            answer[name] = runs.Count == 0 ? null : runs[0]![name]?.DeepClone();
    }

    private static JsonObject Hazard(WayWater water, int rank, JsonObject hazard)
    {
        hazard = (JsonObject)hazard.DeepClone();
        hazard["Rank"] = rank;
        hazard["Ways"] = water.Ways;
        hazard["NearestMetres"] = water.NearestMetres;
        hazard["Metres"] = water.Metres;
        hazard["Children"] = water.Children;
        hazard["ChildMinutes"] = water.ChildMinutes;
        return hazard;
    }

    private static async Task<JsonArray> RowsAsync(NpgsqlConnection connection, string statement, Func<NpgsqlDataReader, JsonObject> read, CancellationToken stop, params object[] values)
    {
        var found = new JsonArray();
        await using var command = connection.Command(EmbeddedSql.Of(typeof(WayAnswer), statement), values);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop)) found.Add((JsonNode)read(rows));
        return found;
    }

    private static async Task<object?> ScalarAsync(this NpgsqlConnection connection, string sql, CancellationToken stop, params object[] values)
    {
        await using var command = connection.Command(sql, values);
        return await command.ExecuteScalarAsync(stop);
    }
}
