using System.Globalization;

namespace HazardMap.OData;

/// <summary>
/// An expanded navigation as one text column: the JSON of its entities, made by the database per row of the page, so that
/// nothing is held for the page as a whole. After the value may follow its annotations.
/// </summary>
internal sealed class ExpansionSql(Translator translator, ODataRequest request)
{
    public string Of(Expansion expansion, string parentAlias)
    {
        var item = expansion.Item;
        if (item.SearchOption is not null || item.ApplyOption is not null || item.ComputeOption is not null)
            throw ODataRefusalException.NotBuilt("$search, $apply and $compute inside $expand are not built yet.", "$expand");
        var scope = translator.NewScope(expansion.Navigation.Target);
        var selection = Selection.Of(scope.Set, item.SelectAndExpand, request.Caller);
        var where = new List<string> { translator.Link(expansion.Navigation, parentAlias, scope.Alias) };
        if (item.FilterOption is { } filter)
        {
            translator.Bind(filter.RangeVariable, scope);
            where.Add(translator.Where(filter.Expression));
        }
        return expansion.Navigation.ToMany ? Many(expansion, scope, selection, where) : One(scope, selection, where);
    }

    private string One(Scope scope, Selection selection, List<string> where)
    {
        var entity = Entity(scope, selection);
        return $"coalesce((select {entity} from {scope.From()}{PageQuery.WhereSql(where)} limit 1), 'null')";
    }

    private string Many(Expansion expansion, Scope scope, Selection selection, List<string> where)
    {
        var item = expansion.Item;
        var keys = new Ordering(translator, scope, request.Options).Of(item.OrderByOption);
        var order = string.Join(", ", keys.Select(x => x.OrderBy(x.Sql)));
        var limit = Math.Min(item.TopOption ?? long.MaxValue, request.Options.MaxPageSize);
        var skip = item.SkipOption ?? 0;
        var cut = item.TopOption is null || item.TopOption > limit;
        var rows = string.Create(CultureInfo.InvariantCulture,
            $"select {Entity(scope, selection)} as j from {scope.From()}{PageQuery.WhereSql(where)} order by {order} limit {(cut ? limit + 1 : limit)} offset {skip}");
        var list = string.Create(CultureInfo.InvariantCulture, $"'[' || coalesce(string_agg(n.j, ',' order by n.n) filter (where n.n <= {limit}), '') || ']'");
        var name = expansion.Navigation.Name;
        if (cut) list += string.Create(CultureInfo.InvariantCulture, $" || case when count(*) > {limit} then ',\"{name}@odata.truncated\":true' else '' end");
        if (item.CountOption == true)
            list += $" || ',\"{name}@odata.count\":' || (select count(*) from {scope.From()}{PageQuery.WhereSql(where)})";
        return $"(select {list} from (select r.j, row_number() over () as n from ({rows}) r) n)";
    }

    private string Entity(Scope scope, Selection selection)
    {
        var members = new List<string>();
        if (scope.Set.Version is { } version) members.Add($"'\"@odata.etag\":\"W/\\\"' || {scope.Column(version)} || '\\\"\"'");
        foreach (var property in selection.Properties)
            members.Add($"{JsonSql.Text($"\"{property.Name}\":")} || {JsonSql.Value(scope.Column(property), property.Type, request.NumbersAsText)}");
        foreach (var nested in selection.Expansions)
            members.Add($"{JsonSql.Text($"\"{nested.Navigation.Name}\":")} || {Of(nested, scope.Alias)}");
        return $"'{{' || {string.Join(" || ',' || ", members)} || '}}'";
    }
}
