namespace HazardMap.OData;

internal sealed partial class Translator
{
    /// <summary>The caller's mandatory predicate over an entity set; empty when there is none.</summary>
    public string RestrictionSql(EntitySet set, string alias) => Sql(caller.Restrict(set), set, alias);

    /// <summary>Set when something has been written that can fail on a row, such as a division.</summary>
    private bool _mayFail;

    /// <summary>
    /// A condition that can fail is asked only of rows that the caller may see: PostgreSQL tests the conjuncts of WHERE in
    /// the order it likes, and an error would tell that a row outside is there, and what is in it.
    /// </summary>
    private string Behind(Scope scope, string condition)
    {
        if (!_mayFail) return condition;
        var walls = scope.Joined.Select(
            x => RestrictionSql(x.Set, x.Alias) is { Length: > 0 } wall ? $"({x.Column(x.Set.Key)} is null or {wall})" : "");
        if (scope.IsTable) walls = walls.Prepend(RestrictionSql(scope.Set, scope.Alias));
        var all = string.Join(" and ", walls.Where(x => x.Length > 0));
        return all.Length == 0 ? condition : $"(case when {all} then {condition} else false end)";
    }

    private string Sql(Restriction restriction, EntitySet set, string alias) => restriction switch
    {
        Restriction.All => "",
        Restriction.None => "false",
        Restriction.Prefix prefix => $"{alias}.{set.Need(prefix.Property).QuotedColumn} like "
            + parameters.Add(LikePattern(prefix.Value) + "%", NpgsqlTypes.NpgsqlDbType.Text),
        Restriction.Equal equal => Equal(set.Need(equal.Property), equal.Value, alias),
        Restriction.Or either => Either(either, set, alias),
        _ => "false",
    };

    private string Equal(Property property, object value, string alias) =>
        $"{alias}.{property.QuotedColumn} = {parameters.Add(value, property.Type.DbType())}";

    private string Either(Restriction.Or either, EntitySet set, string alias)
    {
        var parts = either.Restrictions.Select(x => Sql(x, set, alias)).ToList();
        if (parts.Count == 0) return "false";
        return parts.Contains("") ? "" : $"({string.Join(" or ", parts)})";
    }

    private static string LikePattern(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
