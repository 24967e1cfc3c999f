using Microsoft.OData.UriParser;

namespace HazardMap.OData;

internal sealed partial class Translator
{
    private Operand Any(AnyNode node) => Truth(Exists(node, node.Body is null or ConstantNode { Value: true } ? null : node.Body, negate: false));

    private Operand All(AllNode node) => Truth($"(not {Exists(node, node.Body, negate: true)})");

    private string Exists(LambdaNode node, SingleValueNode? body, bool negate)
    {
        if (++lambdaDepth > options.MaxLambdaDepth)
            throw ODataRefusalException.Bad($"any and all may be nested {options.MaxLambdaDepth} deep.", "$filter", "TooDeep");
        var (scope, link) = Target(node.Source);
        if (node.CurrentRangeVariable is not null) Bind(node.CurrentRangeVariable, scope);
        var condition = body is null ? "" : negate
            ? $" and not coalesce({Predicate(body, exact: true)}, false)"
            : $" and {Predicate(body, exact: false)}";
        lambdaDepth--;
        return $"exists (select 1 from {scope.From()} where {link}{condition})";
    }

    private Operand Count(CountNode node)
    {
        var (scope, link) = Target(node.Source);
        return new Operand($"(select count(*) from {scope.From()} where {link})", ODataType.Int64, Nullable: false);
    }

    private (Scope Scope, string Link) Target(CollectionNode source)
    {
        if (source is not CollectionNavigationNode navigation)
            throw ODataRefusalException.NotBuilt("Collections are built for navigations only.");
        var parent = ScopeOf(navigation.Source);
        var found = parent.Set.FindNavigation(navigation.NavigationProperty.Name)
            ?? throw ODataRefusalException.Bad($"{parent.Set.Name} has no navigation {navigation.NavigationProperty.Name}.");
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
