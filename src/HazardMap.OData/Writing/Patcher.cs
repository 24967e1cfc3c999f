using System.Data;
using Npgsql;

namespace HazardMap.OData;

/// <summary>
/// PATCH of one entity, in one transaction: lock the row, compare its state with If-Match, ask the host, write, let the host
/// follow up, read back, commit.
/// </summary>
internal sealed class Patcher(ODataRequest request, Resource resource)
{
    private readonly EntitySet set = resource.Set;

    public async Task Answer(CancellationToken cancellation)
    {
        Refuse();
        var accepted = set.Version is null ? null : Preconditions.IfMatch(request.Http.Request);
        using var body = await BodyReader.Document(request.Http.Request, request.Options, cancellation);
        var values = BodyReader.Values(set, body.RootElement, request.Caller, request.Options);
        Snapshot after;
        ODataChange change;
        await using (var connection = await request.Options.DataSource.OpenConnectionAsync(cancellation))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            change = new ODataChange
            {
                Http = request.Http, Set = set, Key = resource.Key!, Values = values, Connection = connection, Transaction = transaction,
            };
            after = await Guarded(() => Change(change, accepted, cancellation), change, cancellation);
        }
        if (values.Count > 0 && request.Options.OnCommitted is { } committed) await committed(change, CancellationToken.None);
        await Respond(after, cancellation);
    }

    private void Refuse()
    {
        if (resource.Key is null || resource.Parent is not null || resource.Property is not null || resource.Function is not null)
            throw ODataRefusalException.NotBuilt("PATCH is built for one entity by its key.");
        if (set.Table is null) throw new ODataRefusalException(405, "ReadOnly", $"{set.Name} cannot be changed.");
        if (!request.Caller.MayWrite(set)) throw new ODataRefusalException(403, "Forbidden", $"You may not change {set.Name}.");
    }

    private async Task<Snapshot> Change(ODataChange change, IReadOnlyList<string>? accepted, CancellationToken cancellation)
    {
        var before = await Snapshot.Take(request, resource, change.Connection, lockRow: true, cancellation)
            ?? throw ODataRefusalException.NotFound($"{set.Name} has no such entity.");
        if (before.ETag is { } etag && !Preconditions.Holds(accepted, etag)) throw Stale(before);
        if (change.Values.Count == 0)
        {
            await change.Transaction.CommitAsync(cancellation);
            return before;
        }
        await ShapeCheck.Refuse(change.Connection, change.Values, cancellation);
        if (request.Options.OnChanging is { } changing) await changing(change, cancellation);
        await Update(change, cancellation);
        if (request.Options.OnChanged is { } changed) await changed(change, cancellation);
        var after = await Snapshot.Take(request, resource, change.Connection, lockRow: false, cancellation)
            ?? throw new ODataRefusalException(422, "OutsideArea", "The change would move the entity out of your area.");
        // From here on the change is made: a client that hangs up does not undo half of it.
        await change.Transaction.CommitAsync(CancellationToken.None);
        return after;
    }

    private static ODataRefusalException Stale(Snapshot before) =>
        new(412, "Stale", "The entity has changed since you read it; its current values are in innererror.", "If-Match") { Current = before.Json() };

    private async Task Update(ODataChange change, CancellationToken cancellation)
    {
        var parameters = new SqlParameters();
        var assignments = change.Values.Select(x => $"{x.Key.QuotedColumn} = {Assigned(x.Key, x.Value, parameters)}");
        var sql = $"update {Identifier.QuotePath(set.Table!)} set {string.Join(", ", assignments)} "
            + $"where {set.Key.QuotedColumn} = {parameters.Add(change.Key, set.Key.Type.DbType())}";
        await using var command = new NpgsqlCommand(sql, change.Connection);
        parameters.CopyTo(command.Parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string Assigned(Property property, object? value, SqlParameters parameters)
    {
        if (value is null) return "null";
        var placeholder = parameters.Add(value, property.Type.DbType());
        return property.Type.IsGeography() ? $"ST_GeomFromEWKB({placeholder})::geography" : placeholder;
    }

    private async Task<Snapshot> Guarded(Func<Task<Snapshot>> step, ODataChange change, CancellationToken cancellation)
    {
        try
        {
            return await step();
        }
        // Whoever says the server is going has ended the transaction with the connection; that is 503, not a refusal.
        catch (PostgresException error) when (!error.IsTransient && change.Connection.FullState.HasFlag(ConnectionState.Open))
        {
            await change.Transaction.RollbackAsync(CancellationToken.None);
            if (request.Options.MapException(error) is { } mapped) throw mapped;
            if (await ConstraintErrors.Refusal(request.Options.DataSource, set, error, [.. change.Values.Keys], cancellation) is { } refusal) throw refusal;
            throw;
        }
    }

    private async Task Respond(Snapshot after, CancellationToken cancellation)
    {
        var response = request.Http.Response;
        if (after.ETag is { } etag) response.Headers.ETag = etag;
        if (request.Preferences.Return is { } wish) response.Headers["Preference-Applied"] = "return=" + wish;
        if (request.Preferences.Return != "representation")
        {
            response.StatusCode = 204;
            return;
        }
        Answers.Json(request);
        await response.BodyWriter.WriteAsync(after.Bytes, cancellation);
    }
}
