namespace HazardMap.OData;

/// <summary>DELETE of one entity on the state the client has seen.</summary>
internal sealed class Deleter(ODataRequest request, Resource resource, ChangeScope scope)
{
    public async Task Answer(CancellationToken cancellation)
    {
        var set = resource.Set;
        if (set.Table is null || !set.Deletable) throw WriteRules.ReadOnly(set);
        WriteRules.MayWrite(request, set);
        var entity = await WriteRules.Canonical(request, resource, scope, cancellation);
        await WriteRules.Expected(request, entity, scope, cancellation);
        await new RowWriter(request, scope).Delete(set, entity.Key!, cancellation);
        request.Answer.Status = 204;
    }
}
