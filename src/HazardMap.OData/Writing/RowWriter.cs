using Npgsql;

namespace HazardMap.OData;

/// <summary>
/// Writes one row between the host's two hooks; a constraint that refuses becomes a refusal that names the property.
/// </summary>
internal sealed class RowWriter(ODataRequest request, ChangeScope scope)
{
    private static readonly Dictionary<Property, object?> Nothing = [];

    public Task Insert(EntitySet set, object key, Dictionary<Property, object?> values, CancellationToken cancellation)
    {
        values[set.Key] = key;
        var parameters = new SqlParameters();
        var columns = string.Join(", ", values.Keys.Select(x => x.QuotedColumn));
        var inserted = string.Join(", ", values.Select(x => Value(x.Key, x.Value, parameters)));
        var sql = $"insert into {Identifier.QuotePath(set.Table!)} ({columns}) values ({inserted})";
        return Write(Change(set, key, ODataChangeKind.Insert, values), sql, parameters, cancellation);
    }

    /// <summary>Sets the values; the properties in <paramref name="defaults"/> return to what the database gives a new row.</summary>
    public Task Update(
        EntitySet set, object key, IReadOnlyDictionary<Property, object?> values, IReadOnlyCollection<Property> defaults, CancellationToken cancellation)
    {
        if (values.Count + defaults.Count == 0) return Task.CompletedTask;
        var parameters = new SqlParameters();
        var assignments = values.Select(x => $"{x.Key.QuotedColumn} = {Value(x.Key, x.Value, parameters)}")
            .Concat(defaults.Select(x => $"{x.QuotedColumn} = default"));
        var sql = $"update {Identifier.QuotePath(set.Table!)} set {string.Join(", ", assignments)} where {KeyIs(set, key, parameters)}";
        var touched = values.Concat(defaults.Select(x => KeyValuePair.Create(x, (object?)null))).ToDictionary();
        return Write(Change(set, key, ODataChangeKind.Update, touched), sql, parameters, cancellation);
    }

    public Task Delete(EntitySet set, object key, CancellationToken cancellation)
    {
        var parameters = new SqlParameters();
        var sql = $"delete from {Identifier.QuotePath(set.Table!)} where {KeyIs(set, key, parameters)}";
        return Write(Change(set, key, ODataChangeKind.Delete, Nothing), sql, parameters, cancellation);
    }

    private static string KeyIs(EntitySet set, object key, SqlParameters parameters) =>
        $"{set.Key.QuotedColumn} = {parameters.Add(key, set.Key.Type.DbType())}";

    /// <summary>SQL of a value: null, or a parameter.</summary>
    private static string Value(Property property, object? value, SqlParameters parameters)
    {
        if (value is null) return "null";
        var placeholder = parameters.Add(value, property.Type.DbType());
        return property.Type.IsGeography() ? $"ST_GeomFromEWKB({placeholder})::geography" : placeholder;
    }

    private ODataChange Change(EntitySet set, object key, ODataChangeKind kind, IReadOnlyDictionary<Property, object?> values) => new()
    {
        Http = request.Http, Set = set, Key = key, Kind = kind, Values = values, Connection = scope.Connection, Transaction = scope.Transaction,
    };

    /// <summary>
    /// Whatever way a reference is set, what it refers to must be there for the caller. That it is there at all, the database
    /// itself sees to.
    /// </summary>
    private async Task NeedVisible(ODataChange change, CancellationToken cancellation)
    {
        foreach (var navigation in change.Set.Navigations.Where(x => !x.ToMany))
        {
            if (!change.Values.TryGetValue(navigation.From, out var key) || key is null) continue;
            if (request.Caller.Restrict(navigation.Target) is Restriction.All) continue;
            await new Linker(request, scope).NeedTarget(navigation.Target, key, navigation.From.Name, cancellation);
        }
    }

    private async Task Write(ODataChange change, string sql, SqlParameters parameters, CancellationToken cancellation)
    {
        try
        {
            await NeedVisible(change, cancellation);
            await ShapeCheck.Refuse(scope.Connection, change.Values, cancellation);
            await change.Set.Hooks.BeforeAsync(change, cancellation);
            await using (var command = new NpgsqlCommand(sql, scope.Connection))
            {
                parameters.CopyTo(command.Parameters, command.CommandText);
                await command.ExecuteNonQueryAsync(cancellation);
            }
            await change.Set.Hooks.AfterAsync(change, cancellation);
            scope.Made(change);
        }
        // A server that went away took the transaction with it: there is nothing to roll back and nobody to ask.
        catch (PostgresException error) when (scope.Connection.FullState == System.Data.ConnectionState.Open)
        {
            await scope.Undo();
            if (request.Options.MapException(error) is { } mapped) throw mapped;
            if (await ConstraintErrors.Refusal(change, error, cancellation) is { } refusal) throw refusal;
            throw;
        }
    }
}
