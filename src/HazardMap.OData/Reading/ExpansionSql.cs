using System.Globalization;
using NpgsqlTypes;

namespace HazardMap.OData;

/// <summary>
/// An expanded navigation as one text column: the JSON of its entities, made by the database per row of the page, so that
/// nothing is held for the page as a whole. After the value may follow its annotations: a count, a link to what was cut.
/// </summary>
internal sealed class ExpansionSql(Translator translator, ODataRequest request)
{
    /// <summary>The column for one navigation of the entity set at <paramref name="parentAlias"/>.</summary>
    public string Of(Expansion expansion, EntitySet parent, string parentAlias, string expandText)
    {
        var item = expansion.Item;
        if (item.SearchOption is not null || item.ApplyOption is not null || item.ComputeOption is not null)
            throw ODataRefusalException.NotBuilt("$search, $apply and $compute inside $expand are not built yet.", "$expand");
        var scope = translator.NewScope(expansion.Navigation.Target);
        var selection = Selection.Of(scope.Set, item.SelectAndExpand, request.Caller);
        var options = ExpandText.Options(expandText, expansion.Navigation.Name);
        var where = new List<string> { translator.Link(expansion.Navigation, parentAlias, scope.Alias) };
        if (item.FilterOption is { } filter)
        {
            translator.Bind(filter.RangeVariable, scope);
            where.Add(translator.Where(filter.Expression));
        }
        var entity = Entity(scope, selection, options.GetValueOrDefault("expand", ""));
        return expansion.Navigation.ToMany
            ? Many(expansion, scope, entity, where, NextLink(expansion, parent, parentAlias, options))
            : $"coalesce((select {entity} from {scope.From()}{PageQuery.WhereSql(where)} limit 1), 'null')";
    }

    private string Many(Expansion expansion, Scope scope, string entity, List<string> where, string nextLink)
    {
        var item = expansion.Item;
        var keys = new Ordering(translator, scope, request.Options).Of(item.OrderByOption);
        var order = string.Join(", ", keys.Select(x => x.OrderBy(x.Sql)));
        var limit = Limit(expansion);
        var cut = item.TopOption is null || item.TopOption > limit;
        var rows = string.Create(CultureInfo.InvariantCulture,
            $"select {entity} as j from {scope.From()}{PageQuery.WhereSql(where)} order by {order} limit {(cut ? limit + 1 : limit)} offset {item.SkipOption ?? 0}");
        var list = string.Create(CultureInfo.InvariantCulture, $"'[' || coalesce(string_agg(n.j, ',' order by n.n) filter (where n.n <= {limit}), '') || ']'");
        var name = expansion.Navigation.Name;
        if (cut) list += string.Create(CultureInfo.InvariantCulture, $" || case when count(*) > {limit} then ',\"{name}@odata.nextLink\":' || {nextLink} else '' end");
        if (item.CountOption == true)
            list += $" || ',\"{name}@odata.count\":' || (select count(*) from {scope.From()}{PageQuery.WhereSql(where)})";
        return $"(select {list} from (select r.j, row_number() over () as n from ({rows}) r) n)";
    }

    private long Limit(Expansion expansion) => Math.Min(expansion.Item.TopOption ?? long.MaxValue, request.Options.MaxPageSize);

    /// <summary>The navigation itself, with the same options, after what was given.</summary>
    private string NextLink(Expansion expansion, EntitySet parent, string parentAlias, Dictionary<string, string> options)
    {
        var limit = Limit(expansion);
        var rest = options.Where(x => x.Key is not ("skip" or "top" or "count")).Select(x => $"${x.Key}={Uri.EscapeDataString(x.Value)}")
            .Append(string.Create(CultureInfo.InvariantCulture, $"$skip={(expansion.Item.SkipOption ?? 0) + limit}"));
        if (expansion.Item.TopOption is { } top) rest = rest.Append(string.Create(CultureInfo.InvariantCulture, $"$top={top - limit}"));
        var key = $"{parentAlias}.{parent.Key.QuotedColumn}";
        var literal = parent.Key.Type == ODataType.String ? $"'''' || replace({key}, '''', '''''') || ''''" : $"{key}::text";
        var before = translator.Parameters.Add($"{request.Root}{parent.Name}(", NpgsqlDbType.Text);
        var after = translator.Parameters.Add($")/{expansion.Navigation.Name}?{string.Join('&', rest)}", NpgsqlDbType.Text);
        return $"to_json({before} || {literal} || {after})::text";
    }

    private string Entity(Scope scope, Selection selection, string expandText)
    {
        var members = new List<string>();
        if (scope.Set.Version is { } version && request.Preferences.Metadata != "none")
            members.Add($"'\"@odata.etag\":\"W/\\\"' || {scope.Column(version)} || '\\\"\"'");
        foreach (var property in selection.Properties)
            members.Add($"{JsonSql.Text($"\"{property.Name}\":")} || {JsonSql.Value(scope.Column(property), property.Type, request.NumbersAsText)}");
        foreach (var nested in selection.Expansions)
            members.Add($"{JsonSql.Text($"\"{nested.Navigation.Name}\":")} || {Of(nested, scope.Set, scope.Alias, expandText)}");
        return members.Count == 0 ? "'{}'" : $"'{{' || {string.Join(" || ',' || ", members)} || '}}'";
    }
}
