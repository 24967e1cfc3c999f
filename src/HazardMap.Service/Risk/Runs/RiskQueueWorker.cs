using HazardMap.OData;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Trips;
using HazardMap.Service.Runs;
using Npgsql;

namespace HazardMap.Service.Risk.Runs;

/// <summary>
/// Catches up with changes that came past the service (psql, scripts, rule files): looks every second whether something
/// waits, and scores it. How much waits and since when is in the status.
/// </summary>
internal sealed class RiskQueueWorker([FromKeyedServices(RunWorker.Pool)] NpgsqlDataSource database,
    ILogger<RiskQueueWorker> log) : QueueWorker(log)
{
    private string _published = "", _calendars = "";

    /// <summary>Scores what waits, in one transaction. False when nothing did.</summary>
    public static async Task<bool> CatchUpAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        if (!await RiskQueue.HasRowsAsync(database, stop)) return false;
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync("risk queue", stop);
        await RiskUpdate.ScoreWaitingAsync(connection, RiskCause.Queue, stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    // A file that is no calendar is told once, and the one that was published stays.
    private async Task FollowCalendarsAsync(CancellationToken stop)
    {
        if (CalendarFiles.State is var state && state == _calendars) return;
        try
        {
            await CalendarStore.PublishAllAsync(database, stop);
        }
        catch (RefusalException refusal)
        {
            log.LogWarning("{Refusal}", refusal.Message);
        }
        _calendars = state;
    }

    /// <inheritdoc />
    protected override async Task CatchUpAsync(CancellationToken stop)
    {
        if (RuleFiles.State is var rules && rules != _published)
            await RuleShelf.PublishAllAsync(database, r => log.LogWarning("{Refusal}", r.Message), stop);
        _published = rules;
        await FollowCalendarsAsync(stop);
        await RiskDay.FollowAsync(database, stop);
        await CatchUpAsync(database, stop);
    }
}
