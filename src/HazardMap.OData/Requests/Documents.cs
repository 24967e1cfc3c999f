namespace HazardMap.OData;

/// <summary>The service document, <c>$metadata</c> and <c>openapi.json</c>; the latter two are written once per service.</summary>
internal sealed class Documents(ODataModel model, ODataOptions options)
{
    private readonly Lazy<CachedDocument> xml = new(() => new CachedDocument("application/xml", Csdl.Xml(DescribedModel.Of(model, options))));
    private readonly Lazy<CachedDocument> json = new(() => new CachedDocument("application/json", Csdl.Json(DescribedModel.Of(model, options))));

    private readonly Lazy<CachedDocument> openApi = new(() => new CachedDocument("application/json", OpenApiDocument.Of(model, options)));

    public async Task Service(ODataOperation operation, CancellationToken cancellation)
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
        await stream.SendIfEnough(cancellation);
    }

    public Task Metadata(ODataOperation operation, CancellationToken cancellation)
    {
        operation.Answer.Headers.Vary = "Accept";
        var wanted = MediaTypes.Choose(Format(operation), operation.Headers.Accept.ToString(), ["application/xml", "application/json"]);
        return (wanted == "application/json" ? json : xml).Value.Send(operation, cancellation);
    }

    public Task OpenApi(ODataOperation operation, CancellationToken cancellation) => openApi.Value.Send(operation, cancellation);

    private static string? Format(ODataOperation operation) =>
        UriGuard.Options(operation.Query).Where(x => x.Name is "$format" or "format").Select(x => x.Value).FirstOrDefault();
}
