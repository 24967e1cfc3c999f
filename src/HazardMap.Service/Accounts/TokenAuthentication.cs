using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Encodings.Web;
using HazardMap.Service.Changes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HazardMap.Service.Accounts;

/// <summary>
/// Logs a request in by <c>Authorization: Bearer</c> or by the app's cookie; both carry the same kind of opaque token.
/// </summary>
internal sealed class TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger,
    UrlEncoder encoder, TokenCache tokens, SessionStore sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The name of the scheme.</summary>
    public const string Name = "HazardMap";

    /// <summary>The app's cookie.</summary>
    public const string Cookie = "hazardmap_session";

    /// <summary>Cookie-authenticated unsafe requests must carry it: another site's form can't set it.</summary>
    public const string CsrfHeader = "X-HazardMap";

    /// <summary>The token of a request, and whether it came by cookie.</summary>
    public static (string? Token, bool ByCookie) TokenOf(HttpRequest request)
    {
        string? header = request.Headers.Authorization;
        if (header?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true)
            return (header[7..].Trim(), false);
        return (request.Cookies[Cookie], true);
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var (token, byCookie) = TokenOf(Request);
        if (string.IsNullOrEmpty(token) || token.Length > 200)
            return AuthenticateResult.NoResult();
        if (byCookie && !IsSafe(Request.Method) && !Request.Headers.ContainsKey(CsrfHeader))
            return AuthenticateResult.Fail($"A request with the cookie needs the header {CsrfHeader}.");
        if (await tokens.FindAsync(token, Context.RequestAborted) is not { } account)
            return AuthenticateResult.Fail("The token is unknown, revoked or expired.");
        if (account is { Session: { } session, SeenAt: { } seen } && DateTimeOffset.UtcNow - seen > SessionStore.SeenEvery)
        {
            tokens.Forget(token); // what is remembered of it says when it was seen
            await sessions.SeenAsync(session, Device.Of(Context), Context.RequestAborted);
        }
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, account.Id.ToString()), new(ClaimTypes.Name, account.UserName)], Name);
        Context.Items[typeof(Account)] = account;
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Hosting.Errors.WriteAsync(Context, 401, "Unauthorized", "Log in: send Authorization: Bearer TOKEN, or open the login link.",
            "请登录：发送 Authorization: Bearer 令牌，或打开登录链接。");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Hosting.Errors.WriteAsync(Context, 403, "Forbidden", "This account may not do that.", "此账户无权执行该操作。");

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}

/// <summary>
/// Remembers a token's account for a few seconds, so that a map of fifty tiles asks the database once. What is revoked elsewhere
/// (by a command, by a changed password) is announced, and forgotten at once.
/// </summary>
internal sealed class TokenCache
{
    private const int MaximumEntries = 10_000;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (Account Account, long Until)> _known = new(StringComparer.Ordinal);
    private readonly AccountStore _accounts;
    private long _announcements;

    public TokenCache(AccountStore accounts, ChangeFeed feed)
    {
        _accounts = accounts;
        feed.AccountsChanged += (_, _) =>
        {
            Interlocked.Increment(ref _announcements);
            _known.Clear();
        };
    }

    /// <summary>The account behind a token; only those found are remembered.</summary>
    public async Task<Account?> FindAsync(string token, CancellationToken stop)
    {
        if (_known.TryGetValue(token, out var entry) && entry.Until > Environment.TickCount64)
            return entry.Account;
        var heard = Interlocked.Read(ref _announcements);
        var account = await _accounts.FindAsync(token, stop);
        if (account is null)
        {
            _known.TryRemove(token, out _);
            return null;
        }
        if (_known.Count >= MaximumEntries)
            _known.Clear();
        // What was read before an announcement may be what it announces the end of.
        if (Interlocked.Read(ref _announcements) != heard) return account;
        _known[token] = (account, Environment.TickCount64 + (long)Life.TotalMilliseconds);
        return account;
    }

    /// <summary>Forgets a token at once, as at log-out.</summary>
    public void Forget(string token) => _known.TryRemove(token, out _);
}
