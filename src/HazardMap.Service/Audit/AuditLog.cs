using System.Text.Encodings.Web;
using System.Text.Json;
using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Audit;

/// <summary>
/// Writes the audit. An entry is written in the transaction of what it tells, so that neither is there without the other; the database
/// gives it its number and its hash when that commits (<c>geodata/functions/seal_audit_entry.sql</c>).
/// </summary>
internal static class AuditLog
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Who is named for what is done at the console of the server.</summary>
    public static string Console => $"console:{Environment.UserName}";

    /// <summary>Writes an entry in a transaction that was begun in the name of its actor (<see cref="RegisterDatabase.BeginAsAsync"/>).
    /// </summary>
    public static Task WriteAsync(NpgsqlConnection connection, AuditEntry entry, CancellationToken stop) => connection.ExecuteAsync("""
        insert into account.audit_entries (action, entity, entity_id, division_code, reason, details) values ($1, $2, $3, $4, $5, $6::jsonb)
        """, stop, entry.Action, entry.Entity, entry.EntityId, entry.DivisionCode, entry.Reason,
        entry.Details is null ? null : JsonSerializer.Serialize(entry.Details, Json));

    /// <summary>Writes an entry by itself, for an act that has no transaction.</summary>
    public static async Task WriteAsync(NpgsqlDataSource database, string actor, AuditEntry entry, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(actor, stop);
        await WriteAsync(connection, entry, stop);
        await transaction.CommitAsync(stop);
    }
}
