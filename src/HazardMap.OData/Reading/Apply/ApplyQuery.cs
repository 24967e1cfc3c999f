using System.Globalization;

namespace HazardMap.OData;

/// <summary>
/// $apply, and the other options on its result: $compute, $search, $filter, $orderby, $select, $skip, $top, $count.
/// </summary>
internal sealed class ApplyQuery
{
    private readonly Rows rows;
    private readonly string order;

    public ApplyQuery(ODataRequest request, Resource resource)
    {
        var translator = new Translator(request.Model, request.Caller, request.Options, Parameters);
        var pipeline = new Pipeline(translator, request);
        var wanted = request.Wanted;
        rows = pipeline.Run(pipeline.Start(resource), wanted.Apply!);
        if (wanted.Search is { } search) rows = pipeline.Run(rows, new ApplySequence([new Transformation.Search(search)]));
        rows = pipeline.Compute(rows, wanted.Compute);
        if (wanted.Filter is { } filter) rows = rows.Where(translator.Where(filter, rows.Scope));
        if (wanted.OrderBy.Count > 0) rows = rows with { Order = [.. pipeline.Keys(rows, wanted.OrderBy), .. rows.Order] };
        order = rows.OrderBy;
        Columns = Selected(wanted);
    }

    public SqlParameters Parameters { get; } = new();

    public IReadOnlyList<ApplyColumn> Columns { get; }

    public bool AreEntities => rows.AreEntities;

    /// <summary>Whether the last column is the number of the row's shape.</summary>
    public bool HasShapes => rows.ShapeSql is not null;

    /// <summary>Columns that rows of a shape have, by name.</summary>
    public IReadOnlyDictionary<int, IReadOnlySet<string>> Shapes => rows.Shapes;

    public string Sql(long skip, long limit)
    {
        var list = Columns.Select(x => ValueWriter.Select(x.Value.Sql, x.Value.Type)).Concat(HasShapes ? [$"({rows.ShapeSql})::int4"] : []).DefaultIfEmpty("1");
        return $"select {string.Join(", ", list)} {rows.From}{order}" + string.Create(CultureInfo.InvariantCulture, $" limit {limit} offset {skip}");
    }

    public string CountSql() => $"select count(*) {rows.From}";

    private List<ApplyColumn> Selected(QueryOptions wanted)
    {
        if (wanted.Select is not { } items || items.Any(x => x.Path is ["*"])) return [.. rows.Columns];
        var chosen = new List<ApplyColumn>();
        foreach (var name in items.Select(x => x.Nested is null ? string.Join('/', x.Path) : throw ODataRefusalException.NotBuilt("Options in $select beside $apply are not built.", "$select")))
        {
            var found = rows.Columns.Where(x => string.Equals(x.Name, name, StringComparison.Ordinal) || x.Name.StartsWith(name + "/", StringComparison.Ordinal)).ToList();
            if (found.Count == 0) throw ODataRefusalException.Bad($"The result of $apply has no {name}.", name);
            chosen.AddRange(found.Where(x => !chosen.Contains(x)));
        }
        return chosen;
    }
}
