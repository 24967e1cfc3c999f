using HazardMap.OData;
using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>The one way to run a statement: for its rows, its first row, its one value, or for what it does.</summary>
/// <remarks>
/// Parameters are positional ($1, $2 ...), in the order given; null is SQL's null. On a pool each statement has a connection,
/// and so a transaction, of its own. How long one may take is the pool's to say (see <see cref="RegisterDatabase.Open"/>).
/// </remarks>
internal static class Statements
{
    /// <summary>A command with positional parameters, for who needs more than the methods below.</summary>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    /// <summary>All rows, each as <paramref name="read"/> makes it while they stream in.</summary>
    public static async Task<List<T>> RowsAsync<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken stop, params object?[] values)
    {
        var found = new List<T>();
        await using var command = connection.Command(sql, values);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop)) found.Add(read(rows));
        return found;
    }

    /// <summary>The same on a connection of the pool.</summary>
    public static async Task<List<T>> RowsAsync<T>(
        this NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> read, CancellationToken stop, params object?[] values)
    {
        await using var connection = await source.OpenPatientlyAsync(stop);
        return await connection.RowsAsync(sql, read, stop, values);
    }

    /// <summary>The first row; <see langword="default"/> when there is none.</summary>
    public static async Task<T?> RowAsync<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken stop, params object?[] values)
    {
        await using var command = connection.Command(sql, values);
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop) ? read(rows) : default;
    }

    /// <summary>The same on a connection of the pool.</summary>
    public static async Task<T?> RowAsync<T>(
        this NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> read, CancellationToken stop, params object?[] values)
    {
        await using var connection = await source.OpenPatientlyAsync(stop);
        return await connection.RowAsync(sql, read, stop, values);
    }

    /// <summary>The first column of the first row; <see langword="default"/> when there is none or it is null.</summary>
    public static async Task<T?> ScalarAsync<T>(
        this NpgsqlConnection connection, string sql, CancellationToken stop, params object?[] values)
    {
        await using var command = connection.Command(sql, values);
        return await command.ExecuteScalarAsync(stop) is T value ? value : default;
    }

    /// <summary>The same on a connection of the pool.</summary>
    public static async Task<T?> ScalarAsync<T>(this NpgsqlDataSource source, string sql, CancellationToken stop, params object?[] values)
    {
        await using var connection = await source.OpenPatientlyAsync(stop);
        return await connection.ScalarAsync<T>(sql, stop, values);
    }

    /// <summary>Runs a statement for what it does.</summary>
    /// <returns>How many rows it touched.</returns>
    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken stop,
        params object?[] values)
    {
        await using var command = connection.Command(sql, values);
        return await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>The same on a connection of the pool.</summary>
    public static async Task<int> ExecuteAsync(this NpgsqlDataSource source, string sql, CancellationToken stop, params object?[] values)
    {
        await using var connection = await source.OpenPatientlyAsync(stop);
        return await connection.ExecuteAsync(sql, stop, values);
    }
}
