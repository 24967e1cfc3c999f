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

    /// <summary>What was is read, not changed; and of what was only rows are known.</summary>
    public static void CheckAsOf(ODataRequest request, Resource resource)
    {
        if (!request.Operation.IsRead) throw ODataRefusalException.Bad("$asof belongs to a read: what was is not changed.", "$asof");
        if (request.Query.ContainsKey("deltatoken"))
            throw ODataRefusalException.Bad("Changes are told up to now: $asof and $deltatoken exclude each other.", "$asof");
        if (resource.Function is not null || resource.IsMedia)
            throw ODataRefusalException.NotBuilt("$asof is built for entities, not for functions and streams.", "$asof");
    }
}
