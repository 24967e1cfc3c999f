using HazardMap.OData;

namespace HazardMap.Service.Accounts;

/// <summary>
/// Who may do what with an entity set; each set says it where it is described. Within the areas of the roles that are named: what lies
/// elsewhere is not there. A set that says nothing is nobody's, and a test names it.
/// </summary>
internal sealed class Policy
{
    private readonly Dictionary<string, Roles> _properties = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Roles> _actions = new(StringComparer.Ordinal);

    /// <param name="read">Who reads.</param>
    /// <param name="area">The property with the code of the row's division; null: rows lie nowhere, and are there for whoever has the
    /// role everywhere.</param>
    public Policy(Roles read, string? area = "DivisionCode") => (Read, Area) = (read, area);

    public Roles Read { get; }

    public string? Area { get; }

    /// <summary>Who creates, changes, deletes.</summary>
    public Roles Insert { get; init; }

    public Roles Update { get; init; }

    public Roles Delete { get; init; }

    /// <summary>Whether it shows nothing of any area, such as the rules of risk: there for everybody who reads.</summary>
    public bool IsPublished { get; init; }

    /// <summary>The property with an account's name whose own the row is: it reads the row wherever it lies; null: none.</summary>
    public string? Own { get; init; }

    /// <summary>Properties that besides are set, in existing rows, by roles that may not change the rest.</summary>
    public Policy Setting(Roles by, params ReadOnlySpan<string> properties)
    {
        foreach (var property in properties) _properties[property] = by;
        return this;
    }

    /// <summary>Who calls actions; one that is not named here is called by those who change the set.</summary>
    public Policy Calling(Roles by, params ReadOnlySpan<string> actions)
    {
        foreach (var action in actions) _actions[action] = by;
        return this;
    }

    /// <summary>Who does something of this kind with some property at least.</summary>
    public Roles Of(ODataChangeKind kind) => kind switch
    {
        ODataChangeKind.Insert => Insert,
        ODataChangeKind.Delete => Delete,
        _ => _properties.Values.Aggregate(Update, (all, some) => all | some),
    };

    /// <summary>Who sets the property with such a change.</summary>
    public Roles Of(Property property, ODataChangeKind kind) =>
        kind == ODataChangeKind.Update ? Update | _properties.GetValueOrDefault(property.Name) : Of(kind);

    /// <summary>Who calls the action.</summary>
    public Roles Of(BoundAction action) => _actions.TryGetValue(action.Name, out var by) ? by : Update;

    /// <summary>Properties and actions that something is said of, with whom they are for.</summary>
    public IEnumerable<KeyValuePair<string, Roles>> Besides => _properties.Concat(_actions);
}

internal static class PolicyOfSets
{
    /// <summary>Says who may do what.</summary>
    public static EntitySetBuilder Policy(this EntitySetBuilder set, Policy policy) => set.With(policy);

    /// <summary>Who may do what; null: nobody anything.</summary>
    public static Policy? Policy(this EntitySet set) => set.Note<Policy>();
}
