using HazardMap.Service.Audit;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>Keys of programs: they log in as their account, confined to an area, until a day, and are told once.</summary>
internal static class ApiKeys
{
    /// <summary>Longest life in days.</summary>
    public const int MostDays = 1826;

    /// <summary>Issues one in a transaction.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="account">Whose.</param>
    /// <param name="area">Code of the division that it is confined to; null: to what its account is.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="days">How long it works.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The key, and when it expires.</returns>
    public static async Task<(string Key, DateTimeOffset ExpiresAt)> IssueAsync(
        NpgsqlConnection connection, Guid account, string? area, string name, int days, CancellationToken stop)
    {
        var key = Secrets.Create();
        var expires = await connection.ScalarAsync<DateTime>("""
            insert into account.tokens (hash, account_id, purpose, name, area, expires_at)
            values ($1, $2, 'key', $3, $4, now() + $5) returning expires_at
            """, stop, Secrets.Hash(key), account, name, area, TimeSpan.FromDays(days));
        await AuditLog.WriteAsync(connection, new("KeyIssued", "Accounts", account.ToString())
            { DivisionCode = area, Details = new { key = AccountStore.IdOf(key), name, area, days } }, stop);
        return (key, new DateTimeOffset(expires, TimeSpan.Zero));
    }
}
