namespace HazardMap.OData;

/// <summary><c>/$entity?$id=...</c>: an entity by its id, absolute or relative to the service root.</summary>
internal static class EntityIds
{
    public static bool IsEntity(string path) => path.TrimEnd('/') is "/$entity";

    public static string Path(ODataOperation operation, IReadOnlyDictionary<string, string> query)
    {
        if (!query.TryGetValue("id", out var id)) throw ODataRefusalException.Bad("$entity needs $id.", "$id");
        var root = new Uri(operation.Root);
        if (Uri.TryCreate(root, id, out var target) && target.AbsoluteUri.StartsWith(root.AbsoluteUri, StringComparison.OrdinalIgnoreCase)
            && target.Query.Length == 0)
            return "/" + target.AbsoluteUri[root.AbsoluteUri.Length..];
        throw ODataRefusalException.NotFound($"{id} is not an entity of this service.", "$id");
    }
}
