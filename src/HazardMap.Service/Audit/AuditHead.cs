using System.Globalization;
using System.Text.Json;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Audit;

/// <summary>
/// The last link of the chain. Kept elsewhere (on paper, with another authority, in a mail), it shows when the tail of the audit was
/// cut off later, which the chain by itself cannot.
/// </summary>
/// <param name="Number">Number of the last entry; 0: there is none.</param>
/// <param name="Hash">Its hash, in hexadecimal.</param>
/// <param name="At">When it was written.</param>
internal sealed record AuditHead(long Number, string Hash, DateTimeOffset? At)
{
    /// <summary>What the database says it is.</summary>
    public static Task<AuditHead?> ReadAsync(NpgsqlConnection connection, CancellationToken stop) => connection.RowAsync("""
        select h.number, encode(h.hash, 'hex'), e.at from account.audit_head h left join account.audit_entries e on e.number = h.number
        """, row => new AuditHead(row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetFieldValue<DateTimeOffset>(2)), stop);

    /// <summary>One that was exported.</summary>
    /// <exception cref="RefusalException">The file is none.</exception>
    public static AuditHead FromFile(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(path));
            var (number, hash) = (json.RootElement.GetProperty("number").GetInt64(),
                json.RootElement.GetProperty("hash").GetString() ?? "");
            if (number < 0 || hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)) throw new FormatException("number and hash");
            return new AuditHead(number, hash.ToLowerInvariant(),
                json.RootElement.TryGetProperty("at", out var at) && at.TryGetDateTimeOffset(out var when) ? when : null);
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or KeyNotFoundException or InvalidOperationException
            or IOException or UnauthorizedAccessException)
        {
            throw new RefusalException("NotAHead", string.Create(CultureInfo.InvariantCulture,
                $"{path} is no head of the audit ({wrong.Message}): it is what `audit head` printed."),
                $"{path} 不是审计链头：应为 `audit head` 输出的内容。", "--head");
        }
    }
}
