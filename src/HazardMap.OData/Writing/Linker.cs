namespace HazardMap.OData;

/// <summary>Links entities that exist: a link is the foreign key of one of the two rows.</summary>
internal sealed class Linker(ODataRequest request, ChangeScope scope)
{
    /// <summary>Whatever a body links its entity to must be there for the caller.</summary>
    public async Task NeedTargets(EntityBody body, CancellationToken cancellation)
    {
        foreach (var (via, key, place) in body.Links.Where(x => !x.Via.ToMany)) await NeedTarget(via.Target, key, place, cancellation);
        await NeedTargets(body.Set, body.Values, cancellation);
    }

    /// <summary>A foreign key given as a value is a link too: nobody may point at what is not there for him.</summary>
    public async Task NeedTargets(EntitySet set, IReadOnlyDictionary<Property, object?> values, CancellationToken cancellation)
    {
        foreach (var via in set.Navigations.Where(x => !x.ToMany && request.Caller.Restrict(x.Target) is not Restriction.All))
        {
            if (values.GetValueOrDefault(via.From) is { } key) await NeedTarget(via.Target, key, via.From.Name, cancellation);
        }
    }

    public async Task NeedTarget(EntitySet set, object key, string place, CancellationToken cancellation)
    {
        if (!await WriteRules.Exists(request, set, key, scope, cancellation))
            throw new ODataRefusalException(422, "UnknownReference", $"{place} refers to something that does not exist.", place);
    }

    /// <summary>The links of a body that are values of other entities.</summary>
    public async Task LinkMany(EntityBody body, object key, CancellationToken cancellation)
    {
        foreach (var (via, target, place) in body.Links.Where(x => x.Via.ToMany)) await LinkMany(via, key, target, place, cancellation);
    }

    /// <summary>Makes the target refer to the owner; null: to nobody.</summary>
    public async Task LinkMany(Navigation via, object? owner, object target, string place, CancellationToken cancellation)
    {
        var set = via.Target;
        if (set.Table is null) throw WriteRules.ReadOnly(set);
        WriteRules.MayWrite(request, set);
        if (!via.To.Writable || !request.Caller.MayRead(set, via.To)) throw WriteRules.ServerOwned(via.To.Name).Under(place);
        if (owner is null && !via.To.Nullable) throw new ODataRefusalException(422, "RuleBroken", $"{via.To.Name} cannot be null.", $"{place}/{via.To.Name}");
        await NeedTarget(set, target, place, cancellation);
        var values = new Dictionary<Property, object?> { [via.To] = owner };
        await new RowWriter(request, scope).Update(set, target, values, [], cancellation);
        await WriteRules.StillVisible(request, set, target, scope, cancellation);
    }
}
