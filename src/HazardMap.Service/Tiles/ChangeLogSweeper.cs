using Npgsql;

namespace HazardMap.Service.Tiles;

/// <summary>Forgets changes that every reader has long seen: those visible one round ago. A round is twice a reader's memory.</summary>
internal sealed class ChangeLogSweeper(TileStore store, ILogger<ChangeLogSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Round = TileFreshness.Memory * 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string? oneRoundAgo = null;
        using var timer = new PeriodicTimer(Round);
        do
        {
            try
            {
                var (now, _) = await store.ReadChangesAsync(null, stoppingToken);
                if (oneRoundAgo is not null)
                    await store.ForgetChangesAsync(oneRoundAgo, stoppingToken);
                oneRoundAgo = now;
            }
            catch (NpgsqlException away)
            {
                log.LogInformation(away, "The change log was not swept; the next round tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
