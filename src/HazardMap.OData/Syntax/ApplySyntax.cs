namespace HazardMap.OData;

/// <summary>One transformation after another.</summary>
internal sealed record ApplySequence(IReadOnlyList<Transformation> Steps);

/// <summary>A set transformation of <c>$apply</c> (OData Extension for Data Aggregation 4.0).</summary>
internal abstract record Transformation
{
    public sealed record Identity : Transformation;

    public sealed record Filter(Expression Condition) : Transformation;

    public sealed record Search(SearchExpression Words) : Transformation;

    public sealed record Compute(IReadOnlyList<Computation> Items) : Transformation;

    public sealed record OrderBy(IReadOnlyList<OrderItem> Items) : Transformation;

    public sealed record Top(long Rows) : Transformation;

    public sealed record Skip(long Rows) : Transformation;

    /// <summary>topcount, bottomsum and their like.</summary>
    public sealed record Rank(bool IsTop, RankMeasure Measure, Expression Amount, Expression Value) : Transformation;

    public sealed record Aggregate(IReadOnlyList<AggregateItem> Items) : Transformation;

    public sealed record GroupBy(IReadOnlyList<GroupItem> Items, ApplySequence? Inner) : Transformation;

    public sealed record Concat(IReadOnlyList<ApplySequence> Branches) : Transformation;
}

internal enum RankMeasure
{
    Count,
    Percent,
    Sum,
}

/// <summary>One value of <c>aggregate</c>; <paramref name="Method"/> in small letters, null for <c>$count</c>.</summary>
internal sealed record AggregateItem(Expression Value, string? Method, string Alias);

/// <summary>One item of <c>groupby</c>: a path, or a rollup of several, from coarse to fine.</summary>
internal sealed record GroupItem(IReadOnlyList<Expression.Member> Paths, bool IsRollup, bool WithTotal);
