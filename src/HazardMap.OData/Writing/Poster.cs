namespace HazardMap.OData;

/// <summary>POST to an entity set: a new entity, answered with its address.</summary>
internal sealed class Poster(ODataRequest request, Resource resource)
{
    private readonly EntitySet set = resource.Set;

    public async Task Answer(CancellationToken cancellation)
    {
        if (resource.IsSingle || resource.IsCount || resource.Parent is not null)
            throw ODataRefusalException.NotBuilt("POST is built for entity sets.");
        if (set.Table is null || !set.Insertable) throw WriteRules.ReadOnly(set);
        WriteRules.MayWrite(request, set);
        using var body = await BodyReader.Document(request.Operation, request.Options, cancellation);
        var values = BodyReader.Values(set, body.RootElement, request.Caller, request.Options, creating: true);
        var key = Key(values);
        values[set.Key] = key;
        var created = resource with { Key = key };
        var after = await ChangeTransaction.Run(request, set, key, ODataChangeKind.Insert, values, change => Insert(change, created, cancellation), cancellation);
        var answer = request.Answer;
        answer.Status = set.BeginsWork ? 202 : 201;
        answer.Headers.Location = Urls.Entity(request.Root, set, key);
        answer.Headers["OData-EntityId"] = Urls.Entity(request.Root, set, key);
        await after.Respond(request, representationByDefault: true, cancellation);
    }

    /// <summary>The client's key where it may choose one; else a new time-ordered identifier.</summary>
    private object Key(Dictionary<Property, object?> values)
    {
        if (values.GetValueOrDefault(set.Key) is { } given) return given;
        return set.Key.Type == ODataType.Guid
            ? Guid.CreateVersion7()
            : throw new ODataRefusalException(422, "RuleBroken", $"{set.Key.Name} is needed.", set.Key.Name);
    }

    private async Task<Snapshot> Insert(ODataChange change, Resource created, CancellationToken cancellation)
    {
        var parameters = new SqlParameters();
        var columns = string.Join(", ", change.Values.Keys.Select(x => x.QuotedColumn));
        var inserted = string.Join(", ", change.Values.Select(x => ChangeTransaction.Value(x.Key, x.Value, parameters)));
        var sql = $"insert into {Identifier.QuotePath(set.Table!)} ({columns}) values ({inserted})";
        await Settings(change, cancellation);
        await ChangeTransaction.Write(request, change, sql, parameters, cancellation);
        return await WriteRules.StillVisible(request, created, change.Connection, cancellation);
    }

    private async Task Settings(ODataChange change, CancellationToken cancellation)
    {
        await using var batch = new Npgsql.NpgsqlBatch(change.Connection);
        batch.BatchCommands.Add(ReadBatch.Settings(request.Options, request.Caller));
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
