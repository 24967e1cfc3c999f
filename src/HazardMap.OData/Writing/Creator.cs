namespace HazardMap.OData;

/// <summary>Creates an entity, with what is nested in it and linked to it.</summary>
internal sealed class Creator(ODataRequest request, ChangeScope scope)
{
    private readonly RowWriter rows = new(request, scope);
    private readonly Linker linker = new(request, scope);

    /// <summary>POST to a set, or to a navigation of one entity: the new entity belongs to that one.</summary>
    public async Task Answer(Resource resource, CancellationToken cancellation)
    {
        NeedInsertable(resource.Set);
        using var json = RequestBody.Json(request.Operation, request.Content);
        var body = new BodyReader(request).Read(resource.Set, json.RootElement, WriteMode.Create);
        if (resource.Parent is { } parent) await Belong(body, resource.Via!, parent, cancellation);
        var key = await Create(body, key: null, cancellation);
        await Representation.Created(request, resource.Set, key, scope, body, cancellation);
    }

    public async Task<object> Create(EntityBody body, object? key, CancellationToken cancellation)
    {
        NeedInsertable(body.Set);
        foreach (var (via, child, place) in body.Children.Where(x => !x.Via.ToMany))
            body.Values[via.From] = await Nested(child, place, cancellation);
        await linker.NeedTargets(body, cancellation);
        key ??= KeyOf(body);
        await rows.Insert(body.Set, key, body.Values, cancellation);
        foreach (var (via, child, place) in body.Children.Where(x => x.Via.ToMany))
        {
            child.Values[via.To] = key;
            await Nested(child, place, cancellation);
        }
        await linker.LinkMany(body, key, cancellation);
        return key;
    }

    private async Task<object> Nested(EntityBody body, string place, CancellationToken cancellation)
    {
        try
        {
            var key = await Create(body, key: null, cancellation);
            await WriteRules.StillVisible(request, body.Set, key, scope, cancellation);
            return key;
        }
        catch (ODataRefusalException refusal)
        {
            throw refusal.Under(place);
        }
    }

    public async Task Belong(EntityBody body, Navigation via, Resource parent, CancellationToken cancellation)
    {
        var owner = await WriteRules.Canonical(request, parent, scope, cancellation);
        if (!await WriteRules.Exists(request, owner.Set, owner.Key!, scope, cancellation)) throw WriteRules.NoSuch(owner.Set);
        var property = via.To;
        if (!property.Writable && !property.Creatable) throw WriteRules.ServerOwned(property.Name);
        if (body.Values.TryGetValue(property, out var given) && !Equals(given, owner.Key))
            throw ODataRefusalException.Bad($"{property.Name} differs from the entity in the URL.", property.Name);
        body.Values[property] = owner.Key;
    }

    /// <summary>The client's key where it may choose one; else a new time-ordered identifier.</summary>
    private static object KeyOf(EntityBody body)
    {
        if (body.Values.GetValueOrDefault(body.Set.Key) is { } given) return given;
        return body.Set.Key.Type == ODataType.Guid
            ? Guid.CreateVersion7()
            : throw new ODataRefusalException(422, "RuleBroken", $"{body.Set.Key.Name} is needed.", body.Set.Key.Name);
    }

    public void NeedInsertable(EntitySet set)
    {
        if (set.Table is null || !set.Insertable) throw WriteRules.ReadOnly(set);
        WriteRules.MayWrite(request, set);
    }
}
