using System.Text.Json.Nodes;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Register;

/// <summary>What the register holds: for <c>./hazardmap status</c> and <c>GET /api/status</c>.</summary>
internal static class RegisterStatus
{
    /// <summary>Program version, database, schema version, counts, last risk run, extent (west, south, east, north).</summary>
    public static async Task<JsonObject> ReadAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        var json = await database.ScalarAsync<string>(EmbeddedSql.Of(typeof(RegisterStatus), "Status"), stop);
        var status = new JsonObject { ["version"] = Version };
        foreach (var (name, value) in JsonNode.Parse(json!)!.AsObject())
            status[name] = value?.DeepClone();
        return status;
    }

    /// <summary>The program's version.</summary>
    public static string Version { get; } = typeof(RegisterStatus).Assembly.GetName().Version!.ToString(3);
}
