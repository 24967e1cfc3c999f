namespace HazardMap.OData;

/// <summary>One column of the rows of $apply; a path such as Harbour/Name becomes nested objects.</summary>
internal sealed record ApplyColumn(IReadOnlyList<string> Path, Operand Value)
{
    public string Name => string.Join('/', Path);
}

/// <summary>
/// What one transformation hands to the next: a source of rows, conditions and an order that are still to be applied, and
/// the columns that each row has.
/// </summary>
internal sealed record Rows(Scope Scope)
{
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>Keys that an orderby set, before those that make any order total.</summary>
    public IReadOnlyList<OrderKey> Order { get; init; } = [];

    /// <summary>Keys that make any order total.</summary>
    public required IReadOnlyList<OrderKey> Identity { get; init; }

    public required IReadOnlyList<ApplyColumn> Columns { get; init; }

    /// <summary>Whether each row is an entity of the set, perhaps with computed values.</summary>
    public bool AreEntities { get; init; }

    /// <summary>Number of a row's shape, when rows differ in the columns they have; null: every row has all.</summary>
    public string? ShapeSql { get; init; }

    /// <summary>Columns of each shape, by name.</summary>
    public IReadOnlyDictionary<int, IReadOnlySet<string>> Shapes { get; init; } = new Dictionary<int, IReadOnlySet<string>>();

    public string From => $"from {Scope.From()}{PageQuery.WhereSql([.. Conditions])}";

    public string OrderBy =>
        Order.Count + Identity.Count == 0 ? "" : " order by " + string.Join(", ", Order.Concat(Identity).Select(x => x.OrderBy(x.Sql)));

    public Rows Where(string condition) => this with { Conditions = [.. Conditions, condition] };
}
