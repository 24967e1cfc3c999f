using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.OData;

/// <summary>
/// The statements of one read, sent in one round trip and run in one implicit transaction, under the time-out and the
/// caller's settings, without parallel workers (starting them costs more than a short page).
/// </summary>
internal sealed class ReadBatch(ODataOptions options, ODataCaller caller)
{
    private readonly List<(string Sql, SqlParameters Parameters)> _statements = [];

    /// <summary>
    /// Set when the statements' best plan does not depend on their values: a host that prepares statements saves planning
    /// then. Otherwise each is planned for its values, as a filter for what is rare needs it.
    /// </summary>
    public bool AnyValues { get; set; }

    public bool IsEmpty => _statements.Count == 0;

    public void Add(string sql, SqlParameters parameters) => _statements.Add((sql, parameters));

    /// <summary>Runs the batch; the reader stands on the first statement's result.</summary>
    public async Task<NpgsqlDataReader> RunAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = (int)options.StatementTimeout.TotalSeconds + 2 };
        batch.BatchCommands.Add(Settings(options, caller, AnyValues ? "auto" : "force_custom_plan"));
        foreach (var (sql, parameters) in _statements)
        {
            var command = new NpgsqlBatchCommand(sql);
            parameters.CopyTo(command.Parameters, command.CommandText);
            batch.BatchCommands.Add(command);
        }
        var reader = await batch.ExecuteReaderAsync(stop);
        try
        {
            await reader.NextResultAsync(stop);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    // A view may join two tables by the key that a page continues on. The planner knows of one of them only where the page begins, and
    // a merge walks the other from its first row: the thousandth page would take a hundred times as long as the first.
    private const string NoMerge = ", set_config('enable_mergejoin', 'off', true)";

    public static NpgsqlBatchCommand Settings(ODataOptions options, ODataCaller caller, string plans = "auto")
    {
        var parameters = new SqlParameters();
        var sql = new StringBuilder(
            $"select set_config('statement_timeout', '{Milliseconds(options.StatementTimeout)}', true), {Patience(options.LockTimeout)}")
            .Append(", set_config('max_parallel_workers_per_gather', '0', true), set_config('TimeZone', 'UTC', true), "
                + "set_config('jit', 'off', true)")
            .Append(", set_config('IntervalStyle', 'iso_8601', true)").Append(NoMerge)
            .Append($", set_config('plan_cache_mode', '{plans}', true)");
        foreach (var (name, value) in caller.Settings)
            sql.Append($", set_config({parameters.Add(name, NpgsqlDbType.Text)}, {parameters.Add(value, NpgsqlDbType.Text)}, true)");
        var command = new NpgsqlBatchCommand(sql.ToString());
        parameters.CopyTo(command.Parameters, command.CommandText);
        return command;
    }

    // In all, not for each row: what a change set has waited and worked before counts. A moment is left for everyday meetings.
    private static string Patience(TimeSpan lockTimeout) =>
        $"set_config('lock_timeout', greatest({Milliseconds(lockTimeout)} - 1000 * extract(epoch "
            + "from clock_timestamp() - transaction_timestamp()), 250)::integer::text, true)";

    private static string Milliseconds(TimeSpan time) =>
        ((int)time.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
