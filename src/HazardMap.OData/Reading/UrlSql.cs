namespace HazardMap.OData;

/// <summary>The same addresses as <see cref="Urls"/> makes, as SQL text expressions.</summary>
internal static class UrlSql
{
    /// <summary>A key as it stands between the parentheses of an address.</summary>
    public static string Key(string column, ODataType type) => type == ODataType.String
        ? $"'''' || {Escaped($"replace({column}, '''', '''''')")} || ''''"
        : Escaped(JsonSql.PlainText(column, type));

    /// <summary>Percent-encoding; PostgreSQL has no function for it.</summary>
    private static string Escaped(string text) =>
        "(select coalesce(string_agg(case when c ~ '[A-Za-z0-9_.~-]' then c "
        + "else regexp_replace(upper(encode(convert_to(c, 'UTF8'), 'hex')), '(..)', '%\\1', 'g') end, '' order by i), '')"
        + $" from regexp_split_to_table({text}, '') with ordinality as x(c, i))";
}
