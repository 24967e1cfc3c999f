using System.Text.Json;

namespace HazardMap.OData;

/// <summary>
/// An entity as the caller reads it, locked, beside what he sends of it. Who reads an entity, changes something and sends the whole
/// of it back sends much that he has not changed: that is passed over, whether he could have changed it or not.
/// </summary>
internal sealed class Shown
{
    private readonly ODataRequest _request;
    private readonly EntitySet _set;
    private readonly JsonElement _entity;

    private Shown(ODataRequest request, EntitySet set, JsonElement entity) => (_request, _set, _entity) = (request, set, entity);

    public static Shown Of(ODataRequest request, EntitySet set, Snapshot entity) => new(request, set, entity.Root());

    /// <summary>The entity with as much expanded as the body has nested in it.</summary>
    public static async Task<Shown> TakeAsync(
        ODataRequest request, Resource entity, Snapshot plain, JsonElement body, ChangeScope scope, CancellationToken stop)
    {
        var selection = AsDeep(request, entity.Set, [body], depth: 0);
        var snapshot = selection.Expansions.Count == 0
            ? plain : await Snapshot.TakeAsync(request, entity, scope.Connection, lockRow: false, stop, selection);
        return Of(request, entity.Set, snapshot ?? plain);
    }

    /// <summary>Whether the property is sent as it is.</summary>
    public bool Has(Property property, JsonElement sent) =>
        _entity.TryGetProperty(property.Name, out var shown) && SameValues.Are(property, shown, sent, _request);

    /// <summary>The property as it is shown; null where it is not.</summary>
    public JsonElement Value(Property property) =>
        _entity.TryGetProperty(property.Name, out var shown) ? shown : JsonSerializer.SerializeToElement<string?>(null);

    /// <summary>Whether the property is a key that the entity refers to already.</summary>
    public bool Refers(Property property, object key) =>
        _entity.TryGetProperty(property.Name, out var shown) && shown.ValueKind != JsonValueKind.Null
        && Equals(JsonValues.Read(property, shown, _request), key);

    /// <summary>Whether what is nested under a navigation is sent as it is.</summary>
    public bool Has(Navigation navigation, JsonElement sent, JsonElement body) => Has(_entity, navigation, sent, body);

    private bool Has(JsonElement entity, Navigation navigation, JsonElement sent, JsonElement body)
    {
        if (!entity.TryGetProperty(navigation.Name, out var shown)) return false;
        if (!navigation.ToMany)
            return shown.ValueKind == JsonValueKind.Null ? sent.ValueKind == JsonValueKind.Null : IsSame(navigation.Target, shown, sent);
        if (sent.ValueKind != JsonValueKind.Array) return false;
        // Who leaves some out takes them away, unless he says that there are more than he has.
        if (shown.GetArrayLength() != sent.GetArrayLength() && !HasMore(navigation, body)) return false;
        var members = shown.EnumerateArray().ToDictionary(x => KeyOf(navigation.Target, x)!);
        return sent.EnumerateArray().All(x =>
            KeyOf(navigation.Target, x) is { } key && members.TryGetValue(key, out var member) && IsSame(navigation.Target, member, x));
    }

    private static bool HasMore(Navigation navigation, JsonElement body) =>
        body.TryGetProperty(navigation.Name + "@odata.nextLink", out _) || body.TryGetProperty(navigation.Name + "@nextLink", out _);

    private bool IsSame(EntitySet set, JsonElement shown, JsonElement sent)
    {
        if (sent.ValueKind != JsonValueKind.Object) return false;
        if (References.Id(sent) is not null && !Equals(KeyOf(set, sent), KeyOf(set, shown))) return false;
        return sent.EnumerateObject().All(x => IsSame(set, shown, sent, x));
    }

    private bool IsSame(EntitySet set, JsonElement shown, JsonElement sent, JsonProperty member)
    {
        var name = member.Name;
        if (name.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
            return name[(at + 1)..].Replace("odata.", "", StringComparison.Ordinal) is not ("bind" or "delta" or "removed");
        if (set.FindNavigation(name) is { } navigation) return Has(shown, navigation, member.Value, sent);
        return set.Find(name) is { } property && shown.TryGetProperty(name, out var value)
            && SameValues.Are(property, value, member.Value, _request);
    }

    /// <summary>The key of a nested entity, by its value or by its address; null: it has none.</summary>
    private object? KeyOf(EntitySet set, JsonElement entity)
    {
        try
        {
            if (entity.ValueKind != JsonValueKind.Object) return null;
            if (entity.TryGetProperty(set.Key.Name, out var key)) return JsonValues.Read(set.Key, key, _request);
            return References.Id(entity) is { } url ? References.Key(_request, set, url, "@odata.id") : null;
        }
        catch (ODataRefusalException)
        {
            return null;
        }
    }

    /// <summary>All that the caller may read of an entity, and of those nested in it wherever one of the bodies has any.</summary>
    private static Selection AsDeep(ODataRequest request, EntitySet set, IReadOnlyList<JsonElement> bodies, int depth)
    {
        var expansions = new List<Expansion>();
        foreach (var navigation in set.Navigations)
        {
            var nested = bodies.Where(x => x.ValueKind == JsonValueKind.Object && x.TryGetProperty(navigation.Name, out _))
                .Select(x => x.GetProperty(navigation.Name)).ToList();
            if (nested.Count == 0) continue;
            // Nobody can have read what is nested deeper.
            if (depth == request.Options.MaxExpansionDepth)
                throw ODataRefusalException.Over(nameof(ODataOptions.MaxExpansionDepth), request.Options.MaxExpansionDepth,
                    "Entities are nested too deep.", navigation.Name, "TooDeep");
            List<JsonElement> children =
                [.. nested.SelectMany(x => x.ValueKind == JsonValueKind.Array ? x.EnumerateArray().AsEnumerable() : [x])];
            expansions.Add(new Expansion(navigation, new ExpandItem(navigation.Name, ExpandKind.Entities, Nested: null),
                AsDeep(request, navigation.Target, children, depth + 1)));
        }
        return new Selection([.. set.Properties.Where(x => request.Caller.MayRead(set, x))], expansions, ContextList: null);
    }
}
