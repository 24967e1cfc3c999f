namespace HazardMap.OData;

/// <summary>Links entities that exist: a link is the foreign key of one of the two rows.</summary>
internal sealed class Linker(ODataRequest request, ChangeScope scope)
{
    /// <summary>Whatever a body links its entity to must be there for the caller.</summary>
    public async Task NeedTargetsAsync(EntityBody body, CancellationToken stop)
    {
        foreach (var (via, key, place) in body.Links.Where(x => !x.Via.ToMany)) await NeedTargetAsync(via.Target, key, place, stop);
        await NeedTargetsAsync(body.Set, body.Values, stop);
    }

    /// <summary>A foreign key given as a value is a link too: nobody may point at what is not there for him.</summary>
    public async Task NeedTargetsAsync(EntitySet set, IReadOnlyDictionary<Property, object?> values, CancellationToken stop)
    {
        foreach (var via in set.Navigations.Where(x => !x.ToMany && request.Caller.Restrict(x.Target) is not Restriction.All))
        {
            if (values.GetValueOrDefault(via.From) is { } key) await NeedTargetAsync(via.Target, key, via.From.Name, stop);
        }
    }

    public async Task NeedTargetAsync(EntitySet set, object key, string place, CancellationToken stop)
    {
        if (!await WriteRules.ExistsAsync(request, set, key, scope, stop))
            throw new ODataRefusalException(422, "UnknownReference", $"{place} refers to something that does not exist.", place);
    }

    /// <summary>The links of a body that are values of other entities.</summary>
    public async Task LinkManyAsync(EntityBody body, object key, CancellationToken stop)
    {
        foreach (var (via, target, place) in body.Links.Where(x => x.Via.ToMany)) await LinkManyAsync(via, key, target, place, stop);
    }

    /// <summary>Makes the target refer to the owner; null: to nobody.</summary>
    public async Task LinkManyAsync(Navigation via, object? owner, object target, string place, CancellationToken stop)
    {
        var set = via.Target;
        if (set.Table is null) throw WriteRules.ReadOnly(set);
        WriteRules.MayChange(request, set, ODataChangeKind.Update);
        if (!via.To.Writable || !request.Caller.MayRead(set, via.To)) throw WriteRules.ServerOwned(via.To).Under(place);
        if (owner is null && !via.To.Nullable)
            throw new ODataRefusalException(422, "RuleBroken", $"{via.To.Name} cannot be null.", $"{place}/{via.To.Name}");
        await NeedTargetAsync(set, target, place, stop);
        var values = new Dictionary<Property, object?> { [via.To] = owner };
        await new RowWriter(request, scope).UpdateAsync(set, target, values, [], stop);
        await WriteRules.StillVisibleAsync(request, set, target, scope, stop);
    }
}
