namespace HazardMap.OData;

/// <summary>Creates an entity, with what is nested in it and linked to it.</summary>
internal sealed class Creator(ODataRequest request, ChangeScope scope)
{
    private readonly RowWriter _rows = new(request, scope);
    private readonly Linker _linker = new(request, scope);

    /// <summary>POST to a set, or to a navigation of one entity: the new entity belongs to that one.</summary>
    public async Task AnswerAsync(Resource resource, CancellationToken stop)
    {
        NeedInsertable(resource.Set);
        using var json = RequestBody.Json(request.Operation, request.Content);
        var body = new BodyReader(request).Read(resource.Set, json.RootElement, WriteMode.Create);
        if (resource.Parent is { } parent) await BelongAsync(body, resource.Via!, parent, stop);
        var key = await CreateAsync(body, key: null, stop);
        await Representation.CreatedAsync(request, resource.Set, key, scope, body, stop);
    }

    public async Task<object> CreateAsync(EntityBody body, object? key, CancellationToken stop)
    {
        NeedInsertable(body.Set);
        foreach (var (via, child, place) in body.Children.Where(x => !x.Via.ToMany))
            body.Values[via.From] = await NestedAsync(child, place, stop);
        await _linker.NeedTargetsAsync(body, stop);
        key ??= KeyOf(body);
        await _rows.InsertAsync(body.Set, key, body.Values, stop);
        foreach (var (via, child, place) in body.Children.Where(x => x.Via.ToMany))
        {
            child.Values[via.To] = key;
            await NestedAsync(child, place, stop);
        }
        await _linker.LinkManyAsync(body, key, stop);
        return key;
    }

    private async Task<object> NestedAsync(EntityBody body, string place, CancellationToken stop)
    {
        try
        {
            var key = await CreateAsync(body, key: null, stop);
            await WriteRules.StillVisibleAsync(request, body.Set, key, scope, stop);
            return key;
        }
        catch (ODataRefusalException refusal)
        {
            throw refusal.Under(place);
        }
    }

    public async Task BelongAsync(EntityBody body, Navigation via, Resource parent, CancellationToken stop)
    {
        var owner = await WriteRules.CanonicalAsync(request, parent, scope, stop);
        if (!await WriteRules.ExistsAsync(request, owner.Set, owner.Key!, scope, stop)) throw WriteRules.NoSuch(owner.Set);
        var property = via.To;
        if (!property.Writable && !property.Creatable) throw WriteRules.ServerOwned(property);
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
        WriteRules.MayChange(request, set, ODataChangeKind.Insert);
    }
}
