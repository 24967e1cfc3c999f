namespace HazardMap.OData;

/// <summary>
/// Reads a resource path: an entity set, then keys (in parentheses or as segments), navigations, properties, functions,
/// <c>$count</c>, <c>$value</c>, <c>$ref</c>, <c>$filter(...)</c>.
/// </summary>
internal sealed class PathParser(ODataModel model, Aliases aliases, ODataOptions options)
{
    public static Resource Read(string path, ODataModel model, Aliases aliases, ODataOptions options)
    {
        var parser = new PathParser(model, aliases, options);
        Resource? resource = null;
        foreach (var segment in Segments(path)) resource = resource is null ? parser.First(segment) : parser.Next(resource, segment);
        return resource ?? throw ODataRefusalException.NotFound("Nothing is served under this path.");
    }

    /// <summary>Percent-decoded segments; a slash between parentheses or in a text there belongs to the segment.</summary>
    private static List<string> Segments(string path)
    {
        var cursor = new Cursor(path.Trim('/'), "the path");
        var segments = new List<string>();
        while (!cursor.AtEnd)
        {
            var segment = UntilSlash(cursor);
            if (segment.Length == 0) throw ODataRefusalException.NotFound("The path has an empty segment.");
            segments.Add(UriGuard.UnescapeSegment(segment));
        }
        return segments;
    }

    private static string UntilSlash(Cursor cursor)
    {
        var (start, depth, quoted) = (cursor.Place, 0, false);
        for (; !cursor.AtEnd; cursor.Place++)
        {
            if (depth > 0 && (cursor.Next == '\'' || string.CompareOrdinal(cursor.Text, cursor.Place, "%27", 0, 3) == 0)) quoted = !quoted;
            if (quoted) continue;
            if (cursor.Next == '(') depth++;
            if (cursor.Next == ')') depth--;
            if (cursor.Next == '/' && depth <= 0) break;
        }
        return cursor.Text[start..cursor.Place++];
    }

    private Resource First(string segment)
    {
        if (segment.StartsWith('$'))
            throw ODataRefusalException.NotFound($"{segment.Split('(')[0]} is no entity set.", segment.Split('(')[0]);
        var (name, inside) = Split(segment);
        var set = model.EntitySets.GetValueOrDefault(name) ?? throw ODataRefusalException.NotFound($"There is no {name} here.", name);
        return WithKey(new Resource(set), inside);
    }

    private Resource Next(Resource current, string segment)
    {
        if (segment == "$query" && !current.IsQuery) return current with { IsQuery = true };
        if (current.IsQuery || current.IsCount || current.IsRawValue
            || current.IsReference && !segment.StartsWith('$') || current.Function is not null
            || current.Action is not null)
            throw current.IsCount ? ODataRefusalException.NotFound($"Nothing comes after $count: {segment}.", segment)
                : ODataRefusalException.NotFound($"Nothing comes after this path: {segment}.", segment);
        if (segment.StartsWith('$')) return Dollar(current, segment);
        var (name, inside) = Split(segment);
        if (current.Property is not null) throw ODataRefusalException.NotFound($"{current.Property.Name} has no {name}.", name);
        if (Operation(current, name, inside) is { } operation) return operation;
        // Namespace.Type is a cast to the only type there is.
        if (inside is null && string.Equals(name, $"{model.Namespace}.{current.Set.TypeName}", StringComparison.Ordinal)) return current;
        return current.IsSingle ? Member(current, name, inside) : AsKey(current, segment);
    }

    private Resource Member(Resource current, string name, string? inside)
    {
        if (current.Set.FindNavigation(name) is { } navigation)
            return WithKey(new Resource(navigation.Target) { Parent = current, Via = navigation }, inside);
        if (inside is null && current.Set.Find(name) is { } property) return current with { Property = property };
        throw ODataRefusalException.NotFound($"{current.Set.Name} has no {name}.", name);
    }

    /// <summary>Key as segment: the value as it is, without quotes.</summary>
    private Resource AsKey(Resource current, string segment)
    {
        if (current.Set.FindNavigation(segment) is not null || current.Set.Find(segment) is not null)
            throw ODataRefusalException.Bad($"{segment} needs one entity before it.", segment);
        var value = LiteralParser.Plain(segment, current.Set.Key.Type, options)
            ?? throw ODataRefusalException.Bad($"{segment} is not a key of {current.Set.Name}.", current.Set.Key.Name);
        return current with { Key = value };
    }

    private Resource Dollar(Resource current, string segment)
    {
        var (name, inside) = Split(segment);
        return (name.ToLowerInvariant(), inside) switch
        {
            ("$count", null) when !current.IsSingle && current.Property is null => current with { IsCount = true },
            ("$value", null) when current.Property is not null => current with { IsRawValue = true },
            ("$value", null) when current.IsSingle && current.Set.Media is not null => current with { IsRawValue = true },
            ("$ref", null) when current.Property is null => current with { IsReference = true },
            ("$filter", { } condition) when !current.IsSingle =>
                current with { Filters = [.. current.Filters, ExpressionParser.Whole(condition, "$filter", aliases, options)] },
            ("$count" or "$value" or "$ref" or "$filter", _) => throw ODataRefusalException.Bad($"{name} does not fit here.", name),
            ("$all" or "$each", _) => throw ODataRefusalException.NotBuilt($"Paths with {name} are not built.", name),
            _ => throw ODataRefusalException.NotFound($"There is no {name} here.", name),
        };
    }

    private Resource? Operation(Resource current, string name, string? inside)
    {
        if (!current.IsSingle) return null;
        var plain = name.StartsWith(model.Namespace + ".", StringComparison.Ordinal) ? name[(model.Namespace.Length + 1)..] : name;
        if (current.Set.Functions.FirstOrDefault(x => string.Equals(x.Name, plain, StringComparison.Ordinal)) is { } function)
            return current with { Function = function, Arguments = FunctionArguments.Read(function, inside, aliases, options) };
        return current.Set.Actions.FirstOrDefault(x => string.Equals(x.Name, plain, StringComparison.Ordinal)) is { } action
            ? current with { Action = action } : null;
    }

    private Resource WithKey(Resource resource, string? inside)
    {
        if (inside is null || inside.Trim().Length == 0) return resource;
        if (resource.IsSingle)
            throw ODataRefusalException.Bad($"{resource.Via!.Name} leads to one entity: it takes no key.", resource.Via.Name);
        var key = resource.Set.Key;
        var cursor = new Cursor(inside, key.Name);
        if (cursor.TryWord(key.Name) && !cursor.Try('=')) cursor.Place = 0;
        var expression = ExpressionParser.Whole(cursor.Text[cursor.Place..], key.Name, aliases, options);
        return resource with { Key = KeyValue(key, expression) };
    }

    private static object KeyValue(Property key, Expression expression)
    {
        if (expression is not Expression.Literal { Value: { } value } literal)
            throw ODataRefusalException.Bad($"A key is a value of {key.Type}, not null and not an expression.", key.Name);
        if (literal.Type != key.Type && literal.Type == ODataType.String)
            throw ODataRefusalException.Bad($"A key of {key.Type} is written without quotes.", key.Name);
        return Literals.Convert(Literals.Value(literal), literal.Type, key.Type);
    }

    private static (string Name, string? Inside) Split(string segment)
    {
        var open = segment.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && segment.EndsWith(')') ? (segment[..open], segment[(open + 1)..^1]) : (segment, null);
    }
}
