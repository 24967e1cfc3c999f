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

    /// <summary>Conditions of <c>/$filter(...)</c> segments, in their order.</summary>
    public IReadOnlyList<Expression> Filters { get; init; } = [];

    public bool IsRawValue { get; init; }

    /// <summary>The path ends in <c>$value</c> of an entity: its stream is meant.</summary>
    public bool IsMedia => IsRawValue && Property is null;

    /// <summary>The path ends in <c>$ref</c>: the references are meant, not the entities.</summary>
    public bool IsReference { get; init; }

    /// <summary>The path ends in <c>$query</c>, where the query options of a read are in the body.</summary>
    public bool IsQuery { get; init; }

    public BoundFunction? Function { get; init; }

    /// <summary>Arguments of the function, by name.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    public BoundAction? Action { get; init; }

    public bool IsSingle => Key is not null || Via is { ToMany: false };

    /// <summary>What the path of a request names.</summary>
    public static Resource Of(ODataRequest request) => PathParser.Read(request.Path, request.Model, request.Aliases, request.Options);
}
