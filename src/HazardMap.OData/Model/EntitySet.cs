using Microsoft.OData.Edm;

namespace HazardMap.OData;

/// <summary>An entity set: a table or view that is read, perhaps a table that is written, its properties and navigations.</summary>
public sealed class EntitySet
{
    private readonly Dictionary<string, Property> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Navigation> _navigations = new(StringComparer.Ordinal);

    internal EntitySet(string name, string typeName, string source)
    {
        Name = name;
        TypeName = typeName;
        Source = source;
        QuotedSource = Identifier.QuotePath(source);
    }

    /// <summary>Name in OData.</summary>
    public string Name { get; }

    /// <summary>Name of the entity type, without the namespace.</summary>
    public string TypeName { get; internal set; }

    /// <summary>Table or view that is read.</summary>
    public string Source { get; }

    /// <summary>Table that is written; null: the set is read-only.</summary>
    public string? Table { get; internal set; }

    /// <summary>The stream each entity has; null: they have none.</summary>
    public Media? Media { get; internal set; }

    /// <summary>Whether POST creates entities.</summary>
    public bool Insertable { get; internal set; }

    /// <summary>Whether a POST begins work that goes on after the answer: 202 instead of 201.</summary>
    public bool BeginsWork { get; internal set; }

    /// <summary>Whether DELETE removes entities.</summary>
    public bool Deletable { get; internal set; }

    /// <summary>Description for <c>$metadata</c>.</summary>
    public string? Description { get; internal set; }

    /// <summary>Description in Chinese for <c>$metadata</c>.</summary>
    public string? DescriptionZh { get; internal set; }

    /// <summary>Whether PATCH changes anything.</summary>
    public bool IsUpdatable => Table is not null && _properties.Exists(x => x.Writable);

    /// <summary>What POST cannot do without.</summary>
    public IEnumerable<Property> RequiredOnInsert => _properties.Where(x =>
        x is { Nullable: false, IsInsertable: true, Default: null, IsDerived: false } && !(x == Key && Key.Type == ODataType.Guid));

    /// <summary>Structural properties in the order of their declaration.</summary>
    public IReadOnlyList<Property> Properties => _properties;

    private readonly List<Property> _properties = [];

    /// <summary>The key; its order is the order of last resort of every page.</summary>
    public Property Key { get; internal set; } = null!;

    /// <summary>The property whose value is the ETag, if any.</summary>
    public Property? Version { get; internal set; }

    /// <summary>Where its changes are recorded; null: they cannot be followed.</summary>
    public ChangeSource? Changes { get; internal set; }

    /// <summary>Function of a moment that gives the rows as they were then; null: they are not known.</summary>
    public string? History { get; internal set; }

    /// <summary>Navigations in the order of their declaration.</summary>
    public IReadOnlyCollection<Navigation> Navigations => _navigations.Values;

    /// <summary>Functions bound to one entity.</summary>
    public IReadOnlyList<BoundFunction> Functions => _functions;

    private readonly List<BoundFunction> _functions = [];

    /// <summary>Actions bound to one entity.</summary>
    public IReadOnlyList<BoundAction> Actions => _actions;

    private readonly List<BoundAction> _actions = [];

    internal ChangeHooks Hooks { get; } = new();

    /// <summary>What the host has noted of the set for itself, by type, such as who may read it; the library does not look at it.</summary>
    /// <typeparam name="T">The note's type.</typeparam>
    public T? Note<T>() where T : class => _notes.GetValueOrDefault(typeof(T)) as T;

    internal void Keep<T>(T note) where T : class => _notes[typeof(T)] = note;

    private readonly Dictionary<Type, object> _notes = [];

    internal string QuotedSource { get; }

    internal EdmEntityType EdmType { get; set; } = null!;

    /// <summary>The property of that name, or null.</summary>
    /// <param name="name">Name in OData.</param>
    public Property? Find(string name) => _byName.GetValueOrDefault(name);

    internal Navigation? FindNavigation(string name) => _navigations.GetValueOrDefault(name);

    internal Property Need(string name) => Find(name)
        ?? throw new InvalidOperationException($"Entity set {Name} has no property {name}.");

    internal void Add(Property property)
    {
        _byName.Add(property.Name, property);
        _properties.Add(property);
    }

    internal void Add(Navigation navigation) => _navigations.Add(navigation.Name, navigation);

    internal void Add(BoundFunction function) => _functions.Add(function);

    internal void Add(BoundAction action) => _actions.Add(action);
}
