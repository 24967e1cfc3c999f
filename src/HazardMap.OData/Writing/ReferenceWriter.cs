using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>
/// <c>$ref</c>: PUT and DELETE of the one entity that is referred to, POST and DELETE of one of many. The row that carries the
/// reference changes; where that is the addressed entity, its state must be the one the client has seen.
/// </summary>
internal sealed class ReferenceWriter(ODataRequest request, Resource resource, ChangeScope scope)
{
    public Task Answer(CancellationToken cancellation)
    {
        var method = request.Operation.Method;
        if (resource is not { Via: { } via, Parent: { } parent }) throw Writes.NotAllowed(method, "references to a set");
        request.Answer.Status = 204;
        return (via.ToMany, resource.Key) switch
        {
            (false, _) when HttpMethods.IsPut(method) => Single(parent, via, Target(via), cancellation),
            (false, _) when HttpMethods.IsDelete(method) => Single(parent, via, target: null, cancellation),
            (true, null) when HttpMethods.IsPost(method) => Add(parent, via, Target(via)!, cancellation),
            (true, null) when HttpMethods.IsDelete(method) => Remove(parent, via, Removed(via), cancellation),
            (true, { } key) when HttpMethods.IsDelete(method) => Remove(parent, via, key, cancellation),
            (true, null) when HttpMethods.IsPut(method) => throw ODataRefusalException.NotBuilt("Replacing all references at once is not built: POST and DELETE them one by one.", "$ref"),
            _ => throw Writes.NotAllowed(method, "this reference"),
        };
    }

    private async Task Single(Resource parent, Navigation via, object? target, CancellationToken cancellation)
    {
        var owner = await Owner(parent, cancellation);
        var set = owner.Set;
        if (set.Table is null) throw WriteRules.ReadOnly(set);
        WriteRules.MayWrite(request, set);
        if (!via.From.Writable || !request.Caller.MayRead(set, via.From)) throw WriteRules.ServerOwned(via.From.Name);
        if (target is null && !via.From.Nullable) throw new ODataRefusalException(422, "RuleBroken", $"{via.From.Name} cannot be null.", via.From.Name);
        await WriteRules.Expected(request, owner, scope, cancellation);
        if (target is not null) await new Linker(request, scope).NeedTarget(via.Target, target, via.Name, cancellation);
        await new RowWriter(request, scope).Update(set, owner.Key!, new Dictionary<Property, object?> { [via.From] = target }, [], cancellation);
        await WriteRules.StillVisible(request, set, owner.Key!, scope, cancellation);
    }

    private async Task Add(Resource parent, Navigation via, object target, CancellationToken cancellation)
    {
        var owner = await Owner(parent, cancellation);
        await new Linker(request, scope).LinkMany(via, owner.Key, target, via.Name, cancellation);
    }

    private async Task Remove(Resource parent, Navigation via, object target, CancellationToken cancellation)
    {
        var owner = await Owner(parent, cancellation);
        await WriteRules.Canonical(request, new Resource(via.Target) { Parent = owner, Via = via, Key = target }, scope, cancellation);
        await new Linker(request, scope).LinkMany(via, owner: null, target, via.Name, cancellation);
    }

    /// <summary>The entity that has the references; it must be there for the caller.</summary>
    private async Task<Resource> Owner(Resource parent, CancellationToken cancellation)
    {
        var owner = await WriteRules.Canonical(request, parent, scope, cancellation);
        return await WriteRules.Exists(request, owner.Set, owner.Key!, scope, cancellation) ? owner : throw WriteRules.NoSuch(owner.Set);
    }

    private object? Target(Navigation via)
    {
        using var json = RequestBody.Json(request.Operation, request.Content);
        var id = References.Id(json.RootElement) ?? throw ODataRefusalException.Bad("Send {\"@odata.id\": \"URL of the entity\"}.", "@odata.id", "BadReference");
        return References.Key(request, via.Target, id, "@odata.id");
    }

    private object Removed(Navigation via) => request.Query.GetValueOrDefault("id") is { } id
        ? References.Key(request, via.Target, id, "$id")
        : throw ODataRefusalException.NotBuilt("Removing all references at once is not built: name one in $id or in the path.", "$ref");
}
