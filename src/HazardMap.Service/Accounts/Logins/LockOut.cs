using System.Collections.Concurrent;

namespace HazardMap.Service.Accounts;

/// <summary>
/// Counts log-ins with a password by account, whoever tries: after fifteen wrong ones nobody gets in with a password until a quarter of
/// an hour after the first. Names that no account has are counted alike, so that nothing tells them apart. Login links and tokens go on.
/// </summary>
internal sealed class LockOut(TimeProvider clock, ILogger<LockOut> log)
{
    /// <summary>Tries that an account may see in <see cref="Window"/>: more than one address has in a minute.</summary>
    public const int Tries = 15;

    /// <summary>How long they are remembered.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const int MostNames = 10_000;
    private readonly ConcurrentDictionary<string, (int Tries, DateTimeOffset Until)> _tries = new(StringComparer.Ordinal);

    /// <summary>Counts a try before its password is looked at; how long to wait when it is one too many, else null.</summary>
    public TimeSpan? Begin(string userName) => Begin(userName, out _);

    /// <summary>The same; and whether it is the try that closed the door, so that it is told once.</summary>
    public TimeSpan? Begin(string userName, out bool isFirst)
    {
        var now = clock.GetUtcNow();
        if (_tries.Count >= MostNames) Forget(now);
        var (tries, until) = _tries.AddOrUpdate(userName, _ => (1, now + Window),
            (_, known) => known.Until <= now ? (1, now + Window) : (Math.Min(known.Tries + 1, Tries + 2), known.Until));
        isFirst = tries == Tries + 1;
        if (tries <= Tries) return null;
        // Not the name: people type passwords into its field.
        if (isFirst)
            log.LogWarning("{Tries} wrong passwords for one account: no log-in with its password for {Minutes:0} minutes", Tries,
                (until - now).TotalMinutes);
        return until - now;
    }

    /// <summary>The password was right.</summary>
    public void Succeeded(string userName) => _tries.TryRemove(userName, out _);

    // What is over goes, and if that is not enough, who has tried least: one try each is no attack on any of them.
    private void Forget(DateTimeOffset now)
    {
        foreach (var (name, _) in _tries.Where(known => known.Value.Until <= now)) _tries.TryRemove(name, out _);
        if (_tries.Count < MostNames) return;
        foreach (var (name, _) in _tries.OrderBy(known => known.Value.Tries).Take(MostNames / 2)) _tries.TryRemove(name, out _);
    }
}
