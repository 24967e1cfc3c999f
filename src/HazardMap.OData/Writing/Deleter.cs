namespace HazardMap.OData;

/// <summary>DELETE of one entity on the state the client has seen.</summary>
internal sealed class Deleter(ODataRequest request, Resource resource, ChangeScope scope)
{
    public async Task AnswerAsync(CancellationToken stop)
    {
        var set = resource.Set;
        if (set.Table is null || !set.Deletable) throw WriteRules.ReadOnly(set);
        WriteRules.MayChange(request, set, ODataChangeKind.Delete);
        var entity = await WriteRules.CanonicalAsync(request, resource, scope, stop);
        await WriteRules.ExpectedAsync(request, entity, scope, stop);
        await new RowWriter(request, scope).DeleteAsync(set, entity.Key!, stop);
        request.Answer.Status = 204;
    }
}
