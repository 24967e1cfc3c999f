namespace HazardMap.OData;

/// <summary>A way from one entity set to another, by equal values of one column on each side.</summary>
public sealed class Navigation
{
    private readonly Lazy<EntitySet> _target;

    internal Navigation(string name, bool toMany, Property from, string targetSet, Func<EntitySet> resolve, Func<EntitySet, Property> to)
    {
        Name = name;
        ToMany = toMany;
        From = from;
        TargetName = targetSet;
        _target = new Lazy<EntitySet>(resolve);
        _toProperty = to;
    }

    private readonly Func<EntitySet, Property> _toProperty;

    /// <summary>Name in OData.</summary>
    public string Name { get; }

    /// <summary>Whether it leads to a collection.</summary>
    public bool ToMany { get; }

    /// <summary>Property on this side.</summary>
    public Property From { get; }

    /// <summary>Name of the entity set it leads to.</summary>
    public string TargetName { get; }

    /// <summary>The entity set it leads to.</summary>
    public EntitySet Target => _target.Value;

    /// <summary>Property on the other side.</summary>
    public Property To => _toProperty(Target);
}
