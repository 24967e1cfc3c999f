namespace HazardMap.OData;

/// <summary>DELETE of one entity on the state the client has seen.</summary>
internal sealed class Deleter(ODataRequest request, Resource resource)
{
    private static readonly Dictionary<Property, object?> Nothing = [];

    public async Task Answer(CancellationToken cancellation)
    {
        var set = resource.Set;
        var key = WriteRules.OneEntity(request, resource, "DELETE");
        if (set.Table is null || !set.Deletable) throw WriteRules.ReadOnly(set);
        var accepted = set.Version is null ? null : Preconditions.IfMatch(request.Operation);
        await ChangeTransaction.Run(request, set, key, ODataChangeKind.Delete, Nothing, change => Delete(change, accepted, cancellation), cancellation);
        request.Answer.Status = 204;
    }

    private async Task<bool> Delete(ODataChange change, IReadOnlyList<string>? accepted, CancellationToken cancellation)
    {
        await WriteRules.Expected(request, resource, change.Connection, accepted, cancellation);
        var parameters = new SqlParameters();
        var sql = $"delete from {Identifier.QuotePath(change.Set.Table!)} "
            + $"where {change.Set.Key.QuotedColumn} = {parameters.Add(change.Key, change.Set.Key.Type.DbType())}";
        await ChangeTransaction.Write(request, change, sql, parameters, cancellation);
        return true;
    }
}
