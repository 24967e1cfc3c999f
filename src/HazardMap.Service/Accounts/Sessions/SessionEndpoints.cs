using System.Globalization;
using System.Net.Mime;
using System.Text;
using HazardMap.OData;
using HazardMap.Service.Hosting;

namespace HazardMap.Service.Accounts;

/// <summary>Log in by one-time link or password, go on by refresh token, see who one is, log out.</summary>
internal static class SessionEndpoints
{
    /// <summary>What <c>POST /api/session</c> takes.</summary>
    /// <param name="User">Name of the account.</param>
    /// <param name="Password">Its password.</param>
    /// <param name="Code">Of the second factor, or a recovery code; only for an account that has one.</param>
    /// <param name="Device">What the device is called, for the list of devices.</param>
    /// <param name="Keep">The device stays logged in for thirty days.</param>
    internal sealed record Credentials(string? User, string? Password, string? Code, string? Device, bool Keep);

    /// <summary>What <c>POST /api/session/refresh</c> takes.</summary>
    internal sealed record Refresh(string? RefreshToken);

    public static void MapSession(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/login", LogInByCodeAsync).AllowAnonymous();
        routes.MapPost("/api/session", LogInByPasswordAsync).AllowAnonymous().RequireRateLimiting("login");
        routes.MapPost("/api/session/refresh", RefreshAsync).AllowAnonymous().RequireRateLimiting("refresh");
        routes.MapGet("/api/session", (HttpContext http, ODataModel model) =>
            http.Items[typeof(Account)] is Account a
                ? Results.Json(new
                {
                    user = a.UserName, displayName = a.DisplayName, expiresAt = a.ExpiresAt,
                    role = a.Grants.Count == 0 ? null : a.Grants.Min(grant => grant.Role).ToString(),
                    everywhere = Areas.Of(http).Of(Roles.Everybody).IsEverywhere,
                    may = Areas.Of(http).Changes(model),
                    roles = a.Grants.Select(grant => new { role = grant.Role.ToString(), area = grant.Area }),
                })
                : Results.Unauthorized()).OpenToAccounts();
        routes.MapDelete("/api/session", LogOutAsync).OpenToAccounts();
    }

    /// <summary>Answers a log-in: the tokens for a program, the cookie for the app.</summary>
    public static IResult Enter(HttpContext http, StartedSession session)
    {
        http.Response.Cookies.Append(TokenAuthentication.Cookie, session.Token, new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            Path = "/",
            MaxAge = session.ExpiresAt - DateTimeOffset.UtcNow,
        });
        return Results.Json(session);
    }

    private static async Task<IResult> LogInByCodeAsync(string? code, HttpContext http, AccountStore accounts, CancellationToken stop)
    {
        var session = string.IsNullOrEmpty(code) || code.Length > 200 ? null
            : await accounts.RedeemAsync(code, Device.Of(http), stop);
        if (session is null)
            return Results.Content(UsedLinkPage, MediaTypeNames.Text.Html, Encoding.UTF8, StatusCodes.Status401Unauthorized);
        Enter(http, session);
        return Results.Redirect("/");
    }

    private static async Task<IResult> LogInByPasswordAsync(HttpContext http, Logins logins, CancellationToken stop) =>
        await JsonBody.ReadAsync<Credentials>(http, stop) is { } given ? await logins.ByPasswordAsync(http, given, stop) : Results.Empty;

    private static async Task<IResult> RefreshAsync(HttpContext http, SessionStore sessions, CancellationToken stop)
    {
        if (await JsonBody.ReadAsync<Refresh>(http, stop) is not { } given) return Results.Empty;
        if (given.RefreshToken is { Length: > 0 and <= 200 } token
            && await sessions.RefreshAsync(token, Device.Of(http), stop) is { } session) return Enter(http, session);
        await Errors.WriteAsync(http, StatusCodes.Status401Unauthorized, "WrongRefreshToken",
            "The refresh token is unknown, expired, of a session that has ended, or was used before, which ends its session. Log in again.",
            "刷新令牌无效、已过期、所属会话已结束，或已被使用过（该会话随即结束）。请重新登录。",
                "refreshToken");
        return Results.Empty;
    }

    private static async Task<IResult> LogOutAsync(HttpContext http, SessionStore sessions, TokenCache tokens, CancellationToken stop)
    {
        if (TokenAuthentication.TokenOf(http.Request).Token is { } token && http.Items[typeof(Account)] is Account account)
        {
            if (account.Session is not { } session)
            {
                await WriteNotASessionAsync(http, AccountStore.IdOf(token));
                return Results.Empty;
            }
            await sessions.EndAsync(session, account.Id, Territory.Nowhere, account.UserName, "LoggedOut", stop);
            tokens.Forget(token);
        }
        http.Response.Cookies.Delete(TokenAuthentication.Cookie);
        return Results.NoContent();
    }

    /// <summary>429, with the seconds after which trying again makes sense.</summary>
    /// <param name="http">The request.</param>
    /// <param name="wait">Until then.</param>
    /// <param name="of">Whose tries were counted, such as "for this account".</param>
    /// <param name="ofZh">The same in Chinese.</param>
    public static Task WriteTooManyTriesAsync(HttpContext http, TimeSpan wait, string of, string ofZh)
    {
        var seconds = (int)Math.Ceiling(Math.Max(1, wait.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Errors.WriteAsync(http, StatusCodes.Status429TooManyRequests, "TooManyTries",
            $"Too many log-ins {of}. Try again in {seconds} s, or open a login link: ./hazardmap login on the server prints one.",
            $"{ofZh}登录尝试过多，请在 {seconds} 秒后重试，或在服务器上运行 ./hazardmap login 获取登录链接。");
    }

    // Whoever holds the token in a file would be left with a file that opens nothing.
    private static Task WriteNotASessionAsync(HttpContext http, string id) =>
        Errors.WriteAsync(http, StatusCodes.Status409Conflict, "NotASession",
            "This is an access token, such as the one in admin.token, and not a session: there is nothing to log out of. To end it, run "
            + $"./hazardmap token revoke {id} on the server; the administrator's file then gets a new one.",
            "这是访问令牌（例如 admin.token 中的令牌），不是登录会话，无需退出。"
            + $"如需作废，请在服务器上运行 ./hazardmap token revoke {id}，管理员令牌文件会随之更新。");

    private const string UsedLinkPage = """
        <!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>HazardMap</title>
        <body style="font:16px/1.6 system-ui,sans-serif;max-width:34em;margin:12vh auto;padding:0 1.2em;color:#1d2b36">
        <h1 style="font-size:1.3em">登录链接已失效 / This login link no longer works</h1>
        <p>每个链接只能使用一次，24 小时内有效。
        请在服务器上运行 <code>./hazardmap login</code> 获取新链接。</p>
        <p>A link works once, within 24 hours. Run <code>./hazardmap login</code> on the server for a new one.</p>
        </body></html>
        """;
}
