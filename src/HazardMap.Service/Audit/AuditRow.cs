using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Audit;

/// <summary>An entry of the audit as it is hashed: its fields as texts, none of them computed by a function of the database.</summary>
/// <param name="Id">Key.</param>
/// <param name="Number">Place in the chain; null: it was put in past the triggers.</param>
/// <param name="Fields">At, actor, action, entity, entity id, division, reason, details.</param>
/// <param name="Previous">Hash of the entry before.</param>
/// <param name="Hash">Hash of this one.</param>
internal sealed record AuditRow(string Id, long? Number, IReadOnlyList<string?> Fields, byte[] Previous, byte[] Hash)
{
    private const string Columns = """
        select id::text, number, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), actor, action, entity, entity_id,
               division_code, reason, details::text, coalesce(previous_hash, ''), coalesce(hash, '')
        from account.audit_entries order by number, at, id
        """;

    /// <summary>Names of <see cref="Fields"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["at", "actor", "action", "entity", "entityId", "divisionCode", "reason", "details"];

    /// <summary>Who did it.</summary>
    public string Actor => Fields[1] ?? "";

    /// <summary>The hash that its fields have at a place in the chain; <c>geodata/functions/seal_audit_entry.sql</c> computes the
    /// same.</summary>
    public byte[] HashAt(long number)
    {
        var text = new StringBuilder("hazardmap-audit-1\n");
        Add(Id);
        Add(number.ToString(CultureInfo.InvariantCulture));
        foreach (var field in Fields) Add(field);
        return SHA256.HashData([.. Previous, .. Encoding.UTF8.GetBytes(text.ToString())]);

        void Add(string? value)
        {
            if (value is null) text.Append("-\n");
            else text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(value)}:{value}\n");
        }
    }

    /// <summary>All entries, in the order of their numbers; those without one last.</summary>
    /// <param name="connection">In a transaction that sees one state, where the head is read too.</param>
    /// <param name="stop">Gives up.</param>
    public static async IAsyncEnumerable<AuditRow> ReadAsync(
        NpgsqlConnection connection, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await using var command = connection.Command(Columns);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            yield return new AuditRow(rows.GetString(0), rows.IsDBNull(1) ? null : rows.GetInt64(1),
                [.. Enumerable.Range(2, Names.Count).Select(i => rows.TextOrNull(i))],
                rows.GetFieldValue<byte[]>(10), rows.GetFieldValue<byte[]>(11));
    }
}
