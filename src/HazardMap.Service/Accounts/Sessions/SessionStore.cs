using HazardMap.OData;
using HazardMap.Service.Audit;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>What a log-in is answered.</summary>
/// <param name="Session">The session's identifier.</param>
/// <param name="Token">Logs in, until <paramref name="ExpiresAt"/>.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="RefreshToken">Is exchanged once for the next two, until <paramref name="RefreshExpiresAt"/>.</param>
/// <param name="RefreshExpiresAt">When it ends by itself.</param>
internal sealed record StartedSession(
    Guid Session, string Token, DateTimeOffset ExpiresAt, string RefreshToken, DateTimeOffset RefreshExpiresAt);

/// <summary>A device that an account is logged in on.</summary>
/// <param name="Id">The session's identifier.</param>
/// <param name="Device">As it calls itself.</param>
/// <param name="Agent">Family of browser and system.</param>
/// <param name="Address">Its last address, in short form.</param>
/// <param name="CreatedAt">When it logged in.</param>
/// <param name="LastSeenAt">When it last asked for something, to five minutes.</param>
/// <param name="ExpiresAt">When it is logged out by itself.</param>
/// <param name="IsThis">It is the one that asks.</param>
internal sealed record OpenSession(Guid Id, string? Device, string Agent, string Address, DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, bool IsThis);

/// <summary>
/// Sessions: a log-in on a device, of which all tokens are. The session's own row says whether it has ended; its tokens follow.
/// </summary>
internal sealed class SessionStore(NpgsqlDataSource database)
{
    /// <summary>How often it is noted that a device was seen.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    /// <summary>How long a token of a session works.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromHours(12);

    /// <summary>The same on a device that stays logged in: an inspector's phone may be without a network for days.</summary>
    public static readonly TimeSpan KeptTokenLife = TimeSpan.FromDays(30);

    /// <summary>How long a refresh token waits.</summary>
    public static readonly TimeSpan RefreshLife = TimeSpan.FromDays(30);

    /// <summary>How long a session lasts at most, however often it is refreshed.</summary>
    public static readonly TimeSpan SessionLife = TimeSpan.FromDays(180);

    /// <summary>Begins a session in a transaction, and forgets what ended long ago.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="account">Whose.</param>
    /// <param name="device">Where.</param>
    /// <param name="beganBy"><c>Password</c>, <c>Link</c> or <c>OneTimeCode</c>.</param>
    /// <param name="isKept">The device stays logged in.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<StartedSession> StartAsync(
        NpgsqlConnection connection, Guid account, Device device, string beganBy, bool isKept, CancellationToken stop)
    {
        await connection.ExecuteAsync("delete from account.sessions where account_id = $1 and least(expires_at, ended_at) < now() - $2",
            stop,
            account, TimeSpan.FromDays(90));
        var session = await connection.ScalarAsync<Guid>("""
            insert into account.sessions (account_id, device, agent, address, began_by, expires_at)
            values ($1, $2, $3, $4, $5, now() + $6) returning id
            """, stop, account, device.Name, device.Agent, device.Address, beganBy, RefreshLife);
        return await IssueAsync(connection, session, isKept ? KeptTokenLife : TokenLife, stop);
    }

    /// <summary>Exchanges a refresh token for the next pair.</summary>
    /// <param name="refreshToken">As it was issued.</param>
    /// <param name="device">Who sends it.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The pair; null: unknown, ended or expired, or spent before, which ends the session: it is in two hands.</returns>
    public async Task<StartedSession?> RefreshAsync(string refreshToken, Device device, CancellationToken stop)
    {
        var hash = Secrets.Hash(refreshToken);
        await using var connection = await database.OpenPatientlyAsync(stop);
        var owner = await connection.RowAsync<(string Name, Guid Account)?>("""
            select a.user_name, a.id from account.tokens t join account.accounts a on a.id = t.account_id
            where t.hash = $1 and t.purpose = 'refresh'
            """, row => (row.GetString(0), row.GetGuid(1)), stop, hash);
        if (owner is not { } known) return null;
        await using var transaction = await connection.BeginAsAsync(known.Name, stop);
        var spent = await connection.RowAsync<(Guid Session, TimeSpan Life)?>("""
            update account.tokens t set spent_at = now() from account.sessions s, account.accounts a
            where t.hash = $1 and t.spent_at is null and t.revoked_at is null and t.expires_at > now()
              and s.id = t.session_id and s.ended_at is null and s.created_at > now() - $2 and a.id = t.account_id and a.disabled_at is null
            returning s.id, (select max(x.expires_at - x.created_at) from account.tokens x
                             where x.session_id = s.id and x.purpose = 'session')
            """, row => (row.GetGuid(0), row.GetFieldValue<TimeSpan>(1)), stop, hash, SessionLife);
        StartedSession? started = null;
        if (spent is { } now)
        {
            await connection.ExecuteAsync("""
                update account.sessions set last_seen_at = now(), agent = $2, address = $3, expires_at = now() + $4 where id = $1
                """, stop, now.Session, device.Agent, device.Address, RefreshLife);
            await connection.ExecuteAsync("""
                delete from account.tokens where session_id = $1 and expires_at < now() - interval '1 day'
                """, stop, now.Session);
            started = await IssueAsync(connection, now.Session, now.Life, stop);
        }
        else if (await connection.ScalarAsync<Guid>("""
            update account.sessions s set ended_at = now(), ended_because = 'RefreshTokenReused' from account.tokens t
            where t.hash = $1 and t.spent_at is not null and s.id = t.session_id and s.ended_at is null returning s.id
            """, stop, hash) is var ended && ended != Guid.Empty)
        {
            await TellAsync(connection, stop);
            await AuditLog.WriteAsync(connection, new("RefreshTokenReused", "Devices", ended.ToString())
                { Details = new { device.Agent, device.Address } }, stop);
        }
        await transaction.CommitAsync(stop);
        return started;
    }

    /// <summary>What an account is logged in on, the newest first.</summary>
    public Task<List<OpenSession>> OpenAsync(Guid account, Guid? asking, CancellationToken stop) => database.RowsAsync("""
        select id, device, agent, address, created_at, last_seen_at, expires_at, id is not distinct from $2 from account.sessions
        where account_id = $1 and ended_at is null and expires_at > now() order by created_at desc, id
        """, row => new OpenSession(row.GetGuid(0), row.TextOrNull(1), row.GetString(2), row.GetString(3),
            row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6),
            row.GetBoolean(7)), stop, account, asking);

    /// <summary>Ends one session at once.</summary>
    /// <param name="id">Which.</param>
    /// <param name="owner">Whose it is, unless it is of an account that is administered.</param>
    /// <param name="administered">Where accounts are administered: those that may do nothing beyond it.</param>
    /// <param name="actor">Who ends it.</param>
    /// <param name="because"><c>LoggedOut</c> or <c>Revoked</c>.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Whether it was there and open.</returns>
    public async Task<bool> EndAsync(
        Guid id, Guid owner, Territory administered, string actor, string because, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(actor, stop);
        var whose = await connection.ScalarAsync<string>("""
            update account.sessions s set ended_at = now(), ended_because = $3 from account.accounts a
            where s.id = $1 and s.ended_at is null and a.id = s.account_id
              and (a.id = $2 or $4 or (
                select bool_and(coalesce(g.area like any ($5), false)) from account.grants g
                where g.account = a.user_name and g.valid_from <= now() and (g.valid_to is null or g.valid_to > now())))
            returning a.user_name
            """, stop, id, owner, because, administered.IsEverywhere, administered.Patterns ?? []);
        if (whose is null) return false;
        await TellAsync(connection, stop);
        await AuditLog.WriteAsync(connection, new(because == "LoggedOut" ? "LoggedOut" : "SessionRevoked", "Devices", id.ToString())
            { Details = new { account = whose } }, stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    /// <summary>Ends what an account is logged in by: sessions, access tokens, keys, unused links and codes.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="account">Whose.</param>
    /// <param name="because">One of the reasons of <c>account.sessions</c>.</param>
    /// <param name="but">The session that goes on; null: none does.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>How many sessions, tokens and keys that were.</returns>
    public static async Task<int> EndAllAsync(
        NpgsqlConnection connection, Guid account, string because, Guid? but, CancellationToken stop)
    {
        var ended = await connection.ScalarAsync<int>("""
            with sessions as (
              update account.sessions set ended_at = now(), ended_because = $2
              where account_id = $1 and ended_at is null and id is distinct from $3 returning expires_at),
            tokens as (
              update account.tokens set revoked_at = now()
              where account_id = $1 and session_id is null and revoked_at is null and expires_at > now() returning 1),
            codes as (update account.login_codes set used_at = now() where account_id = $1 and used_at is null returning 1)
            select ((select count(*) from sessions where expires_at > now()) + (select count(*) from tokens)
                    + 0 * (select count(*) from codes))::integer
            """, stop, account, because, but);
        await TellAsync(connection, stop);
        return ended;
    }

    /// <summary>Notes that a device was seen, at most every five minutes.</summary>
    public Task SeenAsync(Guid session, Device device, CancellationToken stop) => database.ExecuteAsync("""
        update account.sessions set last_seen_at = now(), agent = $2, address = $3
        where id = $1 and last_seen_at < now() - $4 and ended_at is null
        """, stop, session, device.Agent, device.Address, SeenEvery);

    /// <summary>Announces that log-ins ended, or may do other than before: when the transaction commits, everybody forgets what he
    /// knew.</summary>
    public static Task TellAsync(NpgsqlConnection connection, CancellationToken stop) =>
        connection.ExecuteAsync($"select pg_notify('{AccountStore.Channel}', '')", stop);

    private static async Task<StartedSession> IssueAsync(
        NpgsqlConnection connection, Guid session, TimeSpan life, CancellationToken stop)
    {
        var (token, refresh) = (Secrets.Create(), Secrets.Create());
        var ends = await connection.RowAsync("""
            with issued as (
              insert into account.tokens (hash, account_id, purpose, session_id, expires_at)
              select x.hash, s.account_id, x.purpose, s.id, now() + x.life
              from account.sessions s,
                   (values ($2::bytea, 'session', $3::interval), ($4::bytea, 'refresh', $5::interval)) x (hash, purpose, life)
              where s.id = $1
              returning purpose, expires_at)
            select max(expires_at) filter (where purpose = 'session'), max(expires_at) filter (where purpose = 'refresh') from issued
            """, row => (Token: row.GetFieldValue<DateTimeOffset>(0), Refresh: row.GetFieldValue<DateTimeOffset>(1)), stop,
            session, Secrets.Hash(token), life, Secrets.Hash(refresh), RefreshLife);
        return new StartedSession(session, token, ends.Token, refresh, ends.Refresh);
    }
}
