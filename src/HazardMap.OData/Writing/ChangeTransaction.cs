using Npgsql;

namespace HazardMap.OData;

/// <summary>
/// One change in one transaction: the host is asked, the row is written, the host follows up, the transaction is committed;
/// a constraint that refuses becomes a refusal that names the property.
/// </summary>
internal static class ChangeTransaction
{
    public static async Task<T> Run<T>(
        ODataRequest request, EntitySet set, object key, ODataChangeKind kind, IReadOnlyDictionary<Property, object?> values,
        Func<ODataChange, Task<T>> step, CancellationToken cancellation)
    {
        ODataChange change;
        T result;
        await using (var connection = await request.Options.DataSource.OpenConnectionAsync(cancellation))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            change = new ODataChange
            {
                Http = request.Http, Set = set, Key = key, Kind = kind, Values = values, Connection = connection, Transaction = transaction,
            };
            result = await Guarded(request, change, step, cancellation);
            // From here on the change is made: a client that hangs up does not undo half of it.
            await transaction.CommitAsync(CancellationToken.None);
        }
        var changed = values.Count > 0 || kind != ODataChangeKind.Update;
        if (changed && request.Options.OnCommitted is { } committed) await committed(change, CancellationToken.None);
        return result;
    }

    /// <summary>Writes the row between the host's two hooks.</summary>
    public static async Task Write(ODataRequest request, ODataChange change, string sql, SqlParameters parameters, CancellationToken cancellation)
    {
        await ShapeCheck.Refuse(change.Connection, change.Values, cancellation);
        if (request.Options.OnChanging is { } changing) await changing(change, cancellation);
        await using (var command = new NpgsqlCommand(sql, change.Connection))
        {
            parameters.CopyTo(command.Parameters);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        if (request.Options.OnChanged is { } changed) await changed(change, cancellation);
    }

    /// <summary>SQL of a value: null, or a parameter.</summary>
    public static string Value(Property property, object? value, SqlParameters parameters)
    {
        if (value is null) return "null";
        var placeholder = parameters.Add(value, property.Type.DbType());
        return property.Type.IsGeography() ? $"ST_GeomFromEWKB({placeholder})::geography" : placeholder;
    }

    private static async Task<T> Guarded<T>(
        ODataRequest request, ODataChange change, Func<ODataChange, Task<T>> step, CancellationToken cancellation)
    {
        try
        {
            return await step(change);
        }
        // A server that went away took the transaction with it: there is nothing to roll back and nobody to ask.
        catch (PostgresException error) when (change.Connection.FullState == System.Data.ConnectionState.Open)
        {
            await change.Transaction.RollbackAsync(CancellationToken.None);
            if (request.Options.MapException(error) is { } mapped) throw mapped;
            var refusal = await ConstraintErrors.Refusal(request.Options.DataSource, change, error, cancellation);
            if (refusal is not null) throw refusal;
            throw;
        }
    }
}
