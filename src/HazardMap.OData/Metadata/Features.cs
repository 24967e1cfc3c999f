namespace HazardMap.OData;

/// <summary>What the library itself can do, as the published capabilities say it; a test tries each.</summary>
internal static class Features
{
    public static IReadOnlyList<string> Formats { get; } =
    [
        "application/json;odata.metadata=minimal", "application/json;odata.metadata=full", "application/json;odata.metadata=none",
    ];

    public static IReadOnlyList<string> FilterFunctions { get; } =
    [
        "contains", "startswith", "endswith", "length", "indexof", "substring", "tolower", "toupper", "trim", "concat", "matchesPattern",
        "year", "month", "day", "hour", "minute", "second", "fractionalseconds", "date", "time", "totaloffsetminutes", "now",
        "mindatetime", "maxdatetime", "round", "floor", "ceiling", "cast", "isof", "geo.distance", "geo.intersects", "geo.length",
    ];

    public static IReadOnlyList<string> ApplyTransformations { get; } = ["filter", "groupby", "aggregate"];
}
