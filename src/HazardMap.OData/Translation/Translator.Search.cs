namespace HazardMap.OData;

internal sealed partial class Translator
{
    /// <summary>$search: every term somewhere in the searchable properties, whatever the case.</summary>
    public string Search(SearchExpression node, Scope scope)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++nodeCount > options.MaxNodes) throw TooManyNodes();
        return node switch
        {
            SearchExpression.Term term => Term(term.Text, scope),
            SearchExpression.And and => $"({Search(and.Left, scope)} and {Search(and.Right, scope)})",
            SearchExpression.Or or => $"({Search(or.Left, scope)} or {Search(or.Right, scope)})",
            SearchExpression.Not not => $"(not {Search(not.Operand, scope)})",
            _ => throw ODataRefusalException.NotBuilt("This form of $search is not built.", "$search"),
        };
    }

    private string Term(string text, Scope scope)
    {
        var columns = scope.Set.Properties.Where(x => x is { Searchable: true, Filterable: true } && caller.MayRead(scope.Set, x)).ToList();
        if (columns.Count == 0) throw ODataRefusalException.NotBuilt($"{scope.Set.Name} has nothing to search in.", "$search");
        var pattern = parameters.Add("%" + LikePattern(text) + "%", NpgsqlTypes.NpgsqlDbType.Text);
        return $"({string.Join(" or ", columns.Select(x => $"coalesce({scope.Column(x)} ilike {pattern}, false)"))})";
    }
}
