using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>Waits for what a server is doing, before it is restarted on purpose.</summary>
internal static class ServerRest
{
    private const string Open = """
        select count(*) from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid() and xact_start < coalesce($1::timestamptz, 'infinity')
        """;

    /// <summary>
    /// Returns when every transaction that was open at the beginning has ended; without having waited for all of them after
    /// <paramref name="patience"/>, asked anew every second, because a server may break while one waits.
    /// </summary>
    /// <param name="superuser">To a database of the server.</param>
    /// <param name="patience">How long to wait in all, as it is known now.</param>
    /// <param name="say">Hears that somebody is waited for.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task WhenFormerTransactionsEndAsync(
        string superuser, Func<Task<TimeSpan>> patience, Action<string> say, CancellationToken stop)
    {
        await using var line = await TryOpenAsync(superuser, stop);
        if (line is null) return;
        var began = await line.ScalarAsync<DateTime>("select clock_timestamp()", stop);
        var (since, said) = (DateTime.UtcNow, false);
        while (await line.ScalarAsync<long>(Open, stop, began) is > 0 and var open)
        {
            if (DateTime.UtcNow - since >= await patience())
            {
                say($"{open} transactions still run; they are called off / 仍有 {open} 个事务未结束，将被中止");
                return;
            }
            if (!said) say($"waiting for {open} running transactions / 等待 {open} 个运行中的事务结束");
            said = true;
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
        }
    }

    /// <summary>After no new session can begin: returns when no transaction is open, after five seconds at most.</summary>
    public static async Task WhenNoTransactionIsOpenAsync(NpgsqlConnection line, CancellationToken stop)
    {
        try
        {
            for (var look = 0; look < 100 && await line.ScalarAsync<long>(Open, stop, [null]) > 0; look++)
                await Task.Delay(50, stop);
        }
        catch (NpgsqlException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>A session of one's own, or null when there is none to be had.</summary>
    public static async Task<NpgsqlConnection?> TryOpenAsync(string superuser, CancellationToken stop)
    {
        var own = new NpgsqlConnectionStringBuilder(superuser) { Pooling = false, CommandTimeout = 5 };
        var line = new NpgsqlConnection(own.ConnectionString);
        try
        {
            await line.OpenAsync(stop);
            return line;
        }
        catch (NpgsqlException)
        {
            await line.DisposeAsync();
            return null;
        }
    }
}
