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
        _ when type.IsGeography() => $"ST_AsGeoJSON(ST_ForcePolygonCCW({column}::geometry), 15)",
        _ => Quoted(PlainText(column, type)),
    };

    /// <summary>A value as payloads write it, without quotes.</summary>
    public static string PlainText(string column, ODataType type) => type switch
    {
        ODataType.Single or ODataType.Double =>
            $"(case {column}::text when 'Infinity' then 'INF' when '-Infinity' then '-INF' else {column}::text end)",
        ODataType.Binary => $"rtrim(translate(encode({column}, 'base64'), '+/' || chr(10), '-_'), '=')",
        ODataType.Date => Temporal.InCalendar($"to_char({column}, 'YYYY-MM-DD')", column, type),
        ODataType.DateTimeOffset =>
            Temporal.InCalendar($"to_char({column} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", column, type),
        ODataType.TimeOfDay => Temporal.InCalendar($"to_char({column}::interval, 'HH24:MI:SS.US')", column, type),
        ODataType.Duration => Duration(column),
        _ => $"({column})::text",
    };

    // Days and hours of one sign, no months; PostgreSQL would put the sign before each part.
    private static string Duration(string column) =>
        $"(select case when d < interval '0' then '-' || (-d)::text else d::text end from (select justify_hours({column} "
            + $"- make_interval(months => m) + make_interval(days => 30 * m)) as d from (select (extract(year from {column}) * 12 "
            + $"+ extract(month from {column}))::int4 as m) m) d)";

    private static string Quoted(string sql) => $"'\"' || {sql} || '\"'";
}
