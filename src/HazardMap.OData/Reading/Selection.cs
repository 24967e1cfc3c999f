namespace HazardMap.OData;

/// <summary>Which properties, computed values and navigations of an entity an answer carries.</summary>
internal sealed record Selection(IReadOnlyList<Property> Properties, IReadOnlyList<Expansion> Expansions, string? ContextList)
{
    /// <summary>Values of $compute to carry, by name.</summary>
    public IReadOnlyList<string> Computed { get; init; } = [];

    /// <summary>All values of $compute, carried or only used.</summary>
    public IReadOnlyList<Computation> Computations { get; init; } = [];

    /// <summary>The part of a context URL that says what was selected.</summary>
    public string ContextText
    {
        get
        {
            var expansions = Expansions.Where(x => x.Item.Kind != ExpandKind.Count).Select(x => x.Navigation.Name + x.ContextText);
            var parts = (ContextList is { } list ? [list] : Array.Empty<string>()).Concat(expansions).ToList();
            return parts.Count == 0 ? "" : $"({string.Join(',', parts)})";
        }
    }

    /// <summary>What an entity of a set carries under these options; null: all it has.</summary>
    public static Selection Of(EntitySet set, QueryOptions? clause, ODataCaller caller) =>
        clause is null ? new Selection([.. set.Properties.Where(x => caller.MayRead(set, x))], [], ContextList: null)
            : throw new InvalidOperationException("Options are read with a request.");

    /// <summary>What the request asks for of an entity of a set.</summary>
    public static Selection Of(ODataRequest request, EntitySet set) =>
        new SelectionReader(request.Caller, request.Options).Read(set, request.Wanted, depth: 0);

    /// <summary>Nothing but the entity's address.</summary>
    public static Selection Reference { get; } = new([], [], ContextList: null);
}

/// <summary>A navigation whose entities are carried along.</summary>
internal sealed record Expansion(Navigation Navigation, ExpandItem Item, Selection Selection)
{
    /// <summary>The member of the JSON object.</summary>
    public string MemberName => Item.Kind == ExpandKind.Count ? Navigation.Name + "@odata.count" : Navigation.Name;

    public string ContextText => Item.Kind == ExpandKind.References ? "/$ref" : Selection.ContextText is { Length: > 0 } text ? text : "()";
}
