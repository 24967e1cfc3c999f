using System.Globalization;

namespace HazardMap.OData;

/// <summary>
/// $apply, and the other options on its result: $compute, $search, $filter, $orderby, $select, $skip, $top, $count.
/// </summary>
internal sealed class ApplyQuery
{
    private readonly Rows _rows;
    private readonly string _order;

    public ApplyQuery(ODataRequest request, Resource resource)
    {
        var translator = new Translator(request.Model, request.Caller, request.Options, Parameters) { AsOf = request.AsOf };
        var pipeline = new Pipeline(translator, request);
        var wanted = request.Wanted;
        _rows = pipeline.Run(pipeline.Start(resource), wanted.Apply!);
        if (wanted.Search is { } search) _rows = pipeline.Run(_rows, new ApplySequence([new Transformation.Search(search)]));
        _rows = pipeline.Compute(_rows, wanted.Compute);
        if (wanted.Filter is { } filter) _rows = _rows.Where(translator.Where(filter, _rows.Scope));
        if (wanted.OrderBy.Count > 0) _rows = _rows with { Order = [.. pipeline.Keys(_rows, wanted.OrderBy), .. _rows.Order] };
        _order = _rows.OrderBy;
        Columns = Selected(wanted);
    }

    public SqlParameters Parameters { get; } = new();

    public IReadOnlyList<ApplyColumn> Columns { get; }

    public bool AreEntities => _rows.AreEntities;

    /// <summary>Whether the last column is the number of the row's shape.</summary>
    public bool HasShapes => _rows.ShapeSql is not null;

    /// <summary>Columns that rows of a shape have, by name.</summary>
    public IReadOnlyDictionary<int, IReadOnlySet<string>> Shapes => _rows.Shapes;

    public string Sql(long skip, long limit)
    {
        var list = Columns.Select(x => ValueWriter.Select(x.Value.Sql, x.Value.Type))
            .Concat(HasShapes ? [$"({_rows.ShapeSql})::int4"] : []).DefaultIfEmpty("1");
        return $"select {string.Join(", ", list)} {_rows.From}{_order}"
            + string.Create(CultureInfo.InvariantCulture, $" limit {limit} offset {skip}");
    }

    public string CountSql() => $"select count(*) {_rows.From}";

    private List<ApplyColumn> Selected(QueryOptions wanted)
    {
        if (wanted.Select is not { } items || items.Any(x => x.Path is ["*"])) return [.. _rows.Columns];
        var chosen = new List<ApplyColumn>();
        foreach (var name in items.Select(x => x.Nested is null ? string.Join('/', x.Path) : throw ODataRefusalException.NotBuilt(
            "Options in $select beside $apply are not built.", "$select")))
        {
            var found = _rows.Columns.Where(x => string.Equals(x.Name, name, StringComparison.Ordinal)
                || x.Name.StartsWith(name + "/", StringComparison.Ordinal)).ToList();
            if (found.Count == 0) throw ODataRefusalException.Bad($"The result of $apply has no {name}.", name);
            chosen.AddRange(found.Where(x => !chosen.Contains(x)));
        }
        return chosen;
    }
}
