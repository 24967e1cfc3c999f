using System.Globalization;

namespace HazardMap.OData;

/// <summary>The statements that answer a request for entities, built from its options.</summary>
internal sealed partial class PageQuery
{
    private readonly ODataRequest _request;
    private readonly Resource _resource;
    private readonly Translator _translator;
    private readonly Scope _scope;
    private readonly List<string> _conditions = [];

    public PageQuery(ODataRequest request, Resource resource)
    {
        _request = request;
        _resource = resource;
        Parameters = new SqlParameters();
        _translator = new Translator(request.Model, request.Caller, request.Options, Parameters) { AsOf = request.AsOf };
        _scope = _translator.NewScope(resource.Set);
        _translator.It = _scope;
        _conditions.AddRange(ResourceConditions.Of(resource, _scope, _translator));
    }

    public SqlParameters Parameters { get; }

    public RowShape Shape { get; private set; } = null!;

    public IReadOnlyList<OrderKey> Keys { get; private set; } = [];

    /// <summary>
    /// The page of a box in two steps. The first is for a box that holds little, as most do; when it finds nothing the
    /// second decides: there may be nothing, or more than the first one sorts. Null: the page is not of this kind.
    /// </summary>
    public (string Few, string Many)? Steps { get; private set; }

    /// <summary>The ordering as sent, to which a skip token is tied.</summary>
    public string Ordering => SkipToken.Ordering(_scope.Set, _request.Query);

    /// <summary>Conditions of $filter and $search; values of $compute.</summary>
    public PageQuery Filter()
    {
        _translator.Compute(_request.Wanted.Compute, _scope);
        if (_request.Wanted.Filter is { } filter) _conditions.Add(_translator.Where(filter, _scope));
        if (_request.Wanted.Search is { } search) _conditions.Add(_translator.Search(search, _scope));
        return this;
    }

    public string CountSql() => $"select count(*) from {_scope.From()}{WhereSql(_conditions)}";

    /// <summary>One entity.</summary>
    public string SingleSql(Selection selection)
    {
        _translator.Compute(selection.Computations, _scope);
        Shape = RowShape.Of(_scope.Set, selection);
        return $"select {Shape.SelectList(_scope, _translator, _request)} from {_scope.From()}{WhereSql(_conditions)} limit 1";
    }

    /// <summary>A page: selected, filtered, ordered, after the skip token.</summary>
    public string PageSql(Selection selection, long skip, long limit)
    {
        Shape = RowShape.Of(_scope.Set, selection);
        var order = _request.Wanted.OrderBy;
        // What expansions use, of indexes and of joins, is their own business.
        var (isSpatial, joins) = (_translator.UsesSpatialIndex, _scope.Joins);
        var list = Shape.SelectList(_scope, _translator, _request);
        isSpatial &= joins == _scope.Joins;
        BeginTracking();
        Keys = new Ordering(_translator, _scope).Of(order);
        var (token, _) = SkipToken.Split(_request.Query.GetValueOrDefault("skiptoken"));
        var after = token is null ? [] : Keyset.Branches(Keys, SkipToken.Read(token, Ordering, Keys), Parameters);
        var tail = string.Create(CultureInfo.InvariantCulture, $" limit {limit}")
            + (skip > 0 ? string.Create(CultureInfo.InvariantCulture, $" offset {skip}") : "");
        if (Nearest.Of(order, _translator, _scope) is { } nearest)
            return nearest.Sql(list, KeyList(), OrderBySql(), With(after), skip + limit, tail);
        if (isSpatial && !_scope.HasJoins && Shape.Computed.Count == 0)
            Steps = (Few(list, With(after), tail), Many(list, With(after), tail));
        if (isSpatial) return Fenced(list, With(after), tail);
        return after.Count <= 1 ? Plain(list, With(after), tail) : Union(list, after, tail);
    }

    private List<string> With(List<string> after) =>
        after.Count == 0 ? _conditions : [.. _conditions, $"({string.Join(" or ", after.Select(x => $"({x})"))})"];

    private string Plain(string list, List<string> where, string tail) =>
        $"select {list}{KeyList()} from {_scope.From()}{WhereSql(where)} order by {OrderBySql()}{tail}";

    // What is sorted at once: some milliseconds' worth.
    private const int FewRows = 1000;

    /// <summary>
    /// What the index alone finds, sorted; then tested exactly one by one until the page is full. Its best plan is the same for
    /// every box, so that it can be prepared; planning would take longer than the rest.
    /// </summary>
    private string Few(string list, List<string> where, string tail)
    {
        var coarse = $"select {_scope.Alias}.*{KeyList()} "
            + $"from {_scope.From()}{WhereSql([.. where.Select(_translator.Coarse)])} limit {FewRows + 1}";
        // "offset 0" keeps the tests outside of the sort; rows come out in its order.
        return $"with boxed as materialized ({coarse}) select {list}, {OuterKeys()} "
            + $"from (select * from boxed order by {OuterOrder("")} offset 0) {_scope.Alias}"
            + WhereSql([$"(select count(*) from boxed) <= {FewRows}", .. where]) + tail;
    }

    // Where the ordering is walked, rows far from the box are passed at the price of the coarse test.
    private string Many(string list, List<string> where, string tail) => Plain(list, [.. where.Select(_translator.Coarse), .. where], tail);

    /// <summary>
    /// A box with an ordering may tempt the planner to walk the primary key and test every row. So what the box holds is
    /// taken first, from the spatial index, and sorted; only when it holds more than is worth sorting does the second
    /// branch run (each is gated by a condition that is tested once), where an ordering's index finds matches soon enough.
    /// </summary>
    private string Fenced(string list, List<string> where, string tail)
    {
        var gate = $"(select count(*) from boxed) {{0}} {FewRows}";
        var computed = string.Concat(Shape.Computed.Select((x, i) => $", {x.Sql} as \"$c{i}\""));
        var inner = Shape.Computed.Count == 0 ? list : Shape.SelectList(_scope, _translator, _request, i => $"{_scope.Alias}.\"$c{i}\"");
        var boxed = $"select {_scope.Alias}.*{KeyList()}{computed} from {_scope.From()}{WhereSql(where)} limit {FewRows + 1}";
        var small = $"select {inner}, {OuterKeys()} from boxed {_scope.Alias} "
            + $"where {string.Format(CultureInfo.InvariantCulture, gate, "<=")} order by {OuterOrder(_scope.Alias + ".")}{tail}";
        var large = Plain(list, [.. where, string.Format(CultureInfo.InvariantCulture, gate, ">")], tail);
        return $"with boxed as materialized ({boxed}) select * from (({small}) union all ({large})) u order by {OuterOrder("")}";
    }

    private string OuterOrder(string prefix) => string.Join(", ", Keys.Select((x, i) => x.OrderBy($"{prefix}\"$k{i}\"")));

    private string OuterKeys() => string.Join(", ", Keys.Select((_, i) => $"{_scope.Alias}.\"$k{i}\""));

    private string Union(string list, List<string> after, string tail)
    {
        var branches = after.Select(x => $"({Plain(list, [.. _conditions, x], tail)})");
        return $"select * from ({string.Join(" union all ", branches)}) u order by {OuterOrder("")}{tail}";
    }

    private string KeyList() => string.Concat(Keys.Select((x, i) => $", {x.Sql} as \"$k{i}\""));

    private string OrderBySql() => string.Join(", ", Keys.Select(x => x.OrderBy(x.Sql)));

    public static string WhereSql(List<string> conditions)
    {
        var real = conditions.Where(x => x.Length > 0).ToList();
        return real.Count == 0 ? "" : " where " + string.Join(" and ", real);
    }
}
