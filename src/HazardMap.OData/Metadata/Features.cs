namespace HazardMap.OData;

/// <summary>What the library itself can do, as the published capabilities say it; a test tries each.</summary>
internal static class Features
{
    public static IReadOnlyList<string> Formats { get; } =
    [
        "application/json;odata.metadata=minimal", "application/json;odata.metadata=full", "application/json;odata.metadata=none",
    ];

    public static IReadOnlyList<string> FilterFunctions { get; } = [.. Translator.FunctionNames, "case"];

    public static IReadOnlyList<string> ApplyTransformations { get; } = ApplyParser.Names;

    public static IReadOnlyList<string> BatchFormats { get; } = ["multipart/mixed", "application/json"];
}
