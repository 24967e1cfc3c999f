using HazardMap.OData;
using HazardMap.Service.Audit;
using HazardMap.Service.Database;
using HazardMap.Service.Hosting;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>
/// Logging in with a password and, where the account has one, a second factor; and the first time, with a one-time code. What was tried
/// is counted by account and written into the audit, right or wrong.
/// </summary>
internal sealed class Logins(NpgsqlDataSource database, AccountStore accounts, SecondFactors factors, LockOut lockOut)
{
    private const int LongestName = 64;

    /// <summary>What <c>POST /api/account/first</c> takes.</summary>
    /// <param name="User">Name of the account.</param>
    /// <param name="OneTimeCode">The code that was handed out.</param>
    /// <param name="Password">The password from now on.</param>
    /// <param name="Device">What the device is called.</param>
    /// <param name="Keep">The device stays logged in for thirty days.</param>
    internal sealed record FirstLogin(string? User, string? OneTimeCode, string? Password, string? Device, bool Keep);

    /// <summary>Answers a log-in with a password: 200, 401 (wrong, or the code is needed), 429.</summary>
    public async Task<IResult> ByPasswordAsync(HttpContext http, SessionEndpoints.Credentials given, CancellationToken stop)
    {
        if (!IsName(given.User) || given.Password is not { Length: > 0 and <= PasswordRules.Longest } || given.Code is { Length: > 100 })
            throw new RefusalException("BadCredentials", "Give user and password as JSON strings.",
                "请以 JSON 字符串提供 user 与 password。");
        var device = Device.Of(http, given.Device);
        if (await IsLockedOutAsync(http, given.User!, stop)) return Results.Empty;
        var account = await accounts.FindByNameAsync(given.User!, stop);
        if (!Passwords.Matches(account?.PasswordHash, given.Password) || account is not { } known)
        {
            await RefuseAsync(http, account?.Id, given.User!, "Password", "WrongCredentials", "User or password is wrong.",
                "用户名或密码错误。", device, stop);
            return Results.Empty;
        }
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(given.User!, stop);
        if (await factors.ProveAsync(connection, known.Id, given.Code, stop) is not { } proof)
        {
            await transaction.RollbackAsync(stop);
            if (string.IsNullOrWhiteSpace(given.Code))
                await Errors.WriteAsync(http, StatusCodes.Status401Unauthorized, "CodeNeeded",
                    "The password is right; this account also needs the six digits of its authenticator app, or a recovery code.",
                    "密码正确；该账户还需输入动态码（六位数字）或恢复码。", "code");
            else
                await RefuseAsync(http, known.Id, given.User!, "Code", "WrongCode",
                    "The code is wrong, too old or was used before. Wait for the next one; and see that the phone's clock is right.",
                    "动态码错误、已过期或已使用。请等待下一个动态码，并检查手机时间是否准确。", device,
                        stop);
            return Results.Empty;
        }
        var session = await SessionStore.StartAsync(connection, known.Id, device, "Password", given.Keep, stop);
        await AuditLog.WriteAsync(connection, new("LoggedIn", "Accounts", known.Id.ToString())
            { Details = new { by = "Password", secondFactor = proof.ToString(), device.Agent, device.Address } }, stop);
        await transaction.CommitAsync(stop);
        lockOut.Succeeded(given.User!);
        return SessionEndpoints.Enter(http, session);
    }

    /// <summary>Answers a first log-in: sets the password and begins a session; 401 when the code is wrong, used or too old.</summary>
    public async Task<IResult> FirstAsync(HttpContext http, FirstLogin given, CancellationToken stop)
    {
        if (!IsName(given.User))
            throw new RefusalException("BadCredentials", "Give user, oneTimeCode and password as JSON strings.",
                "请以 JSON 字符串提供 user、oneTimeCode 与 password。");
        PasswordRules.Check(given.Password, given.User!);
        var device = Device.Of(http, given.Device);
        if (await IsLockedOutAsync(http, given.User!, stop)) return Results.Empty;
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(given.User!, stop);
        var account = ReadableCode.Hash(given.OneTimeCode) is not { } hash ? Guid.Empty : await connection.ScalarAsync<Guid>("""
            update account.login_codes c set used_at = now() from account.accounts a
            where c.hash = $1 and c.purpose = 'FirstLogin' and c.used_at is null and c.expires_at > now()
              and a.id = c.account_id and a.user_name = $2 and a.disabled_at is null
            returning a.id
            """, stop, hash, given.User);
        if (account == Guid.Empty)
        {
            await transaction.RollbackAsync(stop);
            var known = await accounts.FindByNameAsync(given.User!, stop);
            await RefuseAsync(http, known?.Id, given.User!, "OneTimeCode", "WrongOneTimeCode",
                "The user or the one-time code is wrong, or the code was used or is too old. Your administrator makes a new one.",
                "用户名或一次性代码错误，或代码已使用、已过期。请联系管理员重新生成。", device, stop);
            return Results.Empty;
        }
        await AccountStore.SetPasswordAsync(connection, account, Passwords.Hash(given.Password!), but: null, stop);
        var session = await SessionStore.StartAsync(connection, account, device, "OneTimeCode", given.Keep, stop);
        await AuditLog.WriteAsync(connection, new("LoggedIn", "Accounts", account.ToString())
            { Details = new { by = "OneTimeCode", device.Agent, device.Address } }, stop);
        await transaction.CommitAsync(stop);
        lockOut.Succeeded(given.User!);
        return SessionEndpoints.Enter(http, session);
    }

    /// <summary>Whether there were too many tries for an account; the answer is written then.</summary>
    public async Task<bool> IsLockedOutAsync(HttpContext http, string user, CancellationToken stop)
    {
        if (lockOut.Begin(user, out var isFirst) is not { } wait) return false;
        if (isFirst && await accounts.FindByNameAsync(user, stop) is { } account)
            await AuditLog.WriteAsync(database, "nobody", new("LockedOut", "Accounts", account.Id.ToString())
                { Details = new { minutes = (int)Math.Ceiling(wait.TotalMinutes), address = Device.Of(http).Address } }, stop);
        await SessionEndpoints.WriteTooManyTriesAsync(http, wait, "for this account", "该账户");
        return true;
    }

    /// <summary>The password, or what stood for it, was right.</summary>
    public void Succeeded(string user) => lockOut.Succeeded(user);

    // Of a name that no account has nothing is written: people type passwords into its field, and anybody could fill the audit.
    private async Task RefuseAsync(HttpContext http, Guid? account, string user, string what, string code, string message, string messageZh,
        Device device, CancellationToken stop)
    {
        if (account is { } known && known != Guid.Empty)
            await AuditLog.WriteAsync(database, "nobody", new("LoginRefused", "Accounts", known.ToString())
                { Details = new { user, wrong = what, device.Agent, device.Address } }, stop);
        await Errors.WriteAsync(http, StatusCodes.Status401Unauthorized, code, message, messageZh);
    }

    private static bool IsName(string? user) => user is { Length: > 0 and <= LongestName } && !user.Contains('\0',
        StringComparison.Ordinal);
}
