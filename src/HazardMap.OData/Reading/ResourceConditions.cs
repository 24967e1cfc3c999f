namespace HazardMap.OData;

/// <summary>The conditions a path puts on its rows: restriction, key, and the chain of navigations it came along.</summary>
internal static class ResourceConditions
{
    public static IEnumerable<string> Of(Resource resource, Scope scope, Translator translator)
    {
        var alias = scope.Alias;
        yield return translator.RestrictionSql(resource.Set, alias);
        if (resource.Key is not null)
            yield return $"{alias}.{resource.Set.Key.QuotedColumn} "
                + $"= {translator.Parameters.Add(KeyOf(resource), resource.Set.Key.Type.DbType())}";
        foreach (var filter in resource.Filters) yield return translator.Where(filter, scope);
        if (resource.Parent is { } parent)
        {
            var origin = translator.NewScope(parent.Set);
            var where = PageQuery.WhereSql([.. Of(parent, origin, translator)]);
            yield return $"{alias}.{resource.Via!.To.QuotedColumn} = (select {origin.Column(resource.Via.From)} "
                + $"from {origin.From()}{where})";
        }
    }

    private static object KeyOf(Resource resource) => resource.Set.Key.Type switch
    {
        ODataType.DateTimeOffset when resource.Key is DateTimeOffset time => time.UtcDateTime,
        _ => resource.Key!,
    };
}
