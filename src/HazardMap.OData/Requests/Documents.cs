using System.Collections.Concurrent;

namespace HazardMap.OData;

/// <summary>The service document, <c>$metadata</c> and <c>openapi.json</c>; the latter two are written once per service.</summary>
internal sealed class Documents(ODataModel model, ODataOptions options)
{
    private readonly ConcurrentDictionary<(string Type, string Version), Lazy<CachedDocument>> _csdl = new();

    private readonly Lazy<CachedDocument> _openApi = new(() => new CachedDocument("application/json", OpenApiDocument.Of(model, options)));

    public async Task ServiceAsync(ODataOperation operation, CancellationToken stop)
    {
        var preferences = Preferences.Of(operation, Format(operation));
        Preconditions.CheckWithoutETag(operation);
        operation.Answer.ContentType = $"application/json;odata.metadata={preferences.Metadata}";
        await using var stream = new JsonStream(operation.Answer);
        stream.Json.WriteStartObject();
        if (preferences.Metadata != "none") stream.Json.WriteString("@odata.context", operation.Root + "$metadata");
        stream.Json.WriteStartArray("value");
        foreach (var set in model.EntitySets.Values)
        {
            stream.Json.WriteStartObject();
            stream.Json.WriteString("name", set.Name);
            stream.Json.WriteString("kind", "EntitySet");
            stream.Json.WriteString("url", set.Name);
            stream.Json.WriteEndObject();
        }
        stream.Json.WriteEndArray();
        stream.Json.WriteEndObject();
        await stream.SendIfEnoughAsync(stop);
    }

    public Task MetadataAsync(ODataOperation operation, CancellationToken stop)
    {
        operation.Answer.Headers.Vary = "Accept, OData-MaxVersion";
        var (wanted, _) = MediaTypes.Choose(operation, Format(operation), ["application/xml", "application/json"]);
        var version = operation.Answer.Headers["OData-Version"].ToString();
        return _csdl.GetOrAdd((wanted, version), x => new(() => Written(x.Type, x.Version))).Value.SendAsync(operation, stop);
    }

    private CachedDocument Written(string type, string version)
    {
        var described = DescribedModel.Of(model, options, version);
        return new CachedDocument(type, type == "application/json" ? Csdl.Json(described) : Csdl.Xml(described));
    }

    public Task OpenApiAsync(ODataOperation operation, CancellationToken stop)
    {
        _ = MediaTypes.Choose(operation, format: null, ["application/json"]);
        return _openApi.Value.SendAsync(operation, stop);
    }

    private static string? Format(ODataOperation operation) =>
        UriGuard.Options(operation.Query).Where(x => x.Name is "$format" or "format").Select(x => x.Value).FirstOrDefault();
}
