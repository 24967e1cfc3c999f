using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>Who is logged in.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="UserName">Name to log in with; the author of its changes.</param>
/// <param name="DisplayName">Name to show.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Area">Code of the division that it is confined to; null: everywhere.</param>
/// <param name="ExpiresAt">End of the log-in.</param>
internal sealed record Account(Guid Id, string UserName, string DisplayName, string Role, string? Area, DateTimeOffset ExpiresAt);

/// <summary>Accounts, bearer tokens and one-time login codes. Tokens and codes are stored as hashes.</summary>
internal sealed class AccountStore(NpgsqlDataSource database)
{
    /// <summary>How long a browser session lasts.</summary>
    public static readonly TimeSpan SessionLife = TimeSpan.FromHours(12);

    private static readonly TimeSpan BearerLife = TimeSpan.FromDays(365);
    private static readonly TimeSpan CodeLife = TimeSpan.FromHours(24);

    /// <summary>Creates the first administrator when there is no account;
    /// returns the bearer token then, else <see langword="null"/>.</summary>
    public async Task<string?> EnsureAdministratorAsync(CancellationToken stop)
    {
        var created = await database.ScalarAsync<Guid>("""
            insert into account.accounts (user_name, display_name, role)
            select 'admin', '管理员 / Administrator', 'Administrator'
            where not exists (select from account.accounts)
            on conflict do nothing
            returning id
            """, stop);
        return created == Guid.Empty ? null : await IssueTokenAsync(created, "bearer", BearerLife, stop);
    }

    /// <summary>A new bearer token for the administrator, for when the first one was lost.</summary>
    public async Task<string> IssueAdministratorTokenAsync(CancellationToken stop) =>
        await IssueTokenAsync(await AdministratorAsync(stop), "bearer", BearerLife, stop);

    /// <summary>A code that logs the administrator in once, within a day.</summary>
    public async Task<string> CreateLoginCodeAsync(CancellationToken stop)
    {
        var code = Secrets.Create();
        await database.ExecuteAsync("insert into account.login_codes (hash, account_id, expires_at) values ($1, $2, now() + $3)",
            stop, Secrets.Hash(code), await AdministratorAsync(stop), CodeLife);
        return code;
    }

    /// <summary>Spends a login code; returns a session token, or <see langword="null"/> when the code is unknown,
    /// used or too old.</summary>
    public async Task<string?> RedeemAsync(string code, CancellationToken stop)
    {
        var account = await database.ScalarAsync<Guid>("""
            update account.login_codes c set used_at = now()
            from account.accounts a
            where c.hash = $1 and c.used_at is null and c.expires_at > now() and a.id = c.account_id and a.disabled_at is null
            returning a.id
            """, stop, Secrets.Hash(code));
        return account == Guid.Empty ? null : await IssueTokenAsync(account, "session", SessionLife, stop);
    }

    /// <summary>The account behind a token, or <see langword="null"/> when it is unknown, revoked or expired.</summary>
    public Task<Account?> FindAsync(string token, CancellationToken stop) => database.RowAsync("""
        select a.id, a.user_name, a.display_name, a.role, a.area, t.expires_at
        from account.tokens t join account.accounts a on a.id = t.account_id
        where t.hash = $1 and t.revoked_at is null and t.expires_at > now() and a.disabled_at is null
        """, row => new Account(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.TextOrNull(4),
            row.GetFieldValue<DateTimeOffset>(5)),
            stop, Secrets.Hash(token));

    /// <summary>The account's id and PBKDF2 password hash, for <see cref="Passwords"/>.</summary>
    public Task<(Guid Id, string? PasswordHash)?> FindByNameAsync(string userName, CancellationToken stop) =>
        database.RowAsync<(Guid, string?)?>(
            "select id, password_hash from account.accounts where user_name = $1 and disabled_at is null",
            row => (row.GetGuid(0), row.TextOrNull(1)), stop, userName);

    /// <summary>Sets a password hash (from <see cref="Passwords"/>); returns whether the account exists.</summary>
    public async Task<bool> SetPasswordAsync(string userName, string passwordHash, CancellationToken stop) =>
        await database.ScalarAsync<Guid>("update account.accounts set password_hash = $2 where user_name = $1 returning id",
            stop, userName, passwordHash) != Guid.Empty;

    /// <summary>Starts a session for an account whose password was right.</summary>
    public Task<string> StartSessionAsync(Guid account, CancellationToken stop) => IssueTokenAsync(account, "session", SessionLife, stop);

    /// <summary>Ends the session or revokes the token.</summary>
    public Task RevokeAsync(string token, CancellationToken stop) =>
        database.ExecuteAsync("update account.tokens set revoked_at = now() where hash = $1", stop, Secrets.Hash(token));

    private async Task<Guid> AdministratorAsync(CancellationToken stop)
    {
        var id = await database.ScalarAsync<Guid>(
            "select id from account.accounts where role = 'Administrator' and disabled_at is null order by created_at limit 1", stop);
        return id != Guid.Empty ? id
            : throw new RefusalException("NoAdministrator", "There is no active administrator account.",
                "没有可用的管理员账户。");
    }

    private async Task<string> IssueTokenAsync(Guid account, string purpose, TimeSpan life, CancellationToken stop)
    {
        var token = Secrets.Create();
        await database.ExecuteAsync("insert into account.tokens (hash, account_id, purpose, expires_at) values ($1, $2, $3, now() + $4)",
            stop, Secrets.Hash(token), account, purpose, life);
        return token;
    }
}
