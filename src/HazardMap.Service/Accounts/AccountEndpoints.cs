using HazardMap.OData;
using HazardMap.Service.Audit;
using HazardMap.Service.Database;
using HazardMap.Service.Hosting;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>
/// What a person does with the own account: the first log-in, a new password, a second factor, the devices that are logged in. A key of a
/// program may do none of it.
/// </summary>
internal static class AccountEndpoints
{
    /// <summary>A change of the password.</summary>
    /// <param name="Password">The present one.</param>
    /// <param name="NewPassword">The one from now on.</param>
    internal sealed record PasswordChange(string? Password, string? NewPassword);

    /// <summary>A code, for confirming a second factor.</summary>
    internal sealed record Confirmation(string? Code);

    /// <summary>What takes a second factor away.</summary>
    internal sealed record Removal(string? Password, string? Code);

    public static void MapAccount(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/account/first", FirstAsync).AllowAnonymous().RequireRateLimiting("login");
        var own = routes.MapGroup("/api/account").OpenToAccounts().AddEndpointFilter(NeedPersonAsync);
        own.MapGet("", ReadAsync);
        own.MapPost("/password", ChangePasswordAsync).RequireRateLimiting("login");
        own.MapPost("/totp", BeginFactorAsync);
        own.MapPost("/totp/confirm", ConfirmFactorAsync).RequireRateLimiting("login");
        own.MapDelete("/totp", RemoveFactorAsync).RequireRateLimiting("login");
        own.MapGet("/sessions", async (HttpContext http, SessionStore sessions, CancellationToken stop) =>
            Results.Json(await sessions.OpenAsync(Me(http).Id, Me(http).Session, stop)));
        own.MapDelete("/sessions/{id:guid}", EndSessionAsync);
    }

    private static Account Me(HttpContext http) => (Account)http.Items[typeof(Account)]!;

    private static async ValueTask<object?> NeedPersonAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        if (Me(call.HttpContext).Purpose != "key") return await next(call);
        await Errors.WriteAsync(call.HttpContext, StatusCodes.Status403Forbidden, "Forbidden",
            "A key of a program may not look after its account: log in.", "程序密钥不能管理账户，请登录后操作。");
        return Results.Empty;
    }

    private static async Task<IResult> FirstAsync(HttpContext http, Logins logins, CancellationToken stop) =>
        await JsonBody.ReadAsync<Logins.FirstLogin>(http, stop) is { } given ? await logins.FirstAsync(http, given, stop) : Results.Empty;

    private static async Task<IResult> ReadAsync(HttpContext http, NpgsqlDataSource database, CancellationToken stop)
    {
        var me = Me(http);
        await using var connection = await database.OpenPatientlyAsync(stop);
        var (isOn, left) = await SecondFactors.OfAsync(connection, me.Id, stop);
        var hasPassword = await connection.ScalarAsync<bool>("select password_hash is not null from account.accounts where id = $1", stop,
            me.Id);
        return Results.Json(new
        {
            user = me.UserName, displayName = me.DisplayName, hasPassword, totp = isOn, recoveryCodesLeft = left, session = me.Session,
        });
    }

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext http, Logins logins, AccountStore accounts, NpgsqlDataSource database, CancellationToken stop)
    {
        if (await JsonBody.ReadAsync<PasswordChange>(http, stop) is not { } given) return Results.Empty;
        var me = Me(http);
        PasswordRules.Check(given.NewPassword, me.UserName);
        if (!await IsRightAsync(http, logins, accounts, given.Password, stop)) return Results.Empty;
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(me.UserName, stop);
        var ended = await AccountStore.SetPasswordAsync(connection, me.Id, Passwords.Hash(given.NewPassword!), me.Session, stop);
        await transaction.CommitAsync(stop);
        logins.Succeeded(me.UserName);
        return Results.Json(new { ended });
    }

    private static async Task<IResult> BeginFactorAsync(
        HttpContext http, SecondFactors factors, NpgsqlDataSource database, CancellationToken stop)
    {
        var me = Me(http);
        await using var connection = await database.OpenPatientlyAsync(stop);
        var secret = await factors.BeginAsync(connection, me.Id, stop);
        var address = Totp.Address(me.UserName, secret);
        return Results.Json(new { secret = Totp.Text(secret), uri = address, qr = QrCode.Svg(address) });
    }

    private static async Task<IResult> ConfirmFactorAsync(
        HttpContext http, SecondFactors factors, Logins logins, NpgsqlDataSource database, CancellationToken stop)
    {
        if (await JsonBody.ReadAsync<Confirmation>(http, stop) is not { } given) return Results.Empty;
        var me = Me(http);
        if (await logins.IsLockedOutAsync(http, me.UserName, stop)) return Results.Empty;
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(me.UserName, stop);
        if (await factors.ConfirmAsync(connection, me.Id, given.Code, stop) is not { } codes) throw WrongCode();
        await AuditLog.WriteAsync(connection, new("SecondFactorAdded", "Accounts", me.Id.ToString()), stop);
        await transaction.CommitAsync(stop);
        logins.Succeeded(me.UserName);
        return Results.Json(new { recoveryCodes = codes });
    }

    private static async Task<IResult> RemoveFactorAsync(
        HttpContext http, SecondFactors factors, Logins logins, AccountStore accounts, NpgsqlDataSource database, CancellationToken stop)
    {
        if (await JsonBody.ReadAsync<Removal>(http, stop) is not { } given) return Results.Empty;
        var me = Me(http);
        if (!await IsRightAsync(http, logins, accounts, given.Password, stop)) return Results.Empty;
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(me.UserName, stop);
        if (await factors.ProveAsync(connection, me.Id, given.Code, stop) is null) throw WrongCode();
        if (!await SecondFactors.RemoveAsync(connection, me.Id, stop))
            throw new RefusalException("NoSecondFactor", "The account has no second factor.", "该账户未启用动态码。");
        await AuditLog.WriteAsync(connection, new("SecondFactorRemoved", "Accounts", me.Id.ToString()), stop);
        await transaction.CommitAsync(stop);
        logins.Succeeded(me.UserName);
        return Results.NoContent();
    }

    private static async Task<IResult> EndSessionAsync(
        Guid id, HttpContext http, SessionStore sessions, TokenCache tokens, CancellationToken stop)
    {
        var me = Me(http);
        if (!await sessions.EndAsync(id, me.Id, Areas.Of(http).Of(Roles.Administrator), me.UserName, "Revoked", stop))
        {
            await Errors.WriteAsync(http, StatusCodes.Status404NotFound, "NotFound", "There is no such open session.",
                "没有该会话，或已结束。");
            return Results.Empty;
        }
        if (id == me.Session && TokenAuthentication.TokenOf(http.Request).Token is { } token) tokens.Forget(token);
        return Results.NoContent();
    }

    // Who sits at an open session may guess no better than who stands before a closed door. What is wrong is 422: the session goes on.
    private static async Task<bool> IsRightAsync(
        HttpContext http, Logins logins, AccountStore accounts, string? password, CancellationToken stop)
    {
        var me = Me(http);
        if (await logins.IsLockedOutAsync(http, me.UserName, stop)) return false;
        if (password is { Length: > 0 and <= PasswordRules.Longest }
            && Passwords.Matches((await accounts.FindByNameAsync(me.UserName, stop))?.PasswordHash, password)) return true;
        throw new RefusalException("WrongPassword", "The present password is wrong.", "当前密码错误。", "password");
    }

    private static RefusalException WrongCode() => new("WrongCode",
        "The code is wrong, too old or was used before. Wait for the next one; and see that the phone's clock is right.",
        "动态码错误、已过期或已使用。请等待下一个动态码，并检查手机时间是否准确。", "code");
}
