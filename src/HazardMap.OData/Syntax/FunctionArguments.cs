namespace HazardMap.OData;

/// <summary>
/// Reads what stands between a function's parentheses: <c>name=value,name=value</c>, in any order, aliases included; or
/// behind the question mark under the argument's own name.
/// </summary>
internal static class FunctionArguments
{
    public static IReadOnlyDictionary<string, object?> Read(BoundFunction function, string? inside, Aliases aliases, ODataOptions options)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var text in Split(inside ?? ""))
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) throw ODataRefusalException.Bad($"{function.Name} takes its arguments as name=value.", function.Name);
            var parameter = Parameter(function, text[..equals].Trim());
            if (!arguments.TryAdd(parameter.Name, Value(parameter, text[(equals + 1)..], aliases, options)))
                throw ODataRefusalException.Bad($"{parameter.Name} is given twice.", parameter.Name);
        }
        foreach (var parameter in function.Parameters)
            if (aliases.Implicit(parameter.Name) is { } text && !arguments.TryAdd(parameter.Name, Value(parameter, text, aliases, options)))
                throw ODataRefusalException.Bad($"{parameter.Name} is given twice.", parameter.Name);
        return arguments;
    }

    private static FunctionParameter Parameter(BoundFunction function, string name) =>
        function.Parameters.FirstOrDefault(x => string.Equals(x.Name, name, StringComparison.Ordinal))
        ?? throw (function.Parameters.Count == 0
            ? ODataRefusalException.Bad($"{function.Name} has no parameter {name}; it has none.", name)
            : ODataRefusalException.Bad($"{function.Name} has no parameter {name}; it has "
                + $"{string.Join(", ", function.Parameters.Select(x => x.Name))}.", name));

    // A point in time without its zone is a subtraction to the grammar: what is said is what the argument wants.
    private static object? Value(FunctionParameter parameter, string text, Aliases aliases, ODataOptions options)
    {
        try
        {
            return Value(parameter, ExpressionParser.Whole(text, parameter.Name, aliases, options));
        }
        catch (ODataRefusalException refusal) when (refusal.Status == 400 && parameter.Type == ODataType.DateTimeOffset
            && !text.StartsWith('@'))
        {
            throw ODataRefusalException.Bad($"{parameter.Name} must be a point in time with its zone, such as 2026-08-15T15:00:00+08:00 "
                + $"or 2026-08-15T07:00:00Z, not {Quoted(text)}.", parameter.Name);
        }
    }

    private static object? Value(FunctionParameter parameter, Expression expression)
    {
        if (expression is not Expression.Literal literal)
            throw ODataRefusalException.Bad($"{parameter.Name} is a value, not an expression.", parameter.Name);
        if (literal.Value is null) return null;
        if (parameter.EnumType is { } type)
            return literal.Value is string member ? Literals.Member(member, type).Value : throw ODataRefusalException.Bad(
                $"{parameter.Name} is a member of {type.Name}.", parameter.Name);
        if (parameter.Type == ODataType.Boolean && literal.Type != ODataType.Boolean)
            throw ODataRefusalException.Bad($"{parameter.Name} is true or false.", parameter.Name);
        try
        {
            return Literals.Convert(Literals.Value(literal), literal.Type, parameter.Type);
        }
        catch (ODataRefusalException refusal) when (refusal.Target is null)
        {
            throw ODataRefusalException.Bad($"{parameter.Name}: {refusal.Text}", parameter.Name);
        }
    }

    private static string Quoted(string text) => text.Length <= 60 ? text : text[..60] + "…";

    // A comma within a text or within parentheses belongs to the value.
    private static IEnumerable<string> Split(string inside)
    {
        var (start, depth, quoted) = (0, 0, false);
        for (var i = 0; i < inside.Length; i++)
        {
            if (inside[i] == '\'') quoted = !quoted;
            if (quoted) continue;
            depth += inside[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (inside[i] != ',' || depth > 0) continue;
            yield return inside[start..i];
            start = i + 1;
        }
        if (start > 0 || inside.AsSpan().Trim().Length > 0) yield return inside[start..];
    }
}
