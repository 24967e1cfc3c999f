namespace HazardMap.OData;

/// <summary>Who asks: what the request is confined to and what the database is told about it.</summary>
public sealed record ODataCaller
{
    /// <summary>No restriction and no settings.</summary>
    public static ODataCaller Unrestricted { get; } = new();

    /// <summary>Who it is: repeatable requests of one are none of another's business.</summary>
    public string Name { get; init; } = "";

    /// <summary>The rows of each entity set that exist for this caller; applied on every path to the set.</summary>
    public Func<EntitySet, Restriction> Restrict { get; init; } = _ => Restriction.Everything;

    /// <summary>Whether the caller may read a property. One that may not is absent, and refused in filters and orderings.</summary>
    public Func<EntitySet, Property, bool> MayRead { get; init; } = (_, _) => true;

    /// <summary>
    /// The rows that the caller may change in one way, as they are before and after the change. Another row that is there for him answers
    /// 403; <see cref="Restriction.Nothing"/>: no change of this kind at all.
    /// </summary>
    public Func<EntitySet, ODataChangeKind, Restriction> RestrictChange { get; init; } = (_, _) => Restriction.Everything;

    /// <summary>Whether a change of that kind may set the property; false answers 403 and names it.</summary>
    public Func<EntitySet, Property, ODataChangeKind, bool> MaySet { get; init; } = (_, _, _) => true;

    /// <summary>The rows on which the caller may call an action; another row that is there for him answers 403.</summary>
    public Func<EntitySet, BoundAction, Restriction> RestrictCall { get; init; } = (_, _) => Restriction.Everything;

    /// <summary>Settings of the database session for this request, such as the actor's name; set for the transaction only.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The same caller, for whom only these rows of the set exist.</summary>
    internal ODataCaller ConfinedTo(EntitySet set, Restriction rows) =>
        this with { Restrict = other => other == set ? rows : Restrict(other) };
}
