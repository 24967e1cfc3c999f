using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>
/// <c>$ref</c>: PUT and DELETE of the one entity that is referred to, POST and DELETE of one of many. The row that carries the
/// reference changes; where that is the addressed entity, its state must be the one the client has seen.
/// </summary>
internal sealed class ReferenceWriter(ODataRequest request, Resource resource, ChangeScope scope)
{
    public Task AnswerAsync(CancellationToken stop)
    {
        var method = request.Operation.Method;
        if (resource is not { Via: { } via, Parent: { } parent }) throw Writes.NotAllowed(method, "references to a set");
        request.Answer.Status = 204;
        return (via.ToMany, resource.Key) switch
        {
            (false, _) when HttpMethods.IsPut(method) => SingleAsync(parent, via, Target(via), stop),
            (false, _) when HttpMethods.IsDelete(method) => SingleAsync(parent, via, target: null, stop),
            (true, null) when HttpMethods.IsPost(method) => AddAsync(parent, via, Target(via)!, stop),
            (true, null) when HttpMethods.IsDelete(method) => RemoveAsync(parent, via, Removed(via), stop),
            (true, { } key) when HttpMethods.IsDelete(method) => RemoveAsync(parent, via, key, stop),
            (true, null) when HttpMethods.IsPut(method) => throw ODataRefusalException.NotBuilt(
                "Replacing all references at once is not built: POST and DELETE them one by one.", "$ref"),
            _ => throw Writes.NotAllowed(method, "this reference"),
        };
    }

    private async Task SingleAsync(Resource parent, Navigation via, object? target, CancellationToken stop)
    {
        var owner = await OwnerAsync(parent, stop);
        var set = owner.Set;
        if (set.Table is null) throw WriteRules.ReadOnly(set);
        WriteRules.MayChange(request, set, ODataChangeKind.Update);
        if (!via.From.Writable || !request.Caller.MayRead(set, via.From)) throw WriteRules.ServerOwned(via.From);
        if (target is null && !via.From.Nullable)
            throw new ODataRefusalException(422, "RuleBroken", $"{via.From.Name} cannot be null.", via.From.Name);
        await WriteRules.ExpectedAsync(request, owner, scope, stop);
        if (target is not null) await new Linker(request, scope).NeedTargetAsync(via.Target, target, via.Name, stop);
        await new RowWriter(request, scope)
            .UpdateAsync(set, owner.Key!, new Dictionary<Property, object?> { [via.From] = target }, [], stop);
        await WriteRules.StillVisibleAsync(request, set, owner.Key!, scope, stop);
    }

    private async Task AddAsync(Resource parent, Navigation via, object target, CancellationToken stop)
    {
        var owner = await OwnerAsync(parent, stop);
        await new Linker(request, scope).LinkManyAsync(via, owner.Key, target, via.Name, stop);
    }

    private async Task RemoveAsync(Resource parent, Navigation via, object target, CancellationToken stop)
    {
        var owner = await OwnerAsync(parent, stop);
        await WriteRules.CanonicalAsync(request, new Resource(via.Target) { Parent = owner, Via = via, Key = target }, scope, stop);
        await new Linker(request, scope).LinkManyAsync(via, owner: null, target, via.Name, stop);
    }

    /// <summary>The entity that has the references; it must be there for the caller.</summary>
    private async Task<Resource> OwnerAsync(Resource parent, CancellationToken stop)
    {
        var owner = await WriteRules.CanonicalAsync(request, parent, scope, stop);
        return await WriteRules.ExistsAsync(request, owner.Set, owner.Key!, scope, stop) ? owner : throw WriteRules.NoSuch(owner.Set);
    }

    private object? Target(Navigation via)
    {
        using var json = RequestBody.Json(request.Operation, request.Content);
        var id = References.Id(json.RootElement)
            ?? throw ODataRefusalException.Bad("Send {\"@odata.id\": \"URL of the entity\"}.", "@odata.id", "BadReference");
        return References.Key(request, via.Target, id, "@odata.id");
    }

    private object Removed(Navigation via) => request.Query.GetValueOrDefault("id") is { } id
        ? References.Key(request, via.Target, id, "$id")
        : throw ODataRefusalException.NotBuilt("Removing all references at once is not built: name one in $id or in the path.", "$ref");
}
