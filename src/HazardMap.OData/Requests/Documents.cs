namespace HazardMap.OData;

/// <summary>The service document, <c>$metadata</c> and <c>openapi.json</c>; the latter two are written once per service.</summary>
internal sealed class Documents(ODataModel model, ODataOptions options)
{
    private readonly Lazy<CachedDocument> _xml =
        new(() => new CachedDocument("application/xml", Csdl.Xml(DescribedModel.Of(model, options))));
    private readonly Lazy<CachedDocument> _json =
        new(() => new CachedDocument("application/json", Csdl.Json(DescribedModel.Of(model, options))));

    private readonly Lazy<CachedDocument> _openApi = new(() => new CachedDocument("application/json", OpenApiDocument.Of(model, options)));

    public async Task ServiceAsync(ODataOperation operation, CancellationToken stop)
    {
        var preferences = Preferences.Of(operation, Format(operation));
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
        operation.Answer.Headers.Vary = "Accept";
        var (wanted, _) = MediaTypes.Choose(operation, Format(operation), ["application/xml", "application/json"]);
        return (wanted == "application/json" ? _json : _xml).Value.SendAsync(operation, stop);
    }

    public Task OpenApiAsync(ODataOperation operation, CancellationToken stop)
    {
        _ = MediaTypes.Choose(operation, format: null, ["application/json"]);
        return _openApi.Value.SendAsync(operation, stop);
    }

    private static string? Format(ODataOperation operation) =>
        UriGuard.Options(operation.Query).Where(x => x.Name is "$format" or "format").Select(x => x.Value).FirstOrDefault();
}
