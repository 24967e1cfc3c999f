using System.Globalization;
using System.Runtime.CompilerServices;

namespace HazardMap.OData;

/// <summary>Reads <c>$apply</c>.</summary>
internal sealed class ApplyParser(Cursor cursor, Aliases aliases, ODataOptions options)
{
    private int _count;

    /// <summary>The transformations that are built, for the description of the service.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "identity", "filter", "search", "compute", "orderby", "top", "skip", "topcount", "topsum", "toppercent", "bottomcount", "bottomsum",
        "bottompercent", "aggregate", "groupby", "concat",
    ];

    public static ApplySequence Read(string text, Aliases aliases, ODataOptions options)
    {
        var cursor = new Cursor(text, "$apply");
        var sequence = new ApplyParser(cursor, aliases, options).Sequence();
        cursor.NeedEnd();
        return sequence;
    }

    private ApplySequence Sequence()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var steps = new List<Transformation>();
        do steps.Add(Step());
        while (cursor.Try('/'));
        return new ApplySequence(steps);
    }

    private Transformation Step()
    {
        if (++_count > options.MaxTransformations)
            throw ODataRefusalException.Over(nameof(ODataOptions.MaxTransformations), options.MaxTransformations,
                "$apply has too many transformations.", "$apply");
        cursor.SkipSpace();
        var name = cursor.TryName(qualified: true) ?? throw cursor.Unexpected("a transformation");
        if (name == "identity") return new Transformation.Identity();
        cursor.Need('(');
        var step = Inside(name);
        cursor.Need(')');
        return step;
    }

    private Transformation Inside(string name) => name switch
    {
        "filter" => new Transformation.Filter(Value()),
        "search" => new Transformation.Search(new SearchParser(cursor).Or()),
        "compute" => new Transformation.Compute(ListParser.Compute(cursor, aliases, options)),
        "orderby" => new Transformation.OrderBy(ListParser.OrderBy(cursor, aliases, options)),
        "top" => new Transformation.Top(Number()),
        "skip" => new Transformation.Skip(Number()),
        "topcount" => Rank(isTop: true, RankMeasure.Count),
        "topsum" => Rank(isTop: true, RankMeasure.Sum),
        "toppercent" => Rank(isTop: true, RankMeasure.Percent),
        "bottomcount" => Rank(isTop: false, RankMeasure.Count),
        "bottomsum" => Rank(isTop: false, RankMeasure.Sum),
        "bottompercent" => Rank(isTop: false, RankMeasure.Percent),
        "aggregate" => new Transformation.Aggregate(Many(AggregateItem)),
        "groupby" => GroupBy(),
        "concat" => new Transformation.Concat(Many(Sequence)),
        "join" or "outerjoin" or "nest" or "expand" or "ancestors" or "descendants" or "traverse" or "addnested" =>
            throw ODataRefusalException.NotBuilt($"The transformation {name} is not built.", "$apply"),
        _ => throw ODataRefusalException.Bad($"{name} is not a transformation.", "$apply"),
    };

    private Expression Value() => new ExpressionParser(cursor, aliases, options).Read();

    private Transformation.Rank Rank(bool isTop, RankMeasure measure)
    {
        var amount = Value();
        cursor.Need(',');
        return new Transformation.Rank(isTop, measure, amount, Value());
    }

    private Transformation.GroupBy GroupBy()
    {
        cursor.Need('(');
        var items = Many(GroupItem);
        cursor.Need(')');
        return new Transformation.GroupBy(items, cursor.Try(',') ? Sequence() : null);
    }

    private GroupItem GroupItem()
    {
        cursor.SkipSpace();
        var start = cursor.Place;
        if (!cursor.TryWord("rollup") || !cursor.Try('('))
        {
            cursor.Place = start;
            return new GroupItem([Path()], IsRollup: false, WithTotal: false);
        }
        var withTotal = cursor.TryWord("$all");
        if (withTotal) cursor.Need(',');
        var paths = Many(Path);
        cursor.Need(')');
        return new GroupItem(paths, IsRollup: true, withTotal);
    }

    private Expression.Member Path() => Value() as Expression.Member
        ?? throw ODataRefusalException.Bad("groupby takes properties and paths to them.", "$apply");

    private AggregateItem AggregateItem()
    {
        var value = Value();
        string? method = null;
        if (value is not Expression.Count)
        {
            if (!cursor.TryWord("with")) throw cursor.Unexpected("'with' and a method (there are no custom aggregates)");
            cursor.SkipSpace();
            method = cursor.TryName(qualified: true)?.ToLowerInvariant() ?? throw cursor.Unexpected("a method");
        }
        if (cursor.TryWord("from"))
            throw ODataRefusalException.NotBuilt("aggregate with from is not built: aggregate in two steps.", "$apply");
        return new AggregateItem(value, method, ListParser.Alias(cursor));
    }

    private List<T> Many<T>(Func<T> read)
    {
        var items = new List<T>();
        do items.Add(read());
        while (cursor.Try(','));
        return items;
    }

    private long Number()
    {
        cursor.SkipSpace();
        var start = cursor.Place;
        while (char.IsAsciiDigit(cursor.Next)) cursor.Place++;
        return long.TryParse(cursor.Text.AsSpan(start, cursor.Place - start), NumberStyles.None,
            CultureInfo.InvariantCulture, out var number)
            ? number : throw cursor.Unexpected("a whole number");
    }
}
