using System.Globalization;

namespace HazardMap.OData;

/// <summary>
/// The query options of a request, or of one <c>$expand</c> or <c>$select</c> item, read once. <see cref="Texts"/> keeps them
/// as written, without the dollar sign, for links to the same.
/// </summary>
internal sealed class QueryOptions
{
    private QueryOptions(IReadOnlyDictionary<string, string> texts, Aliases aliases, ODataOptions options)
    {
        Texts = texts;
        Filter = Read("filter", x => ExpressionParser.Whole(x, "$filter", aliases, options));
        OrderBy = Read("orderby", x => ListParser.OrderBy(x, aliases, options)) ?? [];
        Compute = Read("compute", x => ListParser.Compute(x, aliases, options)) ?? [];
        Search = Read("search", SearchParser.Read);
        Select = Read("select", x => SelectParser.Select(x, aliases, options));
        Expand = Read("expand", x => SelectParser.Expand(x, aliases, options)) ?? [];
        Apply = Read("apply", x => ApplyParser.Read(x, aliases, options));
        Top = Number("top");
        Skip = Number("skip");
        Count = Texts.TryGetValue("count", out var count) && Truth(count);
    }

    public IReadOnlyDictionary<string, string> Texts { get; }

    public Expression? Filter { get; }

    public IReadOnlyList<OrderItem> OrderBy { get; }

    public IReadOnlyList<Computation> Compute { get; }

    public SearchExpression? Search { get; }

    /// <summary>Null: everything.</summary>
    public IReadOnlyList<SelectItem>? Select { get; }

    public IReadOnlyList<ExpandItem> Expand { get; }

    public ApplySequence? Apply { get; }

    public long? Top { get; }

    public long? Skip { get; }

    public bool Count { get; }

    public bool Has(string name) => Texts.ContainsKey(name);

    public static QueryOptions Of(IReadOnlyDictionary<string, string> texts, ODataOptions options) =>
        new(texts, new Aliases(texts, options), options);

    /// <summary>Options between parentheses, separated by semicolons; the cursor stands behind the opening one.</summary>
    public static QueryOptions Nested(Cursor cursor, Aliases outer, ODataOptions options)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        do
        {
            cursor.SkipSpace();
            var name = cursor.UntilClosed('=').Trim();
            var plain = OptionNames.Plain(name)
                ?? throw ODataRefusalException.Bad($"{cursor.Option}: {name} is not an option here.", cursor.Option);
            if (plain == "asof")
                throw ODataRefusalException.Bad("$asof holds for the whole request; it is not an option of a part.", "$asof");
            cursor.Need('=');
            if (!texts.TryAdd(plain, cursor.UntilClosed(';').Trim()))
                throw ODataRefusalException.Bad($"{name} is given twice.", cursor.Option);
        }
        while (cursor.Try(';'));
        cursor.Need(')');
        return new QueryOptions(texts, new Aliases(texts, options, outer), options);
    }

    private T? Read<T>(string name, Func<string, T> read) where T : class => Texts.TryGetValue(name, out var text) ? read(text) : null;

    private long? Number(string name)
    {
        if (!Texts.TryGetValue(name, out var text)) return null;
        return long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw ODataRefusalException.Bad($"${name} must be a whole number that is not negative, not {text}.", "$" + name);
    }

    private static bool Truth(string text) => text.Trim().ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        _ => throw ODataRefusalException.Bad($"$count must be true or false, not {text}.", "$count"),
    };
}
