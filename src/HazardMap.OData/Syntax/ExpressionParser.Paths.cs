namespace HazardMap.OData;

/// <summary>What follows a slash: names, keys, counts, lambdas.</summary>
internal sealed partial class ExpressionParser
{
    private Expression Path(Expression first)
    {
        var path = first;
        while (cursor.Next == '/')
        {
            cursor.Place++;
            path = Counted(Segment(path));
        }
        return path;
    }

    private Expression Segment(Expression source)
    {
        if (cursor.Next == '$') return DollarSegment(source);
        var name = cursor.TryName(qualified: true) ?? throw cursor.Unexpected("a name");
        if (cursor.Next != '(')
            return name.Contains('.', StringComparison.Ordinal)
                ? new Expression.Call("cast", [source, new Expression.TypeName(name)]) : new Expression.Member(source, name);
        return name.ToLowerInvariant() switch
        {
            "any" => Lambda(source, isAll: false),
            "all" => Lambda(source, isAll: true),
            _ => Keyed(new Expression.Member(source, name)),
        };
    }

    private Expression DollarSegment(Expression source)
    {
        if (cursor.TryWord("$count")) return CountOf(source);
        if (!cursor.TryWord("$filter")) throw cursor.Unexpected("a name, $count or $filter");
        cursor.Need('(');
        var condition = Read();
        cursor.Need(')');
        if (cursor.Next != '/' || !CountFollows())
            throw ODataRefusalException.NotBuilt("A filtered collection in an expression can be counted, nothing else.", "$filter");
        return new Expression.Count(source, condition, Search: null);
    }

    private bool CountFollows()
    {
        cursor.Place++;
        return cursor.TryWord("$count");
    }

    private Expression.Count CountOf(Expression? source)
    {
        if (cursor.Next != '(') return new Expression.Count(source, Filter: null, Search: null);
        cursor.Need('(');
        var nested = QueryOptions.Nested(cursor, aliases, options);
        if (nested.Texts.Keys.FirstOrDefault(x => x is not ("filter" or "search")) is { } other)
            throw ODataRefusalException.Bad($"A count takes $filter and $search, not ${other}.", cursor.Option);
        return new Expression.Count(source, nested.Filter, nested.Search);
    }

    private Expression.Lambda Lambda(Expression source, bool isAll)
    {
        cursor.Need('(');
        if (cursor.Try(')'))
            return isAll ? throw ODataRefusalException.Bad("all needs a condition.", cursor.Option) : new Expression.Lambda(source, isAll,
                Variable: null, Body: null);
        var variable = cursor.Name();
        cursor.Need(':');
        var body = Read();
        cursor.Need(')');
        return new Expression.Lambda(source, isAll, variable, body);
    }

    private Expression.Keyed Keyed(Expression.Member source)
    {
        cursor.Need('(');
        var key = Read();
        // Entity(Key=value): the name of the key may be said.
        if (key is Expression.Member && cursor.Try('=')) key = Read();
        cursor.Need(')');
        return new Expression.Keyed(source, key);
    }
}
