using System.Text;

namespace HazardMap.OData;

/// <summary>One entity set in a FROM clause, with the single-valued navigations that expressions reach from it.</summary>
internal sealed class Scope(EntitySet set, string alias, Func<EntitySet, string, string> restriction, Func<string> nextAlias)
{
    private readonly List<(Scope Parent, Navigation Navigation, Scope Child)> joins = [];

    public EntitySet Set { get; } = set;

    public string Alias { get; } = alias;

    /// <summary>Whether this scope was reached by an outer join, so that any of its columns may be null.</summary>
    public bool Outer { get; private init; }

    /// <summary>The scope behind a single-valued navigation; joined once however often it is used.</summary>
    public Scope Follow(Navigation navigation) => Follow(this, navigation);

    private Scope Root { get; init; } = null!;

    private Scope Follow(Scope parent, Navigation navigation)
    {
        var owner = Root ?? this;
        foreach (var join in owner.joins)
        {
            if (join.Parent == parent && join.Navigation == navigation) return join.Child;
        }
        var child = new Scope(navigation.Target, nextAlias(), restriction, nextAlias) { Outer = true, Root = owner };
        owner.joins.Add((parent, navigation, child));
        return child;
    }

    public bool HasJoins => joins.Count > 0;

    public string Column(Property property) => $"{Alias}.{property.QuotedColumn}";

    /// <summary>Source and joins. A joined row outside the caller's restriction is as if it were not there.</summary>
    public string From()
    {
        var text = new StringBuilder($"{Set.QuotedSource} {Alias}");
        foreach (var (parent, navigation, child) in joins)
        {
            text.Append($" left join {child.Set.QuotedSource} {child.Alias} on {child.Column(navigation.To)} = {parent.Column(navigation.From)}");
            if (restriction(child.Set, child.Alias) is { Length: > 0 } condition) text.Append(" and ").Append(condition);
        }
        return text.ToString();
    }
}
