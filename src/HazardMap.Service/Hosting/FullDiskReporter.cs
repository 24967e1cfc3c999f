using System.Runtime.ExceptionServices;
using HazardMap.Service.Database;

namespace HazardMap.Service.Hosting;

/// <summary>
/// Says in the log that the database's disk is full, at the first change that failed for it, again each minute while it lasts, and when
/// changes succeed again.
/// </summary>
internal sealed class FullDiskReporter(Readiness readiness, ILogger<FullDiskReporter> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1), Reminder = TimeSpan.FromMinutes(1);
    private long _heard;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        AppDomain.CurrentDomain.FirstChanceException += Hear;
        try
        {
            using var timer = new PeriodicTimer(Beat);
            DateTime? told = null;
            while (await timer.WaitForNextTickAsync(stoppingToken)) told = await TellAsync(told);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Hear;
        }
    }

    // When it was told last; null: the disk has room.
    private async Task<DateTime?> TellAsync(DateTime? told)
    {
        var isHeard = Interlocked.Exchange(ref _heard, 0) != 0;
        if (told is null && !isHeard) return null;
        if (told is not null && await readiness.WhyNotAsync() is null)
        {
            log.LogWarning("The database's disk has room again; changes succeed. / 数据库磁盘已有空间，可以正常写入。");
            return null;
        }
        if (told is { } at && DateTime.UtcNow - at < Reminder) return told;
        log.LogError("{Message} {MessageZh}", DatabaseFault.DiskFull.Message, DatabaseFault.DiskFull.MessageZh);
        return DateTime.UtcNow;
    }

    private void Hear(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (DatabaseFault.Of(thrown.Exception) == DatabaseFault.DiskFull) Interlocked.Exchange(ref _heard, 1);
    }
}
