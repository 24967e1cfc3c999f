using System.Globalization;

namespace HazardMap.OData;

/// <summary>
/// The values of one <c>aggregate</c>: an expression of the outer, grouping SELECT over columns of the inner one, which are
/// collected in <see cref="Inner"/>.
/// </summary>
internal sealed class AggregateSql(Translator translator, Scope scope, IReadOnlyList<string> groups, bool isRollup, List<string> conditions)
{
    private readonly List<string> _inner = [];

    /// <summary>Columns of the inner SELECT.</summary>
    public IReadOnlyList<string> Inner => _inner;

    public Operand Of(AggregateItem item)
    {
        if (item.Value is Expression.Count count) return Counted(count);
        if (Related(item.Value) is { } many) return OverRelated(item, many.Source, many.Tail);
        var operand = item.Method == "countdistinct" ? translator.ValueOrKey(item.Value, scope) : translator.Value(item.Value, scope);
        if (operand.IsLiteral) throw ODataRefusalException.NotBuilt("Aggregating a literal is not built.", "$apply");
        return Aggregated(item, operand, Column(operand.Sql), Once(item, operand));
    }

    private string Column(string sql)
    {
        _inner.Add(string.Create(CultureInfo.InvariantCulture, $"{sql} as \"$v{_inner.Count}\""));
        return string.Create(CultureInfo.InvariantCulture, $"\"$v{_inner.Count - 1}\"");
    }

    /// <summary>The rows that count; the conditions are tested in the inner SELECT.</summary>
    private string Filter(params string?[] more)
    {
        var all = conditions.Select(x => Column($"({x})")).Concat(more.OfType<string>()).ToList();
        return all.Count == 0 ? "" : $" filter (where {string.Join(" and ", all)})";
    }

    /// <summary>
    /// A property behind a navigation: each related entity counts once, however many rows lead to it (Data Aggregation,
    /// 3.2.1.1). Smallest, largest and number of distinct values are the same either way.
    /// </summary>
    private string? Once(AggregateItem item, Operand operand)
    {
        if (item.Method is not ("sum" or "average") || item.Value is not Expression.Member { Source: Expression.Member path }
            || operand.Property is null) return null;
        if (isRollup) throw ODataRefusalException.NotBuilt($"{item.Method} over a navigation inside a rollup is not built.", "$apply");
        var key = translator.ValueOrKey(path, scope).Sql;
        var partition = string.Join(", ", groups.Append(key).Concat(conditions.Select(x => $"({x})")));
        return Column($"(row_number() over (partition by {partition}) = 1)");
    }

    private Operand Counted(Expression.Count count)
    {
        if (count.Source is null && count.Filter is null && count.Search is null)
            return new Operand($"count(*){Filter()}", ODataType.Int64, Nullable: false);
        if (count.Source is null) throw ODataRefusalException.Bad("Filter before the aggregation instead.", "$count");
        RefuseRepeated(count.Source);
        var related = translator.Value(count, scope);
        return new Operand($"coalesce(sum({Column(related.Sql)}){Filter()}, 0)::int8", ODataType.Int64, Nullable: false);
    }

    /// <summary>A path through a collection: where the collection is, and what is wanted of its entities.</summary>
    private (Expression.Member Source, Expression.Member Tail)? Related(Expression value)
    {
        if (value is not Expression.Member { Source: Expression.Member source } tail) return null;
        return scope.Set.FindNavigation(source.Name) is { ToMany: true } && source.Source is null ? (source, tail) : null;
    }

    private Operand OverRelated(AggregateItem item, Expression.Member source, Expression.Member tail)
    {
        RefuseRepeated(source);
        var (related, link) = translator.Collection(source, scope);
        var operand = translator.Value(new Expression.Member(null, tail.Name), related);
        string Inside(string sql) => Column($"(select {sql} from {related.From()} where {link})");
        return item.Method switch
        {
            "sum" or "min" or "max" when operand.Type.IsNumber() =>
                Aggregated(item, operand, Inside($"{item.Method}({operand.Sql})"), once: null),
            "average" when operand.Type.IsNumber() => new Operand(
                $"(sum({Inside($"sum({operand.Sql})")}){Filter()}::float8 / nullif(sum({Inside($"count({operand.Sql})")}){Filter()}, "
                    + "0)::float8)", ODataType.Double, Nullable: true),
            "sum" or "average" => throw NeedsNumbers(item, operand),
            _ => throw ODataRefusalException.NotBuilt($"{item.Method} of {operand.Type} over a collection is not built.", "$apply"),
        };
    }

    /// <summary>Only what belongs to one row alone is met once.</summary>
    private static void RefuseRepeated(Expression source)
    {
        if (source is not Expression.Member { Source: null })
            throw ODataRefusalException.NotBuilt(
                "Aggregation over a collection behind another navigation is not built: it would count entities twice.", "$apply");
    }

    private Operand Aggregated(AggregateItem item, Operand operand, string column, string? once)
    {
        var (method, type) = (item.Method, operand.Type);
        if (method == "countdistinct") return new Operand($"count(distinct {column}){Filter()}", ODataType.Int64, Nullable: false);
        var isDuration = type == ODataType.Duration;
        if (method is "sum" or "average" && !type.IsNumber() && !isDuration) throw NeedsNumbers(item, operand);
        if (method is "min" or "max" && (type is ODataType.Boolean or ODataType.Guid or ODataType.Binary || type.IsGeography()))
            throw ODataRefusalException.Bad($"{method} is not defined for {type}.", item.Alias);
        var filter = Filter(once);
        return (method, type) switch
        {
            ("sum", ODataType.Int16 or ODataType.Int32) => new Operand($"sum({column}){filter}::int8", ODataType.Int64, Nullable: true),
            // Large numbers summed up may need more than 64 bits.
            ("sum", ODataType.Int64) => new Operand($"sum({column}){filter}", ODataType.Decimal, Nullable: true),
            ("sum", ODataType.Single) => new Operand($"sum({column}::float8){filter}", ODataType.Double, Nullable: true),
            ("sum", _) => new Operand($"sum({column}){filter}", type, Nullable: true),
            ("average", ODataType.Duration) => new Operand($"avg({column}){filter}", type, Nullable: true),
            ("average", _) => new Operand($"avg({column}){filter}::float8", ODataType.Double, Nullable: true),
            ("min" or "max", ODataType.Enum) => new Operand(
                $"({translator.EnumMembers(operand.EnumType!)})[{method}({translator.EnumOrdinal(column, operand.EnumType)}){filter}]",
                type, Nullable: true) { EnumType = operand.EnumType },
            ("min" or "max", _) => new Operand($"{method}({column}){filter}", type, Nullable: true),
            _ => throw ODataRefusalException.NotBuilt($"The method {method} is not built.", "$apply"),
        };
    }

    private static ODataRefusalException NeedsNumbers(AggregateItem item, Operand operand) =>
        ODataRefusalException.Bad($"{item.Method} needs numbers, not {operand.Type}.", item.Alias);
}
