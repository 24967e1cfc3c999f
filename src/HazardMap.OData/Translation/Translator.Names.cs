namespace HazardMap.OData;

/// <summary>What names mean: properties, navigations, variables, computed values.</summary>
internal sealed partial class Translator
{
    private readonly Dictionary<string, Scope> _variables = new(StringComparer.Ordinal);
    private Scope? _here;

    /// <summary>The rows the resource path names: what <c>$it</c> means, also inside nested options.</summary>
    public Scope? It { get; set; }

    /// <summary>Translates with the names of a scope.</summary>
    private T Within<T>(Scope scope, Func<T> translate)
    {
        var outer = _here;
        _here = scope;
        try
        {
            return translate();
        }
        finally
        {
            _here = outer;
        }
    }

    private Operand Member(Expression.Member member)
    {
        if (Computed(member) is { } computed) return computed;
        if (member.Source is null && _variables.TryGetValue(member.Name, out var variable)) return Key(variable);
        var scope = ScopeOf(member.Source);
        if (scope.Set.Find(member.Name) is { } property) return Column(scope, property);
        var navigation = scope.Set.FindNavigation(member.Name)
            ?? throw ODataRefusalException.Bad($"There is no {member.Path}.", member.Path);
        if (navigation.ToMany) throw ODataRefusalException.Bad($"{member.Path} is a collection: use any, all or $count.", member.Path);
        return Key(Follow(scope, navigation));
    }

    /// <summary>
    /// The column of a property. The one way from a property to SQL: whether the caller may use it is decided here. A filter
    /// on what may not be read would tell it bit by bit.
    /// </summary>
    public Operand Column(Scope scope, Property property)
    {
        if (!caller.MayRead(scope.Set, property) || property is { Personal: true, Filterable: false })
            throw new ODataRefusalException(403, "Masked", $"{property.Name} is masked: nothing may be asked about it.", property.Name);
        if (!property.Filterable)
            throw ODataRefusalException.Bad($"{property.Name} cannot be used in expressions.", property.Name, "NotFilterable");
        return new Operand(scope.Column(property), property.Type, property.Nullable || scope.Outer) { EnumType = property.EnumType,
            Property = property, MayBeNaN = property.Type is ODataType.Single or ODataType.Double };
    }

    /// <summary>A value of $compute or $apply, whose name may be a path when it was grouped by one.</summary>
    private Operand? Computed(Expression.Member member)
    {
        var path = member.Path;
        if (member.Source is { } source)
        {
            var root = source;
            while (root is Expression.Member { Source: { } deeper }) root = deeper;
            if (root is Expression.Special) return RootOf((Expression.Special)root)?.Computed.GetValueOrDefault(path);
        }
        return _here?.Computed.GetValueOrDefault(path);
    }

    private Scope? RootOf(Expression.Special special) => special.Name == "$it" ? It ?? _here : special.Name == "$this" ? _here : null;

    /// <summary>An entity itself occurs only in comparisons, with null or another of its set: it is what its key is.</summary>
    private Operand Key(Scope scope) => new(scope.Column(scope.Set.Key), scope.Set.Key.Type, scope.Outer) { EntityOf = scope.Set };

    private Operand Entity(Expression expression) => Key(ScopeOf(expression));

    private Scope ScopeOf(Expression? source) => source switch
    {
        null => _here ?? throw ODataRefusalException.Bad("There is nothing to look in for a name here."),
        Expression.Special special =>
            RootOf(special) ?? throw ODataRefusalException.Bad("$root must be followed by an entity set and a key.", "$root"),
        Expression.Keyed keyed => Entity(keyed),
        Expression.TypeName type => SameType(ScopeOf(source: null), type),
        Expression.Member { Source: null } member when _variables.TryGetValue(member.Name, out var variable) => variable,
        Expression.Member member => Follow(member),
        Expression.Call { Name: "cast", Arguments: [var inner, Expression.TypeName type] } => SameType(ScopeOf(inner), type),
        _ => throw ODataRefusalException.Bad("Only entities have properties."),
    };

    private Scope Follow(Expression.Member member)
    {
        var scope = ScopeOf(member.Source);
        var navigation = scope.Set.FindNavigation(member.Name)
            ?? throw ODataRefusalException.Bad($"There is no navigation {member.Path}.", member.Path);
        if (navigation.ToMany) throw ODataRefusalException.Bad($"{member.Path} is a collection: use any, all or $count.", member.Path);
        return Follow(scope, navigation);
    }

    private Scope Follow(Scope scope, Navigation navigation)
    {
        Navigations.Add(navigation);
        return scope.Follow(navigation);
    }

    private Scope SameType(Scope scope, Expression.TypeName type) =>
        string.Equals(type.Name, $"{model.Namespace}.{scope.Set.TypeName}", StringComparison.Ordinal)
            ? scope : throw ODataRefusalException.Bad($"{scope.Set.Name} are never {type.Name}.", type.Name);

    /// <summary><c>$root/Set(key)</c>: one entity from anywhere, if the caller may see it.</summary>
    private Scope Entity(Expression.Keyed keyed)
    {
        if (keyed.Source is not Expression.Member { Source: Expression.Special { Name: "$root" } } member)
            throw ODataRefusalException.NotBuilt("Keys in expressions are built below $root.", "$root");
        var set = model.EntitySets.GetValueOrDefault(member.Name)
            ?? throw ODataRefusalException.Bad($"There is no {member.Name}.", member.Name);
        var key = Value(keyed.Key);
        if (!key.IsLiteral || key.IsNull) throw ODataRefusalException.Bad("A key below $root is a value.", "$root");
        UsesClock = true;
        return (_here ?? throw ODataRefusalException.Bad("$root cannot be used here.", "$root"))
            .Beside(set, to => $"{to.Column(set.Key)} = {Render(key, set.Key.Type)}");
    }
}
