namespace HazardMap.OData;

/// <summary>Which query options fit which resources.</summary>
internal static class OptionRules
{
    private static readonly string[] OfCollections = ["filter", "search", "orderby", "top", "skip", "count", "skiptoken"];

    public static void RefuseForOne(ODataRequest request)
    {
        if (OfCollections.FirstOrDefault(request.Query.ContainsKey) is { } option)
            throw ODataRefusalException.Bad($"${option} needs a collection; the path names one entity or value.", "$" + option);
    }
}
