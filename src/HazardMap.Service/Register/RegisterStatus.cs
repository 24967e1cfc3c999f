using System.Text.Json.Nodes;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Register;

/// <summary>What the register holds: for <c>./hazardmap status</c> and <c>GET /api/status</c>.</summary>
internal static class RegisterStatus
{
    /// <summary>Program version, database, schema version, counts, last risk run, extent (west, south, east, north).</summary>
    /// <param name="database">The register.</param>
    /// <param name="territory">What the reader may see; of an area: its counts and extent, nothing about the register as a whole.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<JsonObject> ReadAsync(NpgsqlDataSource database, Territory territory, CancellationToken stop)
    {
        await using var batch = database.CreateBatch();
        if (!territory.IsEverywhere) batch.BatchCommands.Add(territory.Confining());
        batch.BatchCommands.Add(new(EmbeddedSql.Of(typeof(RegisterStatus), territory.IsEverywhere ? "Status" : "StatusOfAreas")));
        await using var rows = await batch.ExecuteReaderAsync(stop);
        if (!territory.IsEverywhere) await rows.NextResultAsync(stop);
        await rows.ReadAsync(stop);
        var json = rows.GetString(0);
        var status = new JsonObject { ["version"] = Version };
        foreach (var (name, value) in JsonNode.Parse(json)!.AsObject())
            status[name] = value?.DeepClone();
        return status;
    }

    /// <summary>The program's version.</summary>
    public static string Version { get; } = typeof(RegisterStatus).Assembly.GetName().Version!.ToString(3);
}
