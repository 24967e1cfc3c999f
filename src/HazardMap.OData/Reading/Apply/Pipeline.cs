using System.Globalization;

namespace HazardMap.OData;

/// <summary>
/// The transformations of <c>$apply</c>, one after another, as one statement: each takes rows and hands rows on. What only
/// restricts or names stays in the same SELECT; what needs the rows before it complete goes around them as a new one.
/// </summary>
internal sealed partial class Pipeline(Translator translator, ODataRequest request)
{
    private int _layers;

    /// <summary>The entities of a resource.</summary>
    public Rows Start(Resource resource)
    {
        var scope = translator.NewScope(resource.Set);
        translator.It = scope;
        return Entities(scope) with { Conditions = [.. ResourceConditions.Of(resource, scope, translator)] };
    }

    public Rows Run(Rows rows, ApplySequence sequence) => sequence.Steps.Aggregate(rows, Step);

    private Rows Step(Rows rows, Transformation step) => step switch
    {
        Transformation.Identity => rows,
        Transformation.Filter filter => rows.Where(translator.Where(filter.Condition, rows.Scope)),
        Transformation.Search search when rows.AreEntities => rows.Where(translator.Search(search.Words, rows.Scope)),
        Transformation.Search => throw ODataRefusalException.NotBuilt("search is built for entities, not for groups.", "$apply"),
        Transformation.Compute compute => Compute(rows, compute.Items),
        Transformation.OrderBy order => rows with { Order = [.. Keys(rows, order.Items), .. rows.Order] },
        Transformation.Top top => Cut(rows, string.Create(CultureInfo.InvariantCulture, $" limit {top.Rows}")),
        Transformation.Skip skip => Cut(rows, string.Create(CultureInfo.InvariantCulture, $" offset {skip.Rows}")),
        Transformation.Rank rank => Rank(rows, rank, partition: []),
        Transformation.Aggregate aggregate => Group(rows, [], aggregate.Items, []),
        Transformation.GroupBy group => GroupBy(rows, group),
        Transformation.Concat concat => Concat(rows, concat),
        _ => throw ODataRefusalException.NotBuilt($"The transformation {step.GetType().Name} is not built.", "$apply"),
    };

    public Rows Compute(Rows rows, IReadOnlyList<Computation> items)
    {
        translator.Compute(items, rows.Scope);
        // A computed value belongs to rows of every shape.
        var shapes = rows.Shapes.ToDictionary(x => x.Key,
            x => (IReadOnlySet<string>)x.Value.Concat(items.Select(y => y.Alias)).ToHashSet(StringComparer.Ordinal));
        return rows with { Columns = [.. rows.Columns,
            .. items.Select(x => new ApplyColumn([x.Alias], rows.Scope.Computed[x.Alias]))], Shapes = shapes };
    }

    public List<OrderKey> Keys(Rows rows, IReadOnlyList<OrderItem> items)
    {
        var keys = new List<OrderKey>();
        foreach (var item in items)
        {
            var operand = translator.Value(item.Value, rows.Scope);
            if (operand.Type.IsGeography()) throw ODataRefusalException.Bad("Shapes have no order; order by geo.distance.", "$orderby");
            if (!operand.IsLiteral) keys.Add(translator.Key(operand, item.Descending));
        }
        return keys;
    }

    /// <summary>The first rows, or all but the first, in their order; the order is kept.</summary>
    private Rows Cut(Rows rows, string limit) => Around(rows, extra: "", rows.OrderBy + limit);

    private Rows Entities(Scope scope) => new(scope)
    {
        AreEntities = true,
        Columns = [.. Selection.Of(scope.Set, clause: null, request.Caller).Properties
            .Select(x => new ApplyColumn([x.Name], Plain(scope, x)))],
        Identity = [new OrderKey(scope.Column(scope.Set.Key), scope.Set.Key.Type, Nullable: false, Descending: false)],
    };

    /// <summary>A column that is carried, not used: whether it may be read is decided,
    /// whether it may be filtered by is not asked.</summary>
    private static Operand Plain(Scope scope, Property property) =>
        new(scope.Column(property), property.Type, property.Nullable) { EnumType = property.EnumType, Property = property };

    /// <summary>The rows as an inner SELECT, and rows over it: entities stay entities, computed values and orders become columns.</summary>
    private Rows Around(Rows rows, string extra, string tail)
    {
        // An inner SELECT hands on all columns of the one inside it: each layer's names are its own.
        string Named(string kind, int place = 0) => string.Create(CultureInfo.InvariantCulture, $"${kind}{_layers}_{place}");
        _layers++;
        var named = rows.Columns.Where(x => !rows.AreEntities || rows.Scope.Computed.ContainsKey(x.Name)).ToList();
        var order = rows.Order.Concat(rows.AreEntities ? [] : rows.Identity).ToList();
        var list = (rows.AreEntities ? [$"{rows.Scope.Alias}.*"] : Array.Empty<string>())
            .Concat(named.Select((x, i) => $"{x.Value.Sql} as \"{Named("c", i)}\""))
            .Concat(order.Select((x, i) => $"{x.Sql} as \"{Named("k", i)}\""))
            .Concat(rows.ShapeSql is { } shape ? [$"{shape} as \"{Named("shape")}\""] : []).Append(extra).Where(x => x.Length > 0);
        var set = rows.AreEntities ? rows.Scope.Set : Shapeless(rows.Scope.Set);
        var scope = translator.NewScope(set, $"(select {string.Join(", ", list)} {rows.From}{tail})");
        foreach (var (column, i) in named.Select((x, i) => (x, i)))
            scope.Computed[column.Name] =
                new Operand($"{scope.Alias}.\"{Named("c", i)}\"", column.Value.Type, Nullable: true) { EnumType = column.Value.EnumType };
        var keys = order.Select((x, i) => x with { Sql = $"{scope.Alias}.\"{Named("k", i)}\"" }).ToList();
        var over = rows.AreEntities ? Entities(scope) : new Rows(scope) { Columns = [], Identity = keys[rows.Order.Count..] };
        return over with
        {
            Columns = [.. over.Columns, .. named.Select(x => x with { Value = scope.Computed[x.Name] })],
            Order = keys[..rows.Order.Count],
            ShapeSql = rows.ShapeSql is null ? null : $"{scope.Alias}.\"{Named("shape")}\"",
            Shapes = rows.Shapes,
        };
    }

    /// <summary>What stands for the set when rows are no longer its entities: nothing can be found in it.</summary>
    private static EntitySet Shapeless(EntitySet set) => new(set.Name, set.TypeName, set.Source);
}
