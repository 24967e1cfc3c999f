namespace HazardMap.OData;

/// <summary>Lists of expressions: <c>$orderby</c> and <c>$compute</c>.</summary>
internal static class ListParser
{
    public static IReadOnlyList<OrderItem> OrderBy(string text, Aliases aliases, ODataOptions options) =>
        Whole(text, "$orderby", cursor => OrderBy(cursor, aliases, options));

    public static IReadOnlyList<Computation> Compute(string text, Aliases aliases, ODataOptions options) =>
        Whole(text, "$compute", cursor => Compute(cursor, aliases, options));

    public static List<OrderItem> OrderBy(Cursor cursor, Aliases aliases, ODataOptions options)
    {
        var items = new List<OrderItem>();
        var parser = new ExpressionParser(cursor, aliases, options);
        do
        {
            var value = parser.Read();
            var descending = cursor.TryWord("desc");
            if (!descending) cursor.TryWord("asc");
            items.Add(new OrderItem(value, descending));
            if (items.Count > options.MaxOrderByKeys)
                throw ODataRefusalException.Over(nameof(ODataOptions.MaxOrderByKeys), options.MaxOrderByKeys,
                    "$orderby has too many keys.", "$orderby");
        }
        while (cursor.Try(','));
        return items;
    }

    public static List<Computation> Compute(Cursor cursor, Aliases aliases, ODataOptions options)
    {
        var items = new List<Computation>();
        var parser = new ExpressionParser(cursor, aliases, options);
        do
        {
            var value = parser.Read();
            items.Add(new Computation(value, Alias(cursor)));
        }
        while (cursor.Try(','));
        return items;
    }

    /// <summary><c>as Name</c>.</summary>
    public static string Alias(Cursor cursor)
    {
        if (!cursor.TryWord("as")) throw cursor.Unexpected("'as' and a name");
        cursor.SkipSpace();
        return cursor.Name();
    }

    private static List<T> Whole<T>(string text, string option, Func<Cursor, List<T>> read)
    {
        var cursor = new Cursor(text, option);
        var items = read(cursor);
        cursor.NeedEnd();
        return items;
    }
}
