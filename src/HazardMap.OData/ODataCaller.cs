namespace HazardMap.OData;

/// <summary>Who asks: what the request is confined to and what the database is told about it.</summary>
public sealed class ODataCaller
{
    /// <summary>No restriction and no settings.</summary>
    public static ODataCaller Unrestricted { get; } = new();

    /// <summary>Who it is: repeatable requests of one are none of another's business.</summary>
    public string Name { get; init; } = "";

    /// <summary>The rows of each entity set that exist for this caller; applied on every path to the set.</summary>
    public Func<EntitySet, Restriction> Restrict { get; init; } = _ => Restriction.Everything;

    /// <summary>Whether the caller may read a property. One that may not is absent, and refused in filters and orderings.</summary>
    public Func<EntitySet, Property, bool> MayRead { get; init; } = (_, _) => true;

    /// <summary>Whether the caller may write the set at all; false answers 403.</summary>
    public Func<EntitySet, bool> MayWrite { get; init; } = _ => true;

    /// <summary>Settings of the database session for this request, such as the actor's name; set for the transaction only.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
