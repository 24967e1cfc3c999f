namespace HazardMap.OData;

internal sealed partial class Translator
{
    private Operand Lambda(Expression.Lambda node)
    {
        if (++_lambdaDepth > options.MaxLambdaDepth)
            throw ODataRefusalException.Over(nameof(ODataOptions.MaxLambdaDepth), options.MaxLambdaDepth,
                "any and all are nested too deep.", "$filter", "TooDeep");
        var (scope, link) = Collection(node.Source);
        var condition = node.Body is null ? "" : WithVariable(node.Variable!, scope, () => node.IsAll
            ? $" and not coalesce({Behind(scope, Predicate(node.Body, exact: true))}, false)"
            : $" and {Behind(scope, Predicate(node.Body, exact: false))}");
        _lambdaDepth--;
        var exists = $"exists (select 1 from {scope.From()} where {link}{condition})";
        return Truth(node.IsAll ? $"(not {exists})" : exists);
    }

    /// <summary>The variable hides one of the same name outside.</summary>
    private string WithVariable(string name, Scope scope, Func<string> translate)
    {
        var hidden = _variables.GetValueOrDefault(name);
        _variables[name] = scope;
        var sql = translate();
        if (hidden is null) _variables.Remove(name);
        else _variables[name] = hidden;
        return sql;
    }

    private Operand Count(Expression.Count node)
    {
        if (node.Source is null) throw ODataRefusalException.Bad("$count needs a collection before it.", "$count");
        var (scope, link) = Collection(node.Source);
        var where = new List<string> { link };
        // Inside the parentheses names are those of the counted entities.
        if (node.Filter is { } filter) where.Add(Where(filter, scope));
        if (node.Search is { } search) where.Add(Search(search, scope));
        return new Operand($"(select count(*) from {scope.From()}{PageQuery.WhereSql(where)})", ODataType.Int64, Nullable: false);
    }

    /// <summary>The related entities behind a path, and the condition that ties them to where the path begins.</summary>
    public (Scope Scope, string Link) Collection(Expression source, Scope scope) => Within(scope, () => Collection(source));

    private (Scope Scope, string Link) Collection(Expression source)
    {
        if (source is Expression.Member { Source: Expression.Special { Name: "$root" } } root)
        {
            var set = model.EntitySets.GetValueOrDefault(root.Name)
                ?? throw ODataRefusalException.Bad($"There is no {root.Name}.", root.Name);
            UsesClock = true;
            var all = NewScope(set);
            return (all, RestrictionSql(set, all.Alias) is { Length: > 0 } restriction ? restriction : "true");
        }
        if (source is not Expression.Member member) throw ODataRefusalException.NotBuilt("Collections are built for navigations only.");
        var parent = ScopeOf(member.Source);
        var found = parent.Set.FindNavigation(member.Name)
            ?? throw ODataRefusalException.Bad($"There is no collection {member.Path}.", member.Path);
        if (!found.ToMany) throw ODataRefusalException.Bad($"{member.Path} is not a collection.", member.Path);
        var scope = NewScope(found.Target);
        return (scope, Link(found, parent.Alias, scope.Alias));
    }

    /// <summary>The condition that ties a navigation's target to its origin, within the caller's restriction.</summary>
    public string Link(Navigation navigation, string from, string to)
    {
        Navigations.Add(navigation);
        var link = $"{to}.{navigation.To.QuotedColumn} = {from}.{navigation.From.QuotedColumn}";
        return RestrictionSql(navigation.Target, to) is { Length: > 0 } condition ? $"{link} and {condition}" : link;
    }
}
