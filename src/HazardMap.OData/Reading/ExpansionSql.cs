using System.Globalization;
using NpgsqlTypes;

namespace HazardMap.OData;

/// <summary>
/// An expanded navigation as one text column: the JSON of its entities, made by the database per row of the page, so that
/// nothing is held for the page as a whole. After the value may follow its annotations: a count, a link to what was cut.
/// </summary>
internal sealed class ExpansionSql(Translator translator, ODataRequest request)
{
    /// <summary>The column for one navigation of the entities of <paramref name="parent"/>.</summary>
    public string Of(Expansion expansion, Scope parent)
    {
        var scope = translator.NewScope(expansion.Navigation.Target);
        var nested = expansion.Item.Nested;
        translator.Compute(expansion.Selection.Computations, scope);
        var where = new List<string> { translator.Link(expansion.Navigation, parent.Alias, scope.Alias) };
        if (nested?.Filter is { } filter) where.Add(translator.Where(filter, scope));
        if (nested?.Search is { } search) where.Add(translator.Search(search, scope));
        if (expansion.Item.Kind == ExpandKind.Count) return $"(select count(*) from {scope.From()}{PageQuery.WhereSql(where)})::text";
        var entity = expansion.Item.Kind == ExpandKind.References
            ? Reference(scope) : new EntitySql(translator, request).Of(scope, expansion.Selection);
        return expansion.Navigation.ToMany
            ? Many(expansion, parent, scope, entity, where)
            : $"coalesce((select {entity} from {scope.From()}{PageQuery.WhereSql(where)} limit 1), 'null')";
    }

    private string Reference(Scope scope) => $"'{{\"@odata.id\":' || {new EntitySql(translator, request).Url(scope)} || '}}'";

    private string Many(Expansion expansion, Scope parent, Scope scope, string entity, List<string> where)
    {
        var nested = expansion.Item.Nested;
        var keys = new Ordering(translator, scope).Of(nested?.OrderBy ?? []);
        var limit = Math.Min(nested?.Top ?? long.MaxValue, request.Options.MaxPageSize);
        var isCut = nested?.Top is null || nested.Top > limit;
        var order = string.Join(", ", keys.Select(x => x.OrderBy(x.Sql)));
        var keyList = isCut ? string.Concat(keys.Select((x, i) => $", {x.Sql} as k{i}")) : "";
        var rows = string.Create(CultureInfo.InvariantCulture,
            $"select {entity} as j{keyList} from {scope.From()}{PageQuery.WhereSql(where)} order by {order} "
                + $"limit {(isCut ? limit + 1 : limit)} offset {nested?.Skip ?? 0}");
        var list = string.Create(CultureInfo.InvariantCulture,
            $"'[' || coalesce(string_agg(n.j, ',' order by n.n) filter (where n.n <= {limit}), '') || ']'");
        var name = expansion.Navigation.Name;
        if (isCut)
            list += string.Create(CultureInfo.InvariantCulture, $" || case when count(*) "
                + $"> {limit} then ',\"{name}@odata.nextLink\":' || {NextLink(expansion, parent, keys, limit)} else '' end");
        if (nested?.Count == true)
            list += $" || ',\"{name}@odata.count\":' || (select count(*) from {scope.From()}{PageQuery.WhereSql(where)})";
        return $"(select {list} from (select r.*, row_number() over () as n from ({rows}) r) n)";
    }

    /// <summary>The navigation itself, with the same options, after the last row that was given.</summary>
    private string NextLink(Expansion expansion, Scope parent, List<OrderKey> keys, long limit)
    {
        var navigation = expansion.Navigation;
        var texts = expansion.Item.Nested?.Texts ?? new Dictionary<string, string>(StringComparer.Ordinal);
        var token = SkipToken.Sql(SkipToken.Ordering(navigation.Target, texts), keys, i => $"n.k{i}");
        var path = navigation.Name + (expansion.Item.Kind == ExpandKind.References ? "/$ref" : "");
        var before = translator.Parameters.Add($"{request.Root}{parent.Set.Name}(", NpgsqlDbType.Text);
        var after = translator.Parameters.Add(
            $")/{path}?{string.Concat(Rest(expansion, limit).Select(x => x + "&"))}$skiptoken=", NpgsqlDbType.Text);
        var last = string.Create(CultureInfo.InvariantCulture, $"(array_agg({token}) filter (where n.n = {limit}))[1]");
        return $"to_json({before} || {UrlSql.Key(parent.Column(parent.Set.Key), parent.Set.Key.Type)} || {after} || {last})::text";
    }

    private IEnumerable<string> Rest(Expansion expansion, long limit)
    {
        var item = expansion.Item;
        var options = new Dictionary<string, string>(item.Nested?.Texts ?? new Dictionary<string, string>(StringComparer.Ordinal),
            StringComparer.Ordinal);
        foreach (var dropped in new[] { "skip", "top", "count", "levels" }) options.Remove(dropped);
        if (item.Nested?.Top is { } top) options["top"] = (top - limit).ToString(CultureInfo.InvariantCulture);
        if (item.Levels > 1) options["expand"] = Deeper(item, options.GetValueOrDefault("expand"));
        foreach (var (name, text) in request.Query.Where(x => x.Key.StartsWith('@'))) options.TryAdd(name, text);
        if (request.Query.TryGetValue("asof", out var moment)) options["asof"] = moment;
        return options.Select(x => $"{(x.Key.StartsWith('@') ? "" : "$")}{x.Key}={Uri.EscapeDataString(x.Value)}");
    }

    private static string Deeper(ExpandItem item, string? other)
    {
        var options = item.Nested!.Texts.Where(x => x.Key != "levels").Select(x => $"{(x.Key.StartsWith('@') ? "" : "$")}{x.Key}={x.Value}")
            .Append(string.Create(CultureInfo.InvariantCulture, $"$levels={item.Levels - 1}"));
        return $"{(other is null ? "" : other + ",")}{item.Name}({string.Join(';', options)})";
    }
}
