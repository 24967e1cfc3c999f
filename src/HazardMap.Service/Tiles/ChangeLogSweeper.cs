using Npgsql;

namespace HazardMap.Service.Tiles;

/// <summary>Forgets changes that every reader has long seen: those visible one round ago. A round is twice a reader's memory.</summary>
internal sealed class ChangeLogSweeper(NpgsqlDataSource database, ILogger<ChangeLogSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Round = TileFreshness.Memory * 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var changes = new ChangeLog(database);
        string? oneRoundAgo = null;
        using var timer = new PeriodicTimer(Round);
        do
        {
            try
            {
                await changes.ReadAsync(stoppingToken);
                if (oneRoundAgo is not null)
                    await changes.ForgetAsync(oneRoundAgo, stoppingToken);
                oneRoundAgo = changes.Seen;
            }
            catch (NpgsqlException away)
            {
                oneRoundAgo = null;
                log.LogInformation(away, "The change log was not swept; the next round tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
