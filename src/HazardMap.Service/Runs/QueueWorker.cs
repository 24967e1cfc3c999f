using Npgsql;

namespace HazardMap.Service.Runs;

/// <summary>Looks every second whether changes wait in a queue of the register, and takes them up, one transaction a time.</summary>
internal abstract class QueueWorker(ILogger log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1), Rest = TimeSpan.FromSeconds(10);

    /// <summary>Takes up what waits.</summary>
    protected abstract Task CatchUpAsync(CancellationToken stop);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Beat;
            try
            {
                await CatchUpAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                pause = Rest;   // the database is away, or an input is broken: neither ends the service
                if (failure is (not NpgsqlException) or PostgresException { IsTransient: false })
                    log.LogError(failure, "{Worker}: what waits could not be taken up; trying again", GetType().Name);
            }
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
