namespace HazardMap.OData;

internal sealed partial class Translator
{
    /// <summary>$search: every term somewhere in the searchable properties, whatever the case.</summary>
    public string Search(SearchExpression node, Scope scope) => Search(node, scope, exact: false);

    private string Search(SearchExpression node, Scope scope, bool exact)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_nodeCount > options.MaxNodes) throw TooManyNodes();
        return node switch
        {
            SearchExpression.Term term => Term(term.Text, scope, exact),
            SearchExpression.And and => $"({Search(and.Left, scope, exact)} and {Search(and.Right, scope, exact)})",
            SearchExpression.Or or => $"({Search(or.Left, scope, exact)} or {Search(or.Right, scope, exact)})",
            SearchExpression.Not not => $"(not {Search(not.Operand, scope, exact: true)})",
            _ => throw ODataRefusalException.NotBuilt("This form of $search is not built.", "$search"),
        };
    }

    /// <summary>Where only true counts the bare operator, which a trigram index answers; below a NOT a null must be false.</summary>
    private string Term(string text, Scope scope, bool exact)
    {
        var columns = scope.Set.Properties.Where(x => x is { Searchable: true, Filterable: true } && caller.MayRead(scope.Set, x)).ToList();
        if (columns.Count == 0) throw ODataRefusalException.NotBuilt($"{scope.Set.Name} has nothing to search in.", "$search");
        var pattern = parameters.Add("%" + LikePattern(text) + "%", NpgsqlTypes.NpgsqlDbType.Text);
        var tests = columns.Select(x => $"{scope.Column(x)} ilike {pattern}");
        return $"({string.Join(" or ", tests.Select(x => exact ? $"coalesce({x}, false)" : x))})";
    }
}
