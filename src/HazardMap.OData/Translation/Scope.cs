using System.Text;

namespace HazardMap.OData;

/// <summary>One source of rows in a FROM clause, with the single-valued navigations that expressions reach from it.</summary>
internal sealed class Scope(EntitySet set, string source, string alias, Translator translator)
{
    private readonly List<(object Parent, object Way, Scope Child, string On)> _joins = [];

    public EntitySet Set { get; } = set;

    public string Alias { get; } = alias;

    /// <summary>Whether this scope was reached by an outer join, so that any of its columns may be null.</summary>
    public bool Outer { get; private init; }

    /// <summary>Values with names of their own, from $compute and $apply; grouped paths are named by the whole path.</summary>
    public Dictionary<string, Operand> Computed { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of joined sources.</summary>
    public int Joins => Owner._joins.Count;

    private Scope? Root { get; init; }

    private Scope Owner => Root ?? this;

    /// <summary>The scope behind a single-valued navigation; joined once however often it is used.</summary>
    public Scope Follow(Navigation navigation) =>
        Join(this, navigation, navigation.Target, child => $"{child.Column(navigation.To)} = {Column(navigation.From)}");

    /// <summary>One row of another set, found by a condition of its own.</summary>
    public Scope Beside(EntitySet other, Func<Scope, string> on) => Join(new object(), other, other, on);

    private Scope Join(object parent, object way, EntitySet target, Func<Scope, string> on)
    {
        foreach (var join in Owner._joins)
        {
            if (join.Parent == parent && join.Way == way) return join.Child;
        }
        var child = new Scope(target, translator.RowsOf(target), translator.NextAlias(), translator) { Outer = true, Root = Owner };
        Owner._joins.Add((parent, way, child, on(child)));
        return child;
    }

    /// <summary>The joined sources.</summary>
    public IEnumerable<Scope> Joined => Owner._joins.Select(x => x.Child);

    /// <summary>Whether the rows come straight from the set's table or view.</summary>
    public bool IsTable { get; init; }

    public bool HasJoins => Joins > 0;

    public string Column(Property property) => $"{Alias}.{property.QuotedColumn}";

    /// <summary>Source and joins. A joined row outside the caller's restriction is as if it were not there.</summary>
    public string From()
    {
        var text = new StringBuilder($"{source} {Alias}");
        foreach (var (_, _, child, on) in _joins)
        {
            text.Append($" left join {translator.RowsOf(child.Set)} {child.Alias} on {on}");
            if (translator.RestrictionSql(child.Set, child.Alias) is { Length: > 0 } condition) text.Append(" and ").Append(condition);
        }
        return text.ToString();
    }
}
