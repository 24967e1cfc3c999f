using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>Whether an edit and a tile would succeed: both are done on a new session and rolled back.</summary>
/// <remarks>
/// The last statement needs more memory than it may use, so the server writes to its disk and forgets: a full disk shows.
/// A session of its own, because an old one may hold libraries that a new one can no longer load. No row is touched, so nobody waits.
/// </remarks>
internal static class RegisterProbe
{
    private const string EditAndTile = """
        begin;
        set local statement_timeout = '3s';
        set local lock_timeout = '1s';
        do $$ begin end $$;
        update register.people set name = name where false;
        select tiles.hazards(22, 0, 0);
        set local work_mem = '64kB';
        select count(*) from (select n from generate_series(1, 20000) n order by n desc offset 0) s;
        rollback
        """;

    /// <summary>Returns when both succeeded; else throws what the database said.</summary>
    public static async Task TryAsync(string connectionString, CancellationToken stop)
    {
        var own = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false, Timeout = 2, CommandTimeout = 4, ApplicationName = "hazardmap probe",
        };
        await using var connection = new NpgsqlConnection(own.ConnectionString);
        await connection.OpenAsync(stop);
        await TryAsync(connection, stop);
    }

    /// <summary>The same on a session that is there.</summary>
    public static Task TryAsync(NpgsqlConnection connection, CancellationToken stop) => connection.ExecuteAsync(EditAndTile, stop);
}
