using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Ways;

/// <summary>How the stored ways and the waters beside them compare with a full computation.</summary>
/// <param name="Ways">There are now, by a full computation.</param>
/// <param name="DifferentWays">Missing, too many, or not the same in every digit.</param>
/// <param name="Waters">Beside ways now: pairs of a school and a water.</param>
/// <param name="DifferentWaters">As with ways.</param>
/// <param name="Waiting">Changes that have not been taken up: until they are, differences are their lag.</param>
internal sealed record WaysCheckReport(int Ways, int DifferentWays, int Waters, int DifferentWaters, long Waiting)
{
    /// <summary>Whether everything is as a full computation gives it.</summary>
    public bool IsCurrent => DifferentWays + DifferentWaters == 0;
}

/// <summary>Computes everything as if anew, compares with what is stored, and takes it all back.</summary>
internal static class WayCheck
{
    public static async Task<WaysCheckReport> RunAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        // The turn comes before the snapshot: nobody has settled since it was taken, and edits are seen whole or not at all.
        await connection.ExecuteAsync($"select pg_advisory_lock({WayQueue.Turn})", stop);
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
            return await CompareAsync(connection, stop);
        }
        finally
        {
            await connection.ExecuteAsync($"select pg_advisory_unlock({WayQueue.Turn})", CancellationToken.None);
        }
    }

    private static async Task<WaysCheckReport> CompareAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var runs = await WayReader.RowsAsync(connection, "WayRun", row => (Farthest: row.GetDouble(1), Waiting: row.GetInt64(4), Within: row.GetDouble(6)), stop);
        if (runs is not [var run]) throw WayRefusals.NeverComputed();
        var (ways, waters) = (await StoredAsync(connection, "ways", "origin_kind, origin", stop), await StoredAsync(connection, "way_waters", "hazard_id", stop));
        await WayStore.RecomputeAsync(connection, run.Within, run.Farthest, stop);
        var (newWays, newWaters) = (await StoredAsync(connection, "ways", "origin_kind, origin", stop), await StoredAsync(connection, "way_waters", "hazard_id", stop));
        return new WaysCheckReport(newWays.Count, Different(ways, newWays), newWaters.Count, Different(waters, newWaters), run.Waiting);
    }

    private static async Task<Dictionary<string, string>> StoredAsync(NpgsqlConnection connection, string table, string key, CancellationToken stop)
    {
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = connection.Command($"select concat_ws(' ', facility_id, {key}), md5(t::text) from register.{table} t");
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) rows.Add(reader.GetString(0), reader.GetString(1));
        return rows;
    }

    private static int Different(Dictionary<string, string> stored, Dictionary<string, string> anew) =>
        stored.Keys.Union(anew.Keys, StringComparer.Ordinal).Count(key => stored.GetValueOrDefault(key) != anew.GetValueOrDefault(key));
}
