using Microsoft.OData.UriParser;

namespace HazardMap.OData;

/// <summary>What a path names: an entity set reached from the root, perhaps one entity, a property, a count, a function.</summary>
internal sealed record Resource(EntitySet Set)
{
    /// <summary>The entity this set was reached from, by <see cref="Via"/>; null at the root.</summary>
    public Resource? Parent { get; init; }

    public Navigation? Via { get; init; }

    /// <summary>Key in the path; null for a collection or for a single-valued navigation.</summary>
    public object? Key { get; init; }

    public Property? Property { get; init; }

    public bool IsCount { get; init; }

    public bool IsRawValue { get; init; }

    /// <summary>The path ends in <c>$ref</c>: the references are meant, not the entities.</summary>
    public bool IsReference { get; init; }

    public BoundFunction? Function { get; init; }

    public BoundAction? Action { get; init; }

    public bool IsSingle => Key is not null || Via is { ToMany: false };

    public static Resource Of(ODataRequest request)
    {
        Resource? resource = null;
        foreach (var segment in request.Path) resource = Next(request.Model, resource, segment);
        return resource ?? throw ODataRefusalException.NotFound("Nothing is served under this path.");
    }

    private static Resource Next(ODataModel model, Resource? current, ODataPathSegment segment) => segment switch
    {
        EntitySetSegment set => new Resource(model.EntitySets[set.EntitySet.Name]),
        KeySegment key when current is { Key: null } => current with { Key = KeyValue(current.Set, key) },
        NavigationPropertySegment navigation when current is not null => Through(current, navigation.NavigationProperty.Name),
        NavigationPropertyLinkSegment link when current is not null => Through(current, link.NavigationProperty.Name) with { IsReference = true },
        // Navigation(key)/$ref: the key comes after the link in the parser's path.
        ReferenceSegment when current is not null => current with { IsReference = true },
        PropertySegment property when current is { IsSingle: true } => current with { Property = current.Set.Need(property.Property.Name) },
        CountSegment when current is { IsSingle: false } => current with { IsCount = true },
        ValueSegment when current is { Property: not null } => current with { IsRawValue = true },
        OperationSegment { Operations: var operations } when current is { IsSingle: true } && operations.First() is Microsoft.OData.Edm.IEdmAction action =>
            current with { Action = current.Set.Actions.Single(x => string.Equals(x.Name, action.Name, StringComparison.Ordinal)) },
        OperationSegment operation when current is { IsSingle: true } =>
            current with { Function = current.Set.Functions.Single(x => string.Equals(x.Name, operation.Operations.First().Name, StringComparison.Ordinal)) },
        BatchSegment => throw ODataRefusalException.NotBuilt("$batch is not built yet.", "$batch"),
        _ => throw ODataRefusalException.NotBuilt($"Paths with {segment.Identifier} are not built yet.", segment.Identifier),
    };

    private static Resource Through(Resource current, string name)
    {
        if (!current.IsSingle) throw ODataRefusalException.Bad($"{name} needs one entity before it.", name);
        var navigation = current.Set.FindNavigation(name) ?? throw ODataRefusalException.NotFound($"There is no {name}.");
        return new Resource(navigation.Target) { Parent = current, Via = navigation };
    }

    private static object KeyValue(EntitySet set, KeySegment segment)
    {
        var pair = segment.Keys.Single();
        return pair.Value switch
        {
            Microsoft.OData.Edm.Date date => new DateOnly(date.Year, date.Month, date.Day),
            string text when text.Contains('\0', StringComparison.Ordinal) || !UriGuard.IsWellFormed(text) =>
                throw ODataRefusalException.NotFound($"{set.Name} has no such entity."),
            null => throw ODataRefusalException.Bad("A key cannot be null.", set.Key.Name),
            var value => value,
        };
    }
}
