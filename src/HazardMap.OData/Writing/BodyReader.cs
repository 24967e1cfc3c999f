using System.Text.Json;

namespace HazardMap.OData;

/// <summary>
/// Reads a JSON object as an entity: writable properties, links, nested entities. What is sent as it is <paramref name="shown"/> is
/// passed over; everything else is refused by name.
/// </summary>
internal sealed class BodyReader(ODataRequest request, Shown? shown = null)
{
    private int _entities;

    public EntityBody Read(EntitySet set, JsonElement json, WriteMode mode, object? key = null) => Read(set, json, mode, key, depth: 0);

    private EntityBody Read(EntitySet set, JsonElement json, WriteMode mode, object? key, int depth)
    {
        if (json.ValueKind != JsonValueKind.Object) throw ODataRefusalException.Bad("The body must be a JSON object.");
        if (++_entities > request.Options.MaxInsertEntities)
            throw ODataRefusalException.Over(nameof(ODataOptions.MaxInsertEntities), request.Options.MaxInsertEntities,
                "One request creates too many entities.");
        var body = new EntityBody(set, mode);
        foreach (var member in json.EnumerateObject()) Member(body, json, member, key, depth);
        return body;
    }

    private void Member(EntityBody body, JsonElement json, JsonProperty member, object? key, int depth)
    {
        var name = Name(member);
        if (name.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at) Annotation(body, name[..at], name[(at + 1)..], member.Value);
        else if (body.Set.FindNavigation(name) is { } navigation)
        {
            if (shown?.Has(navigation, member.Value, json) != true) Related(body, navigation, member.Value, depth);
        }
        else Value(body, name, member.Value, key);
    }

    private void Value(EntityBody body, string name, JsonElement json, object? key)
    {
        var property = body.Set.Find(name)
            ?? throw ODataRefusalException.Bad($"{body.Set.Name} has no property {name}.", name, "UnknownProperty");
        if (property == body.Set.Key && key is not null)
        {
            if (!Equals(JsonValues.Read(property, json, request), key)) throw WriteRules.ServerOwned(name);
            return;
        }
        if (shown?.Has(property, json) == true) body.Kept.Add(property);
        // Of what is not there yet nothing is stored: null says no more than leaving it out.
        else if (json.ValueKind != JsonValueKind.Null || body.Mode != WriteMode.Create || property.IsInsertable)
            Set(body, property, JsonValues.Read(NeedWritable(body, property), json, request));
    }

    private static void Set(EntityBody body, Property property, object? value)
    {
        if (!body.Values.TryAdd(property, value) && !Equals(body.Values[property], value))
            throw ODataRefusalException.Bad($"{property.Name} is given twice, with different values.", property.Name);
    }

    private Property NeedWritable(EntityBody body, Property property) =>
        (property.Writable || body.Mode == WriteMode.Create && property.Creatable) && request.Caller.MayRead(body.Set, property)
            ? property : throw WriteRules.ServerOwned(property);

    private void Annotation(EntityBody body, string name, string term, JsonElement json)
    {
        term = term.StartsWith("odata.", StringComparison.Ordinal) ? term[6..] : term;
        if (name.Length == 0 && term == "type") CheckType(body.Set, json);
        if (term == "delta")
            throw ODataRefusalException.NotBuilt("Changes nested in an update are not built: send them by themselves.", name);
        if (term != "bind" || name.Length == 0) return;
        var navigation = body.Set.FindNavigation(name)
            ?? throw ODataRefusalException.Bad($"{body.Set.Name} has no navigation {name}.", name, "UnknownProperty");
        if (navigation.ToMany != (json.ValueKind == JsonValueKind.Array))
            throw navigation.ToMany ? ODataRefusalException.Bad($"{name}@odata.bind needs a list of URLs.", name)
                : ODataRefusalException.Bad($"{name}@odata.bind needs one URL.", name);
        if (!navigation.ToMany) Link(body, navigation, json, name);
        else foreach (var (url, i) in json.EnumerateArray().Select((x, i) => (x, i))) Link(body, navigation, url, $"{name}/{i}");
    }

    private void CheckType(EntitySet set, JsonElement json)
    {
        var name = $"{request.Model.Namespace}.{set.TypeName}";
        if (json.ValueKind != JsonValueKind.String || !string.Equals(Text(json).TrimStart('#'), name, StringComparison.Ordinal))
            throw ODataRefusalException.Bad($"The entity's type is {name}.", "@odata.type", "WrongType");
    }

    private void Related(EntityBody body, Navigation navigation, JsonElement json, int depth)
    {
        var name = navigation.Name;
        if (!navigation.ToMany)
        {
            if (json.ValueKind == JsonValueKind.Null)
                Set(body, NeedWritable(body, navigation.From), JsonValues.Read(navigation.From, json, request));
            else Related(body, navigation, json, name, depth);
            return;
        }
        if (json.ValueKind != JsonValueKind.Array) throw ODataRefusalException.Bad($"{name} must be a list.", name, "WrongType");
        if (body.Mode != WriteMode.Create)
            throw ODataRefusalException.NotBuilt($"Replacing the entities of {name} along is not built: "
                + $"change them by themselves, or link them with {name}@odata.bind.", name);
        foreach (var (item, i) in json.EnumerateArray().Select((x, i) => (x, i))) Related(body, navigation, item, $"{name}/{i}", depth);
    }

    private void Related(EntityBody body, Navigation navigation, JsonElement json, string place, int depth)
    {
        if (json.ValueKind != JsonValueKind.Object) throw ODataRefusalException.Bad($"{place} must be an object.", place, "WrongType");
        // Among changes, an address with values beside it is an entity that was read and changed.
        if (References.Id(json) is { } reference
            && (body.Mode == WriteMode.Create || json.EnumerateObject().All(x => x.Name.Contains('@', StringComparison.Ordinal))))
        {
            Link(body, navigation, reference, place);
            return;
        }
        if (body.Mode != WriteMode.Create)
            throw ODataRefusalException.NotBuilt($"Changing {navigation.Name} along is not built: change it by itself.", place);
        if (depth == request.Options.MaxInsertDepth)
            throw ODataRefusalException.Over(nameof(ODataOptions.MaxInsertDepth), request.Options.MaxInsertDepth,
                "Entities are nested too deep.", place, "TooDeep");
        if (!navigation.ToMany) NeedWritable(body, navigation.From);
        try
        {
            var child = Read(navigation.Target, json, WriteMode.Create, key: null, depth + 1);
            if (navigation.ToMany) NeedFree(child, NeedWritable(child, navigation.To));
            body.Children.Add((navigation, child, place));
        }
        catch (ODataRefusalException refusal)
        {
            throw refusal.Under(place);
        }
    }

    /// <summary>What an entity belongs to is said by where it stands, not a second time inside it.</summary>
    private static void NeedFree(EntityBody child, Property owner)
    {
        if (child.Values.ContainsKey(owner) || child.Children.Exists(x => !x.Via.ToMany && x.Via.From == owner))
            throw ODataRefusalException.Bad($"{owner.Name} is given by the entity around it.", owner.Name);
    }

    /// <summary>A link to one entity is a value of this one; a link to many is a value of each of them.</summary>
    private void Link(EntityBody body, Navigation navigation, JsonElement url, string place)
    {
        var key = References.Key(request, navigation.Target, url, place);
        if (!navigation.ToMany && shown?.Refers(navigation.From, key) == true)
        {
            body.Kept.Add(navigation.From);
            return;
        }
        if (!navigation.ToMany) Set(body, NeedWritable(body, navigation.From), key);
        body.Links.Add((navigation, key, place));
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw ODataRefusalException.Bad("The body has a property whose name is not text.");
        }
    }

    internal static string Text(JsonElement json)
    {
        try
        {
            return json.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            throw ODataRefusalException.Bad("The body contains something that is not text.");
        }
    }
}
