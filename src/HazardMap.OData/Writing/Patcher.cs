namespace HazardMap.OData;

/// <summary>PATCH of one entity: lock the row, compare its state with If-Match, write, read back.</summary>
internal sealed class Patcher(ODataRequest request, Resource resource)
{
    private readonly EntitySet set = resource.Set;

    public async Task Answer(CancellationToken cancellation)
    {
        var key = WriteRules.OneEntity(request, resource, "PATCH");
        if (set.Table is null) throw WriteRules.ReadOnly(set);
        var accepted = set.Version is null ? null : Preconditions.IfMatch(request.Operation);
        using var body = await BodyReader.Document(request.Operation, request.Options, cancellation);
        var values = BodyReader.Values(set, body.RootElement, request.Caller, request.Options, creating: false);
        var after = await ChangeTransaction.Run(
            request, set, key, ODataChangeKind.Update, values, change => Change(change, accepted, cancellation), cancellation);
        await after.Respond(request, representationByDefault: false, cancellation);
    }

    private async Task<Snapshot> Change(ODataChange change, IReadOnlyList<string>? accepted, CancellationToken cancellation)
    {
        var before = await WriteRules.Expected(request, resource, change.Connection, accepted, cancellation);
        if (change.Values.Count == 0) return before;
        var parameters = new SqlParameters();
        var assignments = change.Values.Select(x => $"{x.Key.QuotedColumn} = {ChangeTransaction.Value(x.Key, x.Value, parameters)}");
        var sql = $"update {Identifier.QuotePath(set.Table!)} set {string.Join(", ", assignments)} "
            + $"where {set.Key.QuotedColumn} = {parameters.Add(change.Key, set.Key.Type.DbType())}";
        await ChangeTransaction.Write(request, change, sql, parameters, cancellation);
        return await WriteRules.StillVisible(request, resource, change.Connection, cancellation);
    }
}
