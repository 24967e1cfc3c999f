using System.Text.Json;

namespace HazardMap.OData;

/// <summary>References to entities: URLs in a body or in <c>$id</c>, absolute, from the host's root, from the service root,
/// or <c>$1</c> in a batch.</summary>
internal static class References
{
    /// <summary>The member that makes an object a reference; null when it is none.</summary>
    public static JsonElement? Id(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return null;
        return json.TryGetProperty("@id", out var id) || json.TryGetProperty("@odata.id", out id) ? id : null;
    }

    public static object Key(ODataRequest request, EntitySet set, JsonElement url, string place) => url.ValueKind == JsonValueKind.String
        ? Key(request, set, BodyReader.Text(url), place)
        : throw ODataRefusalException.Bad($"{place} needs the URL of an entity.", place, "BadReference");

    /// <summary>The key of the entity of <paramref name="set"/> that a URL names.</summary>
    public static object Key(ODataRequest request, EntitySet set, string url, string place)
    {
        var path = Below(request.Operation, url) ?? throw Bad(set, url, place);
        Resource resource;
        try
        {
            resource = Resource.Of(ODataRequest.Parse(request.Operation with { Path = path, Query = "" }, request.Model, request.Options));
        }
        catch (ODataRefusalException refusal) when (refusal.Status is 404 or 400 or 501)
        {
            throw Bad(set, url, place);
        }
        return resource is { Key: { } key, Parent: null, Property: null, Function: null, IsReference: false } && resource.Set == set
            ? key : throw Bad(set, url, place);
    }

    /// <summary>The path below the service root, beginning with a slash; null: not of this service.</summary>
    public static string? Below(ODataOperation operation, string url)
    {
        if (url.StartsWith('$'))
        {
            var end = url.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? slash : url.Length;
            if (operation.Earlier.TryGetValue(url[1..end], out var entity)) return entity + url[end..];
        }
        if (!Uri.TryCreate(operation.Root, UriKind.Absolute, out var root)) return null;
        var below = url.StartsWith('/')
            ? url : url.Contains("://", StringComparison.Ordinal) ? AfterHost(root, url) : root.AbsolutePath + url;
        return below is not null && below.StartsWith(root.AbsolutePath, StringComparison.OrdinalIgnoreCase)
            ? "/" + below[root.AbsolutePath.Length..] : null;
    }

    private static string? AfterHost(Uri root, string url)
    {
        var host = root.GetLeftPart(UriPartial.Authority);
        return url.StartsWith(host + "/", StringComparison.OrdinalIgnoreCase) ? url[host.Length..] : null;
    }

    private static ODataRefusalException Bad(EntitySet set, string url, string place) =>
        ODataRefusalException.Bad($"{place} must be the URL of an entity of {set.Name}, such as {set.Name}(key), "
            + $"not {(url.Length > 100 ? url[..100] + "..." : url)}.", place, "BadReference");
}
