using HazardMap.OData;
using HazardMap.Service.Audit;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>An account as the list of accounts has it.</summary>
/// <param name="Name">Name to log in with.</param>
/// <param name="DisplayName">Name to show.</param>
/// <param name="Grants">What it may do, and where.</param>
/// <param name="IsDisabled">It is not let in.</param>
/// <param name="HasPassword">A person has set one.</param>
/// <param name="Totp">It has a second factor.</param>
/// <param name="LastSeenAt">When one of its devices was last seen.</param>
internal sealed record ListedAccount(string Name, string DisplayName, IReadOnlyList<string> Grants, bool IsDisabled, bool HasPassword,
    bool Totp, DateTimeOffset? LastSeenAt);

/// <summary>Looks after accounts in the name of who sits at the console; each act is a transaction with its entry in the audit.</summary>
internal static class AccountDesk
{
    /// <summary>Makes an account.</summary>
    /// <exception cref="RefusalException">Something about it is wrong.</exception>
    public static Task<MadeAccount> AddAsync(NpgsqlDataSource database, NewAccount account, CancellationToken stop) =>
        ActAsync(database, async connection =>
        {
            if (await NewAccounts.ProblemsAsync(connection, [account], stop) is [var first, ..])
                throw new RefusalException("AccountRefused", $"{first.Column}: {first.En}.", $"{first.Column}：{first.Zh}。",
                    first.Column);
            var made = (await NewAccounts.MakeAsync(connection, [account], stop))[0];
            await AuditLog.WriteAsync(connection, new("AccountAdded", "Accounts", account.Name)
                { DivisionCode = account.Areas.FirstOrDefault(), Details = new { account.Role, account.Areas } }, stop);
            return made;
        }, stop);

    /// <summary>All accounts by name.</summary>
    public static Task<List<ListedAccount>> ListAsync(NpgsqlDataSource database, CancellationToken stop) => database.RowsAsync("""
        select a.user_name, a.display_name,
               array(select concat_ws(' ', g.role, g.area) from account.grants g
                     where g.account = a.user_name and g.valid_from <= now() and (g.valid_to is null or g.valid_to > now())
                     order by g.role, g.area),
               a.disabled_at is not null, a.password_hash is not null,
               exists (select from account.second_factors f where f.account_id = a.id and f.confirmed_at is not null),
               (select max(last_seen_at) from account.sessions s where s.account_id = a.id)
        from account.accounts a order by a.user_name
        """, row => new ListedAccount(row.GetString(0), row.GetString(1), row.GetFieldValue<string[]>(2), row.GetBoolean(3),
            row.GetBoolean(4), row.GetBoolean(5), row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6)), stop);

    /// <summary>Ends an account's log-ins and lets it in no more; how many ended.</summary>
    /// <exception cref="RefusalException">Unknown, or the last who may administer.</exception>
    public static Task<int> DisableAsync(NpgsqlDataSource database, string name, CancellationToken stop) =>
        ActAsync(database, async connection =>
        {
            var id = await FindAsync(connection, name, stop);
            await connection.ExecuteAsync("update account.accounts set disabled_at = coalesce(disabled_at, now()) where id = $1", stop, id);
            if (!await connection.ScalarAsync<bool>("""
                select exists (
                  select from account.accounts a join account.grants g on g.account = a.user_name
                  where a.disabled_at is null and g.role = 'Administrator' and g.area is null
                    and g.valid_from <= now() and (g.valid_to is null or g.valid_to > now()))
                """, stop))
                throw new RefusalException("LastAdministrator", $"{name} is the last administrator: make another one first.",
                    $"{name} 是最后一个管理员，请先另建管理员。", "NAME");
            var ended = await SessionStore.EndAllAsync(connection, id, "Disabled", but: null, stop);
            await AuditLog.WriteAsync(connection, new("AccountDisabled", "Accounts", id.ToString())
                { Details = new { account = name, ended } }, stop);
            return ended;
        }, stop);

    /// <summary>Lets a disabled account in again; it logs in anew.</summary>
    public static Task<int> EnableAsync(NpgsqlDataSource database, string name, CancellationToken stop) =>
        ActAsync(database, async connection =>
        {
            var id = await FindAsync(connection, name, stop);
            await AuditLog.WriteAsync(connection, new("AccountEnabled", "Accounts", id.ToString()) { Details = new { account = name } },
                stop);
            return await connection.ExecuteAsync("update account.accounts set disabled_at = null where id = $1", stop, id);
        }, stop);

    /// <summary>Takes password, second factor and all log-ins away, for who has lost them; a new one-time code.</summary>
    public static Task<(string Code, DateTimeOffset ValidUntil)> ResetAsync(
        NpgsqlDataSource database, string name, CancellationToken stop) => ActAsync(database, async connection =>
    {
        var id = await FindAsync(connection, name, stop);
        await connection.ExecuteAsync("update account.accounts set password_hash = null where id = $1", stop, id);
        await SecondFactors.RemoveAsync(connection, id, stop);
        var ended = await SessionStore.EndAllAsync(connection, id, "Reset", but: null, stop);
        var code = ReadableCode.Create();
        var until = await connection.ScalarAsync<DateTime>("""
            insert into account.login_codes (hash, account_id, purpose, expires_at)
            values ($1, $2, 'FirstLogin', now() + $3) returning expires_at
            """, stop, ReadableCode.Hash(code), id, NewAccounts.CodeLife);
        await AuditLog.WriteAsync(connection, new("AccountReset", "Accounts", id.ToString()) { Details = new { account = name, ended } },
            stop);
        return (code, new DateTimeOffset(until, TimeSpan.Zero));
    }, stop);

    /// <summary>A key for a program, confined to an area at most the account's own.</summary>
    public static Task<(string Key, DateTimeOffset ExpiresAt)> IssueKeyAsync(
        NpgsqlDataSource database, string name, string? area, string what, int days, CancellationToken stop) =>
        ActAsync(database, async connection =>
        {
            var id = await FindAsync(connection, name, stop);
            if (what.Length is 0 or > 100 || !TextForms.Has(what, TextForm.Line))
                throw new RefusalException("BadKeyName", "The name of a key is one line of 1 to 100 characters that can be seen.",
                    "密钥用途须为单行可见文字，1 至 100 个字符。", "--name");
            if (area is not null && !await connection.ScalarAsync<bool>("""
                select exists (select from register.divisions where code = $2 and (valid_to is null or valid_to > current_date))
                   and exists (select from account.grants g join account.accounts a on a.user_name = g.account
                               where a.id = $1 and (g.area is null or starts_with($2, g.area))
                               and g.valid_from <= now() and (g.valid_to is null or g.valid_to > now()))
                """, stop, id, area))
                throw new RefusalException("AreaRefused",
                    $"A key of {name} can't be confined to {area}: it is no division in force, or not within an area of the account.",
                    $"{name} 的密钥不能限定于 {area}：该区划不存在、已停用，或不在账户辖区内。", "--area");
            return await ApiKeys.IssueAsync(connection, id, area, what, days, stop);
        }, stop);

    private static async Task<Guid> FindAsync(NpgsqlConnection connection, string name, CancellationToken stop)
    {
        var id = await connection.ScalarAsync<Guid>("select id from account.accounts where user_name = $1 for update", stop, name);
        return id != Guid.Empty ? id : throw UserActions.Unknown(name);
    }

    private static async Task<T> ActAsync<T>(NpgsqlDataSource database, Func<NpgsqlConnection, Task<T>> act, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(AuditLog.Console, stop);
        var result = await act(connection);
        await SessionStore.TellAsync(connection, stop);
        await transaction.CommitAsync(stop);
        return result;
    }
}
