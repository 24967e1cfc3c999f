using HazardMap.Service.Database;

namespace HazardMap.Service.Hosting;

/// <summary>
/// Says in the log that the server's files were replaced under it, with the remedy: a borrowed server restarts only when its owner does it.
/// </summary>
internal sealed class ReplacedServerReporter(ILogger<ReplacedServerReporter> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var faults = new LibraryFaults();
        using var timer = new PeriodicTimer(Beat);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (faults.Take(DateTime.UtcNow))
                log.LogError("{Message} {MessageZh}", DatabaseFault.Replaced.Message, DatabaseFault.Replaced.MessageZh);
        }
    }
}
