using Npgsql;

namespace HazardMap.OData;

/// <summary>
/// Writes one row between the host's two hooks; a constraint that refuses becomes a refusal that names the property.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="scope">Its transaction.</param>
/// <param name="isCalled">An action does it, which asked itself who may call it.</param>
internal sealed class RowWriter(ODataRequest request, ChangeScope scope, bool isCalled = false)
{
    private static readonly Dictionary<Property, object?> Nothing = [];

    public Task InsertAsync(EntitySet set, object key, Dictionary<Property, object?> values, CancellationToken stop)
    {
        values[set.Key] = key;
        var parameters = new SqlParameters();
        var columns = string.Join(", ", values.Keys.Select(x => x.QuotedColumn));
        var inserted = string.Join(", ", values.Select(x => Value(x.Key, x.Value, parameters)));
        var sql = $"insert into {Identifier.QuotePath(set.Table!)} ({columns}) values ({inserted})";
        return WriteAsync(Change(set, key, ODataChangeKind.Insert, values), sql, parameters, stop);
    }

    /// <summary>Sets the values; the properties in <paramref name="defaults"/> return to what the database gives a new row.</summary>
    public Task UpdateAsync(
        EntitySet set, object key, IReadOnlyDictionary<Property, object?> values,
        IReadOnlyCollection<Property> defaults, CancellationToken stop)
    {
        if (values.Count + defaults.Count == 0) return Task.CompletedTask;
        var parameters = new SqlParameters();
        var assignments = values.Select(x => $"{x.Key.QuotedColumn} = {Value(x.Key, x.Value, parameters)}")
            .Concat(defaults.Select(x => $"{x.QuotedColumn} = default"));
        var sql = $"update {Identifier.QuotePath(set.Table!)} set {string.Join(", ", assignments)} where {KeyIs(set, key, parameters)}";
        var touched = values.Concat(defaults.Select(x => KeyValuePair.Create(x, (object?)null))).ToDictionary();
        return WriteAsync(Change(set, key, ODataChangeKind.Update, touched), sql, parameters, stop);
    }

    public Task DeleteAsync(EntitySet set, object key, CancellationToken stop)
    {
        var parameters = new SqlParameters();
        var sql = $"delete from {Identifier.QuotePath(set.Table!)} where {KeyIs(set, key, parameters)}";
        return WriteAsync(Change(set, key, ODataChangeKind.Delete, Nothing), sql, parameters, stop);
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
        Http = request.Http, Set = set, Key = key, Kind = kind, Values = values, Connection = scope.Connection,
        Transaction = scope.Transaction,
    };

    /// <summary>
    /// Whatever way a reference is set, what it refers to must be there for the caller. That it is there at all, the database
    /// itself sees to.
    /// </summary>
    private async Task NeedVisibleAsync(ODataChange change, CancellationToken stop)
    {
        foreach (var navigation in change.Set.Navigations.Where(x => !x.ToMany))
        {
            if (!change.Values.TryGetValue(navigation.From, out var key) || key is null) continue;
            if (request.Caller.Restrict(navigation.Target) is Restriction.All) continue;
            await new Linker(request, scope).NeedTargetAsync(navigation.Target, key, navigation.From.Name, stop);
        }
    }

    private void NeedSettable(ODataChange change)
    {
        foreach (var property in change.Values.Keys)
        {
            if (property != change.Set.Key && !request.Caller.MaySet(change.Set, property, change.Kind))
                throw WriteRules.Forbidden(change.Set, property);
        }
    }

    /// <summary>The row is one that the caller may change in this way: before the change, and as it is then.</summary>
    private async Task NeedChangeableAsync(ODataChange change, CancellationToken stop)
    {
        var rows = request.Caller.RestrictChange(change.Set, change.Kind);
        if (!await WriteRules.IsAmongAsync(request, change.Set, change.Key, rows, scope, stop)) throw WriteRules.Forbidden(change.Set);
    }

    private async Task WriteAsync(ODataChange change, string sql, SqlParameters parameters, CancellationToken stop)
    {
        try
        {
            if (!isCalled) NeedSettable(change);
            if (!isCalled && change.Kind != ODataChangeKind.Insert) await NeedChangeableAsync(change, stop);
            await NeedVisibleAsync(change, stop);
            await ShapeCheck.RefuseAsync(scope.Connection, change.Values, stop);
            await change.Set.Hooks.BeforeAsync(change, stop);
            await using (var command = new NpgsqlCommand(sql, scope.Connection))
            {
                parameters.CopyTo(command.Parameters, command.CommandText);
                await command.ExecuteNonQueryAsync(stop);
            }
            if (!isCalled && change.Kind != ODataChangeKind.Delete) await NeedChangeableAsync(change, stop);
            await change.Set.Hooks.AfterAsync(change, stop);
            scope.Made(change);
        }
        // A server that went away took the transaction with it: there is nothing to roll back and nobody to ask.
        catch (PostgresException error) when (scope.Connection.FullState == System.Data.ConnectionState.Open)
        {
            await scope.UndoAsync();
            if (request.Options.MapException(error) is { } mapped) throw mapped;
            if (await ConstraintErrors.RefusalAsync(request.Model, change, error, stop) is { } refusal) throw refusal;
            throw;
        }
    }
}
