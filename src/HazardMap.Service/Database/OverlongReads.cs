using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>
/// Ends what readers (people with psql) leave open for too long: they may lift the timeouts their sessions begin with, and an old
/// transaction holds up clearing and migrations for everybody.
/// </summary>
internal sealed class OverlongReads(NpgsqlDataSource database, ILogger<OverlongReads> log) : BackgroundService
{
    private static readonly TimeSpan Allowed = TimeSpan.FromMinutes(5), Round = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await EndAsync(database, Allowed, stoppingToken) is > 0 and var ended)
                    log.LogWarning("{Ended} sessions of readers had kept a transaction open for over {Minutes} minutes and were ended",
                        ended, Allowed.TotalMinutes);
            }
            catch (Exception away) when (away is NpgsqlException or TimeoutException)
            {
                log.LogInformation(away, "Readers were not looked after; the next round tries again");
            }
        }
    }

    /// <summary>Ends the sessions with a transaction older than <paramref name="allowed"/>; how many.</summary>
    public static Task<int> EndAsync(NpgsqlDataSource database, TimeSpan allowed, CancellationToken stop) =>
        database.ScalarAsync<int>("select register.end_overlong_reads($1)", stop, allowed);
}
