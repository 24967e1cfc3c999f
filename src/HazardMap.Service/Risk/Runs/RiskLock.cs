using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Risk.Runs;

/// <summary>The lock of scores: one transaction lock that whoever writes scores holds from before he reads until he commits.</summary>
/// <remarks>
/// Of two edits that touch the same pair of water and facility the later one sees the earlier, so that no score is left behind.
/// An edit holds it for a few milliseconds, a full run for as long as it takes. Whoever holds it waits for no row of somebody who
/// waits for it, or the two would be in a deadlock: see the functions in geodata.
/// </remarks>
internal static class RiskLock
{
    private const string Wait = "select register.wait_to_lock_risk_scores()";

    // Ends before PostgreSQL looks for deadlocks (deadlock_timeout, 1 s).
    private const string TakeWithinASecond = "select register.lock_risk_scores('0.9 s')";

    /// <summary>Waits for it as long as it takes; held until the transaction ends.</summary>
    public static Task WaitAsync(NpgsqlConnection connection, CancellationToken stop) => connection.ExecuteAsync(Wait, stop);

    /// <summary>Takes it within a second of the transaction's begin; held until the transaction ends.</summary>
    /// <returns>False when somebody else keeps it: the transaction can only go back to a savepoint then.</returns>
    public static async Task<bool> TryTakeAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        try
        {
            await connection.ExecuteAsync(TakeWithinASecond, stop);
            return true;
        }
        catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            return false;
        }
    }

    /// <summary>Takes it before a water is deleted, for its score and its reaches go with it.</summary>
    /// <exception cref="ODataRefusalException">503: a run is going on.</exception>
    public static async Task TakeToDeleteAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await connection.ExecuteAsync("savepoint asked", stop);
        if (await TryTakeAsync(connection, stop)) return;
        await connection.ExecuteAsync("rollback to savepoint asked", stop);
        throw new ODataRefusalException(503, "RiskIsBusy", "Risks are being scored; a water can be deleted when that is done. Try again.")
        {
            RetryAfterSeconds = 5, Details = [new("zh", "正在计算风险，完成后才能删除水域，请稍后再试。")],
        };
    }
}
