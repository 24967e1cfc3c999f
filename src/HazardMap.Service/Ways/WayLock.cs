using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Ways;

/// <summary>The advisory lock of the stored ways: whoever writes them or compares them holds it, so that there is one at a time.</summary>
internal static class WayLock
{
    private const string Key = "hashtext('hazardmap.ways')";

    /// <summary>Waits for it; held until the transaction ends.</summary>
    public static Task TakeAsync(NpgsqlConnection connection, CancellationToken stop) =>
        connection.ExecuteAsync($"select pg_advisory_xact_lock({Key})", stop);

    /// <summary>Takes it unless somebody else has it; held until the transaction ends.</summary>
    public static Task<bool> TryTakeAsync(NpgsqlConnection connection, CancellationToken stop) =>
        connection.ScalarAsync<bool>($"select pg_try_advisory_xact_lock({Key})", stop);

    /// <summary>Waits for it, transaction or not; held until <see cref="ReleaseAsync"/>.</summary>
    public static Task HoldAsync(NpgsqlConnection connection, CancellationToken stop) =>
        connection.ExecuteAsync($"select pg_advisory_lock({Key})", stop);

    /// <summary>Gives back what <see cref="HoldAsync"/> took.</summary>
    public static Task ReleaseAsync(NpgsqlConnection connection) =>
        connection.ExecuteAsync($"select pg_advisory_unlock({Key})", CancellationToken.None);
}
