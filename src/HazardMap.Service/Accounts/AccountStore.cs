using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Audit;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>Who is logged in.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="UserName">Name to log in with; the author of its changes.</param>
/// <param name="DisplayName">Name to show.</param>
/// <param name="Grants">What it may do, where; what is in force now. Of a key what lies in the key's area.</param>
/// <param name="ExpiresAt">End of the log-in.</param>
internal sealed record Account(Guid Id, string UserName, string DisplayName, IReadOnlyList<Grant> Grants, DateTimeOffset ExpiresAt)
{
    /// <summary>By what it is logged in: <c>session</c>, <c>bearer</c> or <c>key</c>.</summary>
    public string Purpose { get; init; } = "bearer";

    /// <summary>The session; null: an access token or a key.</summary>
    public Guid? Session { get; init; }

    /// <summary>When the session's device was last seen, to five minutes.</summary>
    public DateTimeOffset? SeenAt { get; init; }
}

/// <summary>A token that still logs somebody in.</summary>
/// <param name="Id">The beginning of its hash: names it, and opens nothing.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Kind"><c>bearer</c>: an access token, for programs; <c>key</c>: one that is confined to an area; <c>session</c>: of a
/// log-in.</param>
/// <param name="Name">What a key is for.</param>
/// <param name="Area">What a key is confined to.</param>
/// <param name="CreatedAt">When it was issued.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
internal sealed record LiveToken(
    string Id, string Account, string Kind, string? Name, string? Area, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>Accounts, bearer tokens and one-time login codes. Tokens and codes are stored as hashes.</summary>
internal sealed class AccountStore(NpgsqlDataSource database)
{
    /// <summary>Where it is announced that tokens ended: who remembers them forgets them (see <see cref="TokenCache"/>).</summary>
    public const string Channel = "hazardmap_accounts";

    /// <summary>How many characters of a token's hash name it.</summary>
    public const int IdLength = 12;

    // A token that logs in, with its account, what that may do, and its session.
    private const string LogsIn = """
        account.tokens t join account.accounts a on a.id = t.account_id left join account.sessions s on s.id = t.session_id
        cross join lateral (
          select coalesce(array_agg(role), '{}') as roles, coalesce(array_agg(area), '{}') as areas
          from account.grants where account = a.user_name and valid_from <= now() and (valid_to is null or valid_to > now())) g
        where t.purpose <> 'refresh' and t.revoked_at is null and t.expires_at > now() and s.ended_at is null and a.disabled_at is null
        """;

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

    /// <summary>Spends the code of a login link; begins a session, or <see langword="null"/> when the code is unknown, used or too old.
    /// </summary>
    public async Task<StartedSession?> RedeemAsync(string code, Device device, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var account = await connection.RowAsync<(Guid Id, string Name)?>("""
            update account.login_codes c set used_at = now()
            from account.accounts a
            where c.hash = $1 and c.purpose = 'Link' and c.used_at is null and c.expires_at > now() and a.id = c.account_id
              and a.disabled_at is null
            returning a.id, a.user_name
            """, row => (row.GetGuid(0), row.GetString(1)), stop, Secrets.Hash(code));
        if (account is not { } found) return null;
        await connection.ActAsAsync(found.Name, stop);
        var session = await SessionStore.StartAsync(connection, found.Id, device, "Link", isKept: false, stop);
        await AuditLog.WriteAsync(connection, new("LoggedIn", "Accounts", found.Id.ToString())
            { Details = new { by = "Link", device.Agent, device.Address } }, stop);
        await transaction.CommitAsync(stop);
        return session;
    }

    /// <summary>The account behind a token, or <see langword="null"/> when it is unknown, ended or expired.</summary>
    public Task<Account?> FindAsync(string token, CancellationToken stop) => database.RowAsync($"""
        select a.id, a.user_name, a.display_name, t.expires_at, g.roles, g.areas, t.purpose, t.session_id, s.last_seen_at, t.area
        from {LogsIn} and t.hash = $1
        """, row => new Account(row.GetGuid(0), row.GetString(1), row.GetString(2),
            [.. row.GetFieldValue<string[]>(4).Zip(row.GetFieldValue<string?[]>(5),
                (role, area) => new Grant(Enum.Parse<AccountRole>(role), area).Within(row.TextOrNull(9))).OfType<Grant>()],
            row.GetFieldValue<DateTimeOffset>(3))
        {
            Purpose = row.GetString(6), Session = row.IsDBNull(7) ? null : row.GetGuid(7),
            SeenAt = row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
        }, stop, Secrets.Hash(token));

    /// <summary>Those of some tokens that log somebody in.</summary>
    public async Task<HashSet<string>> LiveAsync(IEnumerable<string> tokens, CancellationToken stop)
    {
        var hashes = tokens.ToDictionary(token => Convert.ToHexString(Secrets.Hash(token)), StringComparer.Ordinal);
        var live = await database.RowsAsync($"select t.hash from {LogsIn} and t.hash = any ($1)", row => row.GetFieldValue<byte[]>(0), stop,
            (object)hashes.Keys.Select(Convert.FromHexString).ToArray());
        return [.. live.Select(hash => hashes[Convert.ToHexString(hash)])];
    }

    /// <summary>The account's id and PBKDF2 password hash, for <see cref="Passwords"/>.</summary>
    public Task<(Guid Id, string? PasswordHash)?> FindByNameAsync(string userName, CancellationToken stop) =>
        database.RowAsync<(Guid, string?)?>(
            "select id, password_hash from account.accounts where user_name = $1 and disabled_at is null",
            row => (row.GetGuid(0), row.TextOrNull(1)), stop, userName);

    /// <summary>
    /// Sets a password hash (from <see cref="Passwords"/>) and ends whatever the account was logged in by: sessions, access tokens, keys,
    /// unused login links. Returns how many that were; null when there is no such account.
    /// </summary>
    public async Task<int?> SetPasswordAsync(string userName, string passwordHash, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(AuditLog.Console, stop);
        var account = await connection.ScalarAsync<Guid>("select id from account.accounts where user_name = $1", stop, userName);
        if (account == Guid.Empty) return null;
        var ended = await SetPasswordAsync(connection, account, passwordHash, but: null, stop);
        await transaction.CommitAsync(stop);
        return ended;
    }

    /// <summary>The same in a transaction; the session <paramref name="but"/> goes on.</summary>
    public static async Task<int> SetPasswordAsync(
        NpgsqlConnection connection, Guid account, string passwordHash, Guid? but, CancellationToken stop)
    {
        await connection.ExecuteAsync("update account.accounts set password_hash = $2 where id = $1", stop, account, passwordHash);
        var ended = await SessionStore.EndAllAsync(connection, account, "PasswordChanged", but, stop);
        await AuditLog.WriteAsync(connection, new("PasswordChanged", "Accounts", account.ToString()) { Details = new { ended } }, stop);
        return ended;
    }

    /// <summary>The tokens that log somebody in now, the newest first.</summary>
    public Task<List<LiveToken>> TokensAsync(CancellationToken stop) => database.RowsAsync($"""
        select left(encode(t.hash, 'hex'), {IdLength}), a.user_name, t.purpose, t.name, t.area, t.created_at, t.expires_at
        from {LogsIn} order by t.created_at desc, t.hash
        """, row => new LiveToken(row.GetString(0), row.GetString(1), row.GetString(2), row.TextOrNull(3), row.TextOrNull(4),
            row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6)), stop);

    /// <summary>What names a token without telling it.</summary>
    public static string IdOf(string token) => Convert.ToHexStringLower(Secrets.Hash(token))[..IdLength];

    /// <summary>Ends the live tokens whose ids begin so, a session's with its session; whose they were.</summary>
    public async Task<List<string>> RevokeByIdAsync(string id, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(AuditLog.Console, stop);
        var whose = await connection.RowsAsync($"""
            with named as (select t.hash, t.session_id, a.user_name from {LogsIn} and starts_with(encode(t.hash, 'hex'), $1)),
            tokens as (update account.tokens t set revoked_at = now() from named n where t.hash = n.hash),
            sessions as (
              update account.sessions s set ended_at = now(), ended_because = 'Revoked' from named n
              where s.id = n.session_id and s.ended_at is null)
            select user_name from named
            """, row => row.GetString(0), stop, id);
        if (whose.Count > 0) await SessionStore.TellAsync(connection, stop);
        foreach (var name in whose)
            await AuditLog.WriteAsync(connection, new("TokenRevoked", "Tokens", id) { Details = new { account = name } }, stop);
        await transaction.CommitAsync(stop);
        return whose;
    }

    /// <summary>A new access token for an account; null when there is no active one of that name.</summary>
    public async Task<string?> IssueTokenAsync(string userName, CancellationToken stop) =>
        await FindByNameAsync(userName, stop) is { } account ? await IssueTokenAsync(account.Id, "bearer", BearerLife, stop) : null;

    private async Task<Guid> AdministratorAsync(CancellationToken stop)
    {
        var id = await database.ScalarAsync<Guid>("""
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
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(AuditLog.Console, stop);
        await connection.ExecuteAsync("insert into account.tokens (hash, account_id, purpose, expires_at) values ($1, $2, $3, now() + $4)",
            stop, Secrets.Hash(token), account, purpose, life);
        await AuditLog.WriteAsync(connection, new("TokenIssued", "Accounts", account.ToString())
            { Details = new { token = IdOf(token), purpose } }, stop);
        await transaction.CommitAsync(stop);
        return token;
    }
}
