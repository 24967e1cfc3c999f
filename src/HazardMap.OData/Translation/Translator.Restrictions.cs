namespace HazardMap.OData;

internal sealed partial class Translator
{
    /// <summary>The caller's mandatory predicate over an entity set; empty when there is none.</summary>
    public string RestrictionSql(EntitySet set, string alias) => Sql(caller.Restrict(set), set, alias);

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
