namespace HazardMap.OData;

/// <summary>What a body says of one entity: values, entities it is to be linked with, entities to be created along with it.</summary>
internal sealed record EntityBody(EntitySet Set, WriteMode Mode)
{
    /// <summary>Values of properties. Geography values are EWKB bytes.</summary>
    public Dictionary<Property, object?> Values { get; } = [];

    /// <summary>Properties that are sent as they are, which nothing is done about.</summary>
    public HashSet<Property> Kept { get; } = [];

    /// <summary>References of navigations to entities that exist.</summary>
    public List<(Navigation Via, object Key, string Place)> Links { get; } = [];

    /// <summary>Entities to be created along, with their place in the body.</summary>
    public List<(Navigation Via, EntityBody Body, string Place)> Children { get; } = [];

    /// <summary>Writable properties that the body leaves out: a replacement returns them to their defaults.</summary>
    public IReadOnlyCollection<Property> Absent() =>
        [.. Set.Properties.Where(x => x.Writable && !x.IsDerived && !Values.ContainsKey(x) && !Kept.Contains(x))];

    /// <summary>What was created along, as an <c>$expand</c>: an answer shows no less than the request.</summary>
    public string Expand(int depth) => depth == 0 ? "" : string.Join(',', Children.GroupBy(x => x.Via).Select(x =>
    {
        var nested = string.Join(',',
            x.Select(child => child.Body.Expand(depth - 1)).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Take(1));
        return nested.Length == 0 ? x.Key.Name : $"{x.Key.Name}($expand={nested})";
    }));
}

/// <summary>What becomes of an entity.</summary>
internal enum WriteMode
{
    Create,
    Update,
    Replace,
}
