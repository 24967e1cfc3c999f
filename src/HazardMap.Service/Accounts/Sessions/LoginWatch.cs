using System.Collections.Concurrent;
using HazardMap.Service.Changes;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>
/// Ends what is open for long, such as a stream of events, when the log-in behind it ends: who is logged out, revoked or disabled hears
/// nothing more. Expiry by time is asked for by the stream itself.
/// </summary>
internal sealed class LoginWatch
{
    private readonly ConcurrentDictionary<Watched, byte> _open = new();
    private readonly AccountStore _accounts;
    private readonly TokenCache _tokens;
    private readonly ILogger<LoginWatch> _log;

    public LoginWatch(AccountStore accounts, TokenCache tokens, ChangeFeed feed, ILogger<LoginWatch> log)
    {
        (_accounts, _tokens, _log) = (accounts, tokens, log);
        feed.AccountsChanged += (_, _) => _ = EndAsync();
    }

    /// <summary>Watches the log-in of a request until it is disposed of.</summary>
    public async Task<Watched> BeginAsync(HttpContext http, CancellationToken stop)
    {
        var watched = new Watched(TokenAuthentication.TokenOf(http.Request).Token ?? "", w => _open.TryRemove(w, out _));
        _open.TryAdd(watched, 0);
        // It may have ended between the check at the door and here.
        if (await _tokens.FindAsync(watched.Token, stop) is null) watched.End();
        return watched;
    }

    private async Task EndAsync()
    {
        if (_open.IsEmpty) return;
        try
        {
            var open = _open.Keys.ToList();
            var live = await _accounts.LiveAsync(open.Select(w => w.Token).Distinct(StringComparer.Ordinal), CancellationToken.None);
            foreach (var watched in open.Where(w => !live.Contains(w.Token))) watched.End();
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException or IOException or InvalidOperationException)
        {
            // Who cannot be asked about is asked about again by the stream's own heartbeat.
            _log.LogInformation(away, "Open streams could not be checked against log-ins that ended");
        }
    }

    /// <summary>A log-in that is watched.</summary>
    internal sealed class Watched(string token, Action<Watched> forget) : IDisposable
    {
        private readonly CancellationTokenSource _ended = new();

        /// <summary>Of whom.</summary>
        public string Token { get; } = token;

        /// <summary>Is cancelled when it ends.</summary>
        public CancellationToken Ended => _ended.Token;

        public void Dispose()
        {
            forget(this);
            _ended.Dispose();
        }

        public void End()
        {
            try
            {
                _ended.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The stream has ended by itself.
            }
        }
    }
}
