namespace HazardMap.OData;

/// <summary>
/// Parameter aliases: <c>@name</c> stands for an expression given elsewhere in the URL; for null when it is not given. Each
/// is read once, however often it is used.
/// </summary>
internal sealed class Aliases(IReadOnlyDictionary<string, string> texts, ODataOptions options, Aliases? outer = null,
    IReadOnlyDictionary<string, string>? implicitTexts = null)
{
    private readonly Dictionary<string, Expression?> _known = new(StringComparer.Ordinal);

    /// <summary>The text of an implicit alias: an option that is named as the argument of a function is, without at-sign.</summary>
    public string? Implicit(string name) => implicitTexts?.GetValueOrDefault(name);

    public Expression Resolve(string name)
    {
        if (!texts.TryGetValue("@" + name, out var text))
            return outer?.Resolve(name) ?? new Expression.Literal(Value: null, ODataType.String);
        if (_known.TryGetValue(name, out var expression))
            return expression ?? throw ODataRefusalException.Bad($"@{name} leads to itself.", "@" + name);
        // Null while it is being read: who meets that has come round in a circle.
        _known[name] = null;
        expression = ExpressionParser.Whole(text, "@" + name, this, options);
        _known[name] = expression;
        return expression;
    }
}
