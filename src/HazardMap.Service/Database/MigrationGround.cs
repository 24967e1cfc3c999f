using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>What the scripts stand on: extensions, roles where they may be created, the journal.</summary>
internal static class MigrationGround
{
    private static readonly string[] Extensions = ["postgis", "pgrouting", "pg_trgm"];
    private static readonly string[] Roles = ["hazardmap_service", "hazardmap_reader"];

    /// <summary>Makes what is missing.</summary>
    /// <exception cref="RefusalException">An extension is missing and may not be created.</exception>
    public static async Task PrepareAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        foreach (var extension in Extensions) await CreateExtensionAsync(connection, extension, stop);
        foreach (var role in Roles) await CreateRoleAsync(connection, role, stop);
        await RunAsync(connection, """
            create schema if not exists journal;
            create table if not exists journal.scripts (
              name text primary key, sha256 text not null, applied_at timestamptz not null default now());
            """, stop);
        await connection.ReloadTypesAsync(stop);
    }

    private static Task CreateRoleAsync(NpgsqlConnection connection, string role, CancellationToken stop) => RunAsync(connection, $"""
        do $$ begin
          if (select rolcreaterole or rolsuper from pg_roles where rolname = current_user)
             and not exists (select from pg_roles where rolname = '{role}') then
            create role {role} login;
          end if;
        exception when duplicate_object or unique_violation then null; -- another database's migration was first
        end $$
        """, stop);

    private static async Task CreateExtensionAsync(NpgsqlConnection connection, string extension, CancellationToken stop)
    {
        try
        {
            await RunAsync(connection, $"create extension if not exists {extension}", stop);
        }
        catch (PostgresException refused) when (refused.SqlState is
            PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedFile or PostgresErrorCodes.FeatureNotSupported)
        {
            throw MigrationRefusals.ExtensionMissing(extension, refused.MessageText);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(stop);
    }
}
