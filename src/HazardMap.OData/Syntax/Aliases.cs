namespace HazardMap.OData;

/// <summary>Parameter aliases: <c>@name</c> stands for an expression given elsewhere in the URL; for null when it is not given.</summary>
internal sealed class Aliases(IReadOnlyDictionary<string, string> texts, ODataOptions options, Aliases? outer = null)
{
    private const int MaxDepth = 8;
    private int depth;

    public Expression Resolve(string name)
    {
        if (!texts.TryGetValue("@" + name, out var text))
            return outer?.Resolve(name) ?? new Expression.Literal(Value: null, ODataType.String);
        if (++depth > MaxDepth) throw ODataRefusalException.Bad($"@{name} leads to itself.", "@" + name);
        var expression = ExpressionParser.Whole(text, "@" + name, this, options);
        depth--;
        return expression;
    }
}
