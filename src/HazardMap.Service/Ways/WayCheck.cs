using HazardMap.OData;
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
        await using var connection = await database.OpenPatientlyAsync(stop);
        // The lock comes before the snapshot: nobody has written ways since it was taken, and edits are seen whole or not at all.
        await WayLock.HoldAsync(connection, stop);
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
            return await CompareAsync(connection, stop);
        }
        finally
        {
            await WayLock.ReleaseAsync(connection);
        }
    }

    private static async Task<WaysCheckReport> CompareAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var run = await WayReader.LastRunAsync(connection, stop) ?? throw WayRefusals.NeverComputed();
        var (ways, waters) = (await StoredAsync(connection, "ways", "origin_kind, origin", stop),
            await StoredAsync(connection, "way_waters", "hazard_id", stop));
        await WayStore.RecomputeAsync(connection, run.WithinMetres, run.FarthestMetres, stop);
        var (newWays, newWaters) = (await StoredAsync(connection, "ways", "origin_kind, origin", stop),
            await StoredAsync(connection, "way_waters", "hazard_id", stop));
        return new WaysCheckReport(newWays.Count, Different(ways, newWays), newWaters.Count, Different(waters, newWaters), run.Waiting);
    }

    private static async Task<Dictionary<string, string>> StoredAsync(NpgsqlConnection connection, string table, string key,
        CancellationToken stop) =>
            (await connection.RowsAsync($"select concat_ws(' ', facility_id, {key}), md5(t::text) from register.{table} t",
                row => (Key: row.GetString(0), Row: row.GetString(1)), stop))
                .ToDictionary(r => r.Key, r => r.Row, StringComparer.Ordinal);

    private static int Different(Dictionary<string, string> stored, Dictionary<string, string> anew) =>
        stored.Keys.Union(anew.Keys, StringComparer.Ordinal).Count(key => stored.GetValueOrDefault(key) != anew.GetValueOrDefault(key));
}
