using System.Globalization;

namespace HazardMap.OData;

internal sealed partial class Pipeline
{
    /// <summary>
    /// topcount and its like: rows in the order of a value, until there are enough of them, or until their values sum up to
    /// enough; per group when there is a partition.
    /// </summary>
    private Rows Rank(Rows rows, Transformation.Rank rank, IReadOnlyList<string> partition)
    {
        var amount = translator.Value(rank.Amount, rows.Scope);
        if (!amount.IsLiteral || amount.Value is null || !amount.Type.IsNumber())
            throw ODataRefusalException.NotBuilt("How many, how much or what percentage is built as a number.", "$apply");
        var value = translator.Value(rank.Value, rows.Scope);
        if (value.IsLiteral || value.Type.IsGeography() || rank.Measure != RankMeasure.Count && !value.Type.IsNumber())
            throw ODataRefusalException.Bad("Rows are ranked by a value that has an order; sums and percentages need numbers.", "$apply");
        var keys = new List<OrderKey> { translator.Key(value, rank.IsTop) };
        keys.AddRange(rows.Identity);
        var over = partition.Count == 0 ? "" : $"partition by {string.Join(", ", partition)} ";
        var ordered = $"{over}order by {string.Join(", ", keys.Select(x => x.OrderBy(x.Sql)))}";
        // The order of the rows is not touched: who wants the best first says orderby.
        var name = string.Create(CultureInfo.InvariantCulture, $"$in{_layers}");
        var ranked = Around(rows, $"{Enough(rank, amount, $"({value.Sql})::numeric", over, ordered)} as \"{name}\"", tail: "");
        return ranked.Where($"{ranked.Scope.Alias}.\"{name}\"");
    }

    /// <summary>Whether a row still belongs to those that are taken: before it there was not enough.</summary>
    private string Enough(Transformation.Rank rank, Operand amount, string value, string over, string ordered)
    {
        var number = $"{translator.Render(amount)}::numeric";
        if (rank.Measure == RankMeasure.Count) return $"(row_number() over ({ordered}) <= {number})";
        var before = $"coalesce(sum({value}) over ({ordered} rows between unbounded preceding and 1 preceding), 0)";
        return rank.Measure == RankMeasure.Sum
            ? $"({before} < {number})"
            : $"({before} * 100 < {number} * coalesce(sum({value}) over ({over}), 0))";
    }
}
