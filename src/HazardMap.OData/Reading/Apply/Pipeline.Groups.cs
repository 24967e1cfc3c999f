namespace HazardMap.OData;

internal sealed partial class Pipeline
{
    private Rows GroupBy(Rows rows, Transformation.GroupBy group)
    {
        var steps = group.Inner?.Steps ?? [];
        if (steps is [Transformation.Rank rank] && group.Items.All(x => !x.IsRollup))
            return Rank(rows, rank, [.. group.Items.SelectMany(x => x.Paths).Select(x => Grouped(rows, x).Value.Sql)]);
        // Before aggregate: which rows count. Not which groups there are, so it goes into the aggregates.
        var conditions = new List<string>();
        var place = 0;
        for (; place < steps.Count && steps[place] is Transformation.Filter or Transformation.Compute; place++)
        {
            if (steps[place] is Transformation.Filter filter) conditions.Add(translator.Where(filter.Condition, rows.Scope));
            else rows = Compute(rows, ((Transformation.Compute)steps[place]).Items);
        }
        var items = place < steps.Count && steps[place] is Transformation.Aggregate aggregate ? aggregate.Items : [];
        if (steps.Count > 0 && items.Count == 0)
            throw ODataRefusalException.NotBuilt(
                "Inside groupby, filter and compute before aggregate are built, or a single topcount and its like.", "$apply");
        var after = steps.Skip(place + 1).ToList();
        if (after.Find(x => x is not (Transformation.Filter or Transformation.Compute)) is { } other)
            throw ODataRefusalException.NotBuilt(
                $"{other.GetType().Name} after aggregate inside groupby is not built: put it behind groupby.", "$apply");
        return Run(Group(rows, group.Items, items, conditions), new ApplySequence(after));
    }

    /// <summary>
    /// GROUP BY in two steps: the inner SELECT gives names to what is grouped by and aggregated, the outer one groups. Null is
    /// a group of its own, as in SQL. A rollup is a list of grouping sets; which of them a row is from is its shape.
    /// </summary>
    private Rows Group(Rows rows, IReadOnlyList<GroupItem> items, IReadOnlyList<AggregateItem> aggregates, List<string> conditions)
    {
        var groups = items.SelectMany(x => x.Paths).Select(x => Grouped(rows, x)).DistinctBy(x => x.Name, StringComparer.Ordinal).ToList();
        var sets = items.Any(x => x.IsRollup) ? GroupingSets(items, groups) : null;
        var values = new AggregateSql(translator, rows.Scope, [.. groups.Select(x => x.Value.Sql)], isRollup: sets is not null, conditions);
        var outputs = aggregates.Select(x => new ApplyColumn([x.Alias], values.Of(x))).ToList();
        RefuseTwice(groups, outputs);
        var scope = translator.NewScope(Shapeless(rows.Scope.Set), $"({GroupedSql(rows, groups, values.Inner, outputs, sets)})");
        var columns = groups.Select((x, i) => x with { Value = Output(scope, $"$g{i}", x.Value) }).ToList();
        var identity = columns.Select(x => translator.Key(x.Value, descending: false)).ToList();
        columns.AddRange(outputs.Select((x, i) => x with { Value = Output(scope, $"$a{i}", x.Value) }));
        foreach (var column in columns) scope.Computed[column.Name] = column.Value;
        var result = new Rows(scope) { Columns = columns, Identity = identity };
        if (sets is null) return result;
        var shape = $"{scope.Alias}.\"$shape\"";
        return result with
        {
            Identity = [new OrderKey(shape, ODataType.Int32, Nullable: false, Descending: false), .. identity],
            ShapeSql = shape,
            Shapes = ShapesOf(sets, groups, [.. outputs.Select(x => x.Name)]),
        };
    }

    private static string GroupedSql(Rows rows, List<ApplyColumn> groups, IReadOnlyList<string> values,
        List<ApplyColumn> outputs, List<List<int>>? sets)
    {
        static string Names(IEnumerable<int> places) => string.Join(", ", places.Select(x => $"\"$g{x}\""));
        var all = Names(Enumerable.Range(0, groups.Count));
        var inner = groups.Select((x, i) => $"{x.Value.Sql} as \"$g{i}\"").Concat(values).DefaultIfEmpty("1");
        var list = groups.Select((_, i) => $"\"$g{i}\"").Concat(outputs.Select((x, i) => $"{x.Value.Sql} as \"$a{i}\"")).ToList();
        if (sets is not null) list.Add($"grouping({all}) as \"$shape\"");
        var by = sets is not null ? $" group by grouping sets ({string.Join(", ", sets.Select(x => $"({Names(x)})"))})" : groups.Count > 0
            ? " group by " + all : "";
        return $"select {string.Join(", ", list)} from (select {string.Join(", ", inner)} {rows.From}) i{by}";
    }

    private static void RefuseTwice(List<ApplyColumn> groups, List<ApplyColumn> outputs)
    {
        var names = groups.Select(x => x.Path[0]).Distinct(StringComparer.Ordinal).Concat(outputs.Select(x => x.Name));
        if (names.GroupBy(x => x, StringComparer.Ordinal).FirstOrDefault(x => x.Count() > 1) is { } twice)
            throw ODataRefusalException.Bad($"There is a {twice.Key} already.", twice.Key);
    }

    private static Operand Output(Scope scope, string name, Operand operand) =>
        new($"{scope.Alias}.\"{name}\"", operand.Type, Nullable: true) { EnumType = operand.EnumType };

    private ApplyColumn Grouped(Rows rows, Expression.Member path)
    {
        var operand = translator.Value(path, rows.Scope);
        if (operand.Type.IsGeography()) throw ODataRefusalException.Bad($"Shapes cannot be grouped by: {path.Path}.", path.Name);
        return new ApplyColumn(path.Path.Split('/').SkipWhile(x => x is "$it" or "$this").ToList(), operand);
    }

    /// <summary>The sets of groups, each as places in the list of groups; several rollups multiply.</summary>
    private List<List<int>> GroupingSets(IReadOnlyList<GroupItem> items, List<ApplyColumn> groups)
    {
        var sets = new List<List<int>> { new() };
        foreach (var item in items)
        {
            var places = item.Paths.Select(x => groups.FindIndex(y => string.Equals(y.Name, x.Path, StringComparison.Ordinal))).ToList();
            var least = item.IsRollup ? item.WithTotal ? 0 : 1 : places.Count;
            var alternatives = Enumerable.Range(0, places.Count - least + 1).Select(x => places[..(places.Count - x)]).ToList();
            sets = [.. sets.SelectMany(x => alternatives.Select(y => x.Concat(y).Distinct().ToList()))];
            if (sets.Count > request.Options.MaxGroupingSets)
                throw ODataRefusalException.Over(nameof(ODataOptions.MaxGroupingSets), request.Options.MaxGroupingSets,
                    "The rollups have too many combinations.", "$apply");
        }
        return [.. sets.DistinctBy(x => string.Join(',', x.Order()), StringComparer.Ordinal)];
    }

    /// <summary>grouping(...) has a bit for every group that is rolled up, the first group's being the highest.</summary>
    private static Dictionary<int, IReadOnlySet<string>> ShapesOf(List<List<int>> sets, List<ApplyColumn> groups, List<string> others)
    {
        var shapes = new Dictionary<int, IReadOnlySet<string>>();
        foreach (var set in sets)
        {
            var mask = Enumerable.Range(0, groups.Count).Where(x => !set.Contains(x)).Sum(x => 1 << (groups.Count - 1 - x));
            shapes[mask] = set.Select(x => groups[x].Name).Concat(others).ToHashSet(StringComparer.Ordinal);
        }
        return shapes;
    }
}
