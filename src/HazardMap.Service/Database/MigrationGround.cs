using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>What the scripts stand on: extensions, roles where they may be created, the journal.</summary>
internal static class MigrationGround
{
    /// <summary>Makes what is missing. Whether that is allowed was looked at before: <see cref="GroundSurvey"/>.</summary>
    public static async Task PrepareAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        foreach (var statement in RegisterExtensions.Statements) await connection.ExecuteAsync(statement, stop);
        await RegisterRoles.CreateAsync(connection, stop);
        await connection.ExecuteAsync("""
            create schema if not exists journal;
            create table if not exists journal.scripts (
              name text primary key, sha256 text not null, applied_at timestamptz not null default now());
            """, stop);
        await connection.ReloadTypesAsync(stop);
    }
}
