using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Tests.Risk;

/// <summary>The same scores by a statement that shares nothing with the scorer.</summary>
internal static class RiskOracle
{
    internal readonly record struct Row(string Code, long Pairs, double Expected, double Score)
    {
        public bool Agrees => Math.Abs(Score - Expected) <= 1e-6 * Expected;
    }

    /// <param name="connection">Where the register is.</param>
    /// <param name="nearOnly">Lets the spatial index leave out what is beyond 3.1 km:
    /// brute force over a whole prefecture takes minutes.</param>
    public static async Task<List<Row>> AskAsync(NpgsqlConnection connection, bool nearOnly)
    {
        var sql = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Risk/oracle.sql"));
        if (nearOnly) sql = sql.Replace("/* and near */", "and st_dwithin(h.shape, f.location, 3100)", StringComparison.Ordinal);
        var rows = new List<Row>();
        await using var command = connection.Command(sql);
        command.CommandTimeout = 300;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(new Row(reader.GetString(0), reader.GetInt64(1), reader.GetDouble(2), reader.GetDouble(3)));
        return rows;
    }
}
