namespace HazardMap.OData;

/// <summary>The same JSON as <see cref="ValueWriter"/> writes, as SQL text expressions: for entities inside entities.</summary>
internal static class JsonSql
{
    public static string Text(string literal) => "'" + literal.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>A JSON value of the column as SQL text, never null.</summary>
    public static string Value(string column, ODataType type, bool numbersAsText) =>
        $"coalesce({Bare(column, type, numbersAsText)}, 'null')";

    private static string Bare(string column, ODataType type, bool numbersAsText) => type switch
    {
        ODataType.Boolean or ODataType.Int16 or ODataType.Int32 => PlainText(column, type),
        ODataType.Int64 or ODataType.Decimal => numbersAsText ? Quoted(PlainText(column, type)) : PlainText(column, type),
        ODataType.Single or ODataType.Double =>
            $"case {column}::text when 'NaN' then '\"NaN\"' when 'Infinity' then '\"INF\"' when '-Infinity' then '\"-INF\"' "
                + $"else {column}::text end",
        ODataType.String or ODataType.Enum => $"to_json({column})::text",
        _ when type.IsGeography() => $"ST_AsGeoJSON({column}, 15)",
        _ => Quoted(PlainText(column, type)),
    };

    /// <summary>A value as payloads write it, without quotes.</summary>
    public static string PlainText(string column, ODataType type) => type switch
    {
        ODataType.Single or ODataType.Double =>
            $"(case {column}::text when 'Infinity' then 'INF' when '-Infinity' then '-INF' else {column}::text end)",
        ODataType.Binary => $"rtrim(translate(encode({column}, 'base64'), '+/' || chr(10), '-_'), '=')",
        ODataType.Date => $"to_char({column}, 'YYYY-MM-DD')",
        ODataType.DateTimeOffset => $"to_char({column} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
        ODataType.TimeOfDay => $"to_char({column}::interval, 'HH24:MI:SS.US')",
        ODataType.Duration => $"justify_hours({column})::text",
        _ => $"({column})::text",
    };

    private static string Quoted(string sql) => $"'\"' || {sql} || '\"'";
}
