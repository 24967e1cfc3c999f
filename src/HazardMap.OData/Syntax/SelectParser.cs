using System.Globalization;

namespace HazardMap.OData;

/// <summary>One item of <c>$select</c>: <c>*</c>, a property, or a path through a navigation.</summary>
internal sealed record SelectItem(IReadOnlyList<string> Path, QueryOptions? Nested);

/// <summary>One item of <c>$expand</c>.</summary>
internal sealed record ExpandItem(string Name, ExpandKind Kind, QueryOptions? Nested)
{
    /// <summary>How often a navigation to the same set is followed; 0: not said, otherwise at least 1.</summary>
    public int Levels { get; init; }
}

/// <summary>What of the related entities is carried along.</summary>
internal enum ExpandKind
{
    Entities,
    References,
    Count,
}

/// <summary>Reads <c>$select</c> and <c>$expand</c> with their nested options.</summary>
internal static class SelectParser
{
    public static IReadOnlyList<SelectItem> Select(string text, Aliases aliases, ODataOptions options)
    {
        var cursor = new Cursor(text, "$select");
        var items = new List<SelectItem>();
        do
        {
            cursor.SkipSpace();
            items.Add(SelectItem(cursor, aliases, options));
        }
        while (cursor.Try(','));
        cursor.NeedEnd();
        return items;
    }

    public static IReadOnlyList<ExpandItem> Expand(string text, Aliases aliases, ODataOptions options)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var cursor = new Cursor(text, "$expand");
        var items = new List<ExpandItem>();
        do
        {
            cursor.SkipSpace();
            items.Add(ExpandItem(cursor, aliases, options));
        }
        while (cursor.Try(','));
        cursor.NeedEnd();
        return items;
    }

    private static SelectItem SelectItem(Cursor cursor, Aliases aliases, ODataOptions options)
    {
        if (cursor.Try('*')) return new SelectItem(["*"], Nested: null);
        var path = new List<string>();
        do
        {
            if (path.Count > 0 && cursor.Try('*')) path.Add("*");
            else path.Add(cursor.TryName(qualified: true) ?? throw cursor.Unexpected("a property"));
        }
        while (path[^1] != "*" && cursor.Try('/'));
        // Namespace.* asks for actions and functions; they are not written out.
        if (cursor.Next == '.' && cursor.After(1) == '*') cursor.Place += 2;
        return new SelectItem(path, cursor.Try('(') ? QueryOptions.Nested(cursor, aliases, options) : null);
    }

    private static ExpandItem ExpandItem(Cursor cursor, Aliases aliases, ODataOptions options)
    {
        var name = cursor.Try('*') ? "*" : cursor.TryName(qualified: true) ?? throw cursor.Unexpected("a navigation");
        var kind = ExpandKind.Entities;
        while (cursor.Next == '/')
        {
            cursor.Place++;
            if (cursor.TryWord("$ref")) kind = ExpandKind.References;
            else if (cursor.TryWord("$count")) kind = ExpandKind.Count;
            // A type cast in front, or behind, of the only type there is.
            else if (name.Contains('.', StringComparison.Ordinal)) name = cursor.Name();
            else if (cursor.TryName(qualified: true) is not { } type || !type.Contains('.', StringComparison.Ordinal))
                throw ODataRefusalException.NotBuilt("$expand takes no path: nest $expand in parentheses.", "$expand");
        }
        if (!cursor.Try('(')) return new ExpandItem(name, kind, Nested: null);
        var nested = QueryOptions.Nested(cursor, aliases, options);
        return new ExpandItem(name, kind, nested) { Levels = Levels(nested, options) };
    }

    private static int Levels(QueryOptions nested, ODataOptions options)
    {
        if (!nested.Texts.TryGetValue("levels", out var text)) return 0;
        if (text.Equals("max", StringComparison.OrdinalIgnoreCase)) return options.MaxExpansionDepth;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var levels) || levels < 1)
            throw ODataRefusalException.Bad($"$levels must be a positive number or max, not {text}.", "$levels");
        return levels <= options.MaxExpansionDepth
            ? levels : throw ODataRefusalException.Over(nameof(ODataOptions.MaxExpansionDepth), options.MaxExpansionDepth,
                "$levels is too deep.", "$levels", "TooDeep");
    }
}
