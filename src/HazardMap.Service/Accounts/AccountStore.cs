using HazardMap.Register;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>Who is logged in.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="UserName">Name to log in with; the author of its changes.</param>
/// <param name="DisplayName">Name to show.</param>
/// <param name="Grants">What it may do, where; what is in force now.</param>
/// <param name="ExpiresAt">End of the log-in.</param>
internal sealed record Account(Guid Id, string UserName, string DisplayName, IReadOnlyList<Grant> Grants, DateTimeOffset ExpiresAt);

/// <summary>A token that still logs somebody in.</summary>
/// <param name="Id">The beginning of its hash: names it, and opens nothing.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Kind"><c>bearer</c>: an access token, for programs; <c>session</c>: of a log-in.</param>
/// <param name="CreatedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
internal sealed record LiveToken(string Id, string Account, string Kind, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>Accounts, bearer tokens and one-time login codes. Tokens and codes are stored as hashes.</summary>
internal sealed class AccountStore(NpgsqlDataSource database)
{
    /// <summary>How long a browser session lasts.</summary>
    public static readonly TimeSpan SessionLife = TimeSpan.FromHours(12);

    /// <summary>Where it is announced that tokens ended: who remembers them forgets them (see <see cref="TokenCache"/>).</summary>
    public const string Channel = "hazardmap_accounts";

    /// <summary>How many characters of a token's hash name it.</summary>
    public const int IdLength = 12;

    private static readonly TimeSpan BearerLife = TimeSpan.FromDays(365);
    private static readonly TimeSpan CodeLife = TimeSpan.FromHours(24);

    /// <summary>Creates the first administrator when there is no account;
    /// returns the bearer token then, else <see langword="null"/>.</summary>
    public async Task<string?> EnsureAdministratorAsync(CancellationToken stop)
    {
        var created = await database.ScalarAsync<Guid>("""
            with
            -- nobody is there yet
            made as (
              insert into account.accounts (user_name, display_name)
              select 'admin', '管理员 / Administrator' where not exists (select from account.accounts)
              on conflict do nothing returning id, user_name),
            granted as (
              insert into account.grants (account, role) select user_name, 'Administrator' from made)
            select id from made
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
        select a.id, a.user_name, a.display_name, t.expires_at, g.roles, g.areas
        from account.tokens t join account.accounts a on a.id = t.account_id
        cross join lateral (
          select coalesce(array_agg(role), '{}') as roles, coalesce(array_agg(area), '{}') as areas
          from account.grants where account = a.user_name and valid_from <= now() and (valid_to is null or valid_to > now())) g
        where t.hash = $1 and t.revoked_at is null and t.expires_at > now() and a.disabled_at is null
        """, row => new Account(row.GetGuid(0), row.GetString(1), row.GetString(2),
            [.. row.GetFieldValue<string[]>(4).Zip(row.GetFieldValue<string?[]>(5),
                (role, area) => new Grant(Enum.Parse<AccountRole>(role), area))],
            row.GetFieldValue<DateTimeOffset>(3)),
            stop, Secrets.Hash(token));

    /// <summary>The account's id and PBKDF2 password hash, for <see cref="Passwords"/>.</summary>
    public Task<(Guid Id, string? PasswordHash)?> FindByNameAsync(string userName, CancellationToken stop) =>
        database.RowAsync<(Guid, string?)?>(
            "select id, password_hash from account.accounts where user_name = $1 and disabled_at is null",
            row => (row.GetGuid(0), row.TextOrNull(1)), stop, userName);

    /// <summary>
    /// Sets a password hash (from <see cref="Passwords"/>) and ends whatever the account was logged in by: sessions, access tokens,
    /// unused login links. Returns how many tokens that were; null when there is no such account.
    /// </summary>
    public Task<int?> SetPasswordAsync(string userName, string passwordHash, CancellationToken stop) => database.RowAsync<int?>($"""
        with changed as (update account.accounts set password_hash = $2 where user_name = $1 returning id),
        ended as (
          update account.tokens t set revoked_at = now() from changed c
          where t.account_id = c.id and t.revoked_at is null and t.expires_at > now() returning 1),
        spent as (
          update account.login_codes l set used_at = now() from changed c where l.account_id = c.id and l.used_at is null returning 1)
        select (select count(*) from ended)::integer, pg_notify('{Channel}', ''), (select count(*) from spent) from changed
        """, row => row.GetInt32(0), stop, userName, passwordHash);

    /// <summary>The tokens that log somebody in now, the newest first.</summary>
    public Task<List<LiveToken>> TokensAsync(CancellationToken stop) => database.RowsAsync($"""
        select left(encode(t.hash, 'hex'), {IdLength}), a.user_name, t.purpose, t.created_at, t.expires_at
        from account.tokens t join account.accounts a on a.id = t.account_id
        where t.revoked_at is null and t.expires_at > now() and a.disabled_at is null
        order by t.created_at desc, t.hash
        """, row => new LiveToken(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3),
            row.GetFieldValue<DateTimeOffset>(4)), stop);

    /// <summary>What names a token without telling it.</summary>
    public static string IdOf(string token) => Convert.ToHexStringLower(Secrets.Hash(token))[..IdLength];

    /// <summary>Ends the live tokens whose ids begin so; whose they were.</summary>
    public Task<List<string>> RevokeByIdAsync(string id, CancellationToken stop) => database.RowsAsync($"""
        with ended as (
          update account.tokens set revoked_at = now()
          where starts_with(encode(hash, 'hex'), $1) and revoked_at is null and expires_at > now() returning account_id),
        told as (select pg_notify('{Channel}', '') where exists (select from ended))
        select a.user_name from ended join account.accounts a on a.id = account_id left join told on true
        """, row => row.GetString(0), stop, id);

    /// <summary>A new access token for an account; null when there is no active one of that name.</summary>
    public async Task<string?> IssueTokenAsync(string userName, CancellationToken stop) =>
        await FindByNameAsync(userName, stop) is { } account ? await IssueTokenAsync(account.Id, "bearer", BearerLife, stop) : null;

    /// <summary>Starts a session for an account whose password was right.</summary>
    public Task<string> StartSessionAsync(Guid account, CancellationToken stop) => IssueTokenAsync(account, "session", SessionLife, stop);

    /// <summary>Ends a session. False, and nothing happens, when it is an access token.</summary>
    public async Task<bool> EndSessionAsync(string token, CancellationToken stop) =>
        await database.ExecuteAsync("update account.tokens set revoked_at = now() where hash = $1 and purpose = 'session'", stop,
            Secrets.Hash(token)) > 0;

    private async Task<Guid> AdministratorAsync(CancellationToken stop)
    {
        var id = await database.ScalarAsync<Guid>(
            """
            select a.id from account.accounts a join account.grants g on g.account = a.user_name
            where g.role = 'Administrator' and g.area is null and g.valid_from <= now() and (g.valid_to is null or g.valid_to > now())
              and a.disabled_at is null
            order by a.created_at limit 1
            """, stop);
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
