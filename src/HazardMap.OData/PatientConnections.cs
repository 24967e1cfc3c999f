using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Npgsql;

namespace HazardMap.OData;

/// <summary>Opens connections; where the server has none left it waits for its turn, as a pool that is full does.</summary>
public static class PatientConnections
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3), Pause = TimeSpan.FromMilliseconds(50);
    private static readonly ConditionalWeakTable<NpgsqlDataSource, SemaphoreSlim> Queues = [];

    /// <summary>
    /// A connection of the pool. When the server, the role or the database has reached its limit (53300) everybody waits in line, up to
    /// three seconds, for one that somebody gives back; only the first in line knocks at the server.
    /// </summary>
    /// <exception cref="PostgresException">The limit lasts, or the server refuses for another reason.</exception>
    public static async ValueTask<NpgsqlConnection> OpenPatientlyAsync(this NpgsqlDataSource source, CancellationToken stop = default)
    {
        try
        {
            return await source.OpenConnectionAsync(stop);
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            return await InLineAsync(source, full, stop);
        }
    }

    private static async Task<NpgsqlConnection> InLineAsync(NpgsqlDataSource source, PostgresException full, CancellationToken stop)
    {
        var line = Queues.GetValue(source, _ => new SemaphoreSlim(1));
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        if (!await line.WaitAsync(Patience, stop)) ExceptionDispatchInfo.Throw(full);
        try
        {
            while (true)
            {
                try
                {
                    return await source.OpenConnectionAsync(stop);
                }
                catch (PostgresException still)
                    when (still.SqlState == PostgresErrorCodes.TooManyConnections && Environment.TickCount64 < until)
                {
                    await Task.Delay(Pause, stop);
                }
            }
        }
        finally
        {
            line.Release();
        }
    }
}
