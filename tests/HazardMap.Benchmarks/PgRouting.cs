using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>The peer for road networks: pgRouting on the same edges, end to end as its users call it.</summary>
internal static class PgRouting
{
    /// <summary>Nodes within the limit of each start.</summary>
    public static Task<(double Seconds, long Rows, double Cost)> DrivingDistanceAsync(NpgsqlDataSource database, string view, long[] starts,
        double limit, CancellationToken stop) =>
            TimeAsync(database, "select count(*), coalesce(sum(agg_cost), 0) from pgr_drivingdistance($1, $2, $3::float8, true)", stop,
                Edges(view), starts, limit);

    /// <summary>Costs from each start to each end.</summary>
    public static Task<(double Seconds, long Rows, double Cost)> MatrixAsync(NpgsqlDataSource database, string view, long[] starts,
        long[] ends, CancellationToken stop) =>
            TimeAsync(database, "select count(*), coalesce(sum(agg_cost), 0) from pgr_dijkstracost($1, $2, $3, true)", stop,
                Edges(view), starts, ends);

    private static string Edges(string view) => $"select id, source, target, cost, reverse_cost from register.{view}";

    private static async Task<(double, long, double)> TimeAsync(NpgsqlDataSource database, string sql,
        CancellationToken stop, params object[] values)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 3600 };
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await using var row = await command.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        return (watch.Elapsed.TotalSeconds, row.GetInt64(0), row.GetDouble(1));
    }
}
