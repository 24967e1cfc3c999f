namespace HazardMap.OData;

/// <summary>Describes what is served: enumerations and entity sets.</summary>
public sealed class ODataModelBuilder
{
    private readonly string _namespaceName;

    internal ODataModelBuilder(string namespaceName)
    {
        _namespaceName = namespaceName;
        Answers = new AnswerTypes(namespaceName, this);
    }

    internal List<EnumType> Enums { get; } = [];

    internal AnswerTypes Answers { get; }

    internal Dictionary<string, EntitySet> Sets { get; } = new(StringComparer.Ordinal);

    /// <summary>Declares an enumeration, stored as text; members get the values 0, 1, 2 ...</summary>
    /// <param name="name">Name in OData.</param>
    /// <param name="members">Members in order.</param>
    public EnumType Enum(string name, params string[] members)
    {
        if (FindEnum(name) is not null) throw new InvalidOperationException($"The enumeration {name} is declared twice.");
        var type = new EnumType(_namespaceName, name, members);
        Enums.Add(type);
        return type;
    }

    /// <summary>Adds to an entity set that is declared already: properties, functions, hooks.</summary>
    /// <param name="name">Name of the set.</param>
    /// <param name="describe">What is added.</param>
    public ODataModelBuilder Extend(string name, Action<EntitySetBuilder> describe)
    {
        var set = Sets.GetValueOrDefault(name) ?? throw new InvalidOperationException($"There is no entity set {name} to add to.");
        describe(new EntitySetBuilder(set, this));
        return this;
    }

    /// <summary>The enumeration of a CLR enum: the one that is declared under its name, else declared now.</summary>
    /// <param name="type">The CLR enum.</param>
    /// <param name="name">Its name in OData, when it is not the type's.</param>
    /// <exception cref="InvalidOperationException">The one that is declared has other members.</exception>
    public EnumType Enum(Type type, string? name = null)
    {
        name ??= type.Name;
        var members = System.Enum.GetNames(type);
        var declared = FindEnum(name) ?? Enum(name, members);
        if (!declared.Members.SequenceEqual(members, StringComparer.Ordinal))
            throw new InvalidOperationException(
                $"The enumeration {name} is declared as {string.Join(", ", declared.Members)}; {type} has {string.Join(", ", members)}.");
        declared.ClrType = type;
        return declared;
    }

    /// <summary>Declares an entity set over a table or view.</summary>
    /// <param name="name">Name of the set, such as <c>Hazards</c>.</param>
    /// <param name="source">Table or view, such as <c>odata.hazards</c>.</param>
    /// <param name="describe">Its key, properties, navigations.</param>
    public ODataModelBuilder EntitySet(string name, string source, Action<EntitySetBuilder> describe)
    {
        var typeName = name.EndsWith("ies", StringComparison.Ordinal) ? name[..^3] + "y" : name.TrimEnd('s');
        var set = new EntitySet(name, typeName, source);
        describe(new EntitySetBuilder(set, this));
        if (set.Key is null) throw new InvalidOperationException($"Entity set {name} needs a key.");
        Sets.Add(name, set);
        return this;
    }

    private EnumType? FindEnum(string name) => Enums.Find(x => string.Equals(x.Name, name, StringComparison.Ordinal));
}
