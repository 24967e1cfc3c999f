using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HazardMap.OData;

/// <summary>An OpenAPI 3.1 description of the service, made of the same model as <c>$metadata</c>.</summary>
internal static class OpenApiDocument
{
    public static byte[] Of(ODataModel model, ODataOptions options)
    {
        var components = new JsonObject
        {
            ["schemas"] = OpenApiSchemas.Of(model),
            ["parameters"] = OpenApiParameters.Shared(options),
            ["responses"] = OpenApiOperation.Refusals(),
        };
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = model.Namespace,
                ["version"] = "1",
                ["description"] = "OData 4.01. "
                    + "What this format cannot say ($filter, $apply, $expand with options, delta links) is in $metadata.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "." }),
            ["tags"] = Tags(model),
            ["paths"] = OpenApiPaths.Of(model),
            ["components"] = components,
        };
        if (options.HttpAuthenticationScheme is { } scheme)
        {
            components["securitySchemes"] = new JsonObject { ["login"] = new JsonObject { ["type"] = "http", ["scheme"] = scheme } };
            document["security"] = new JsonArray(new JsonObject { ["login"] = new JsonArray() });
        }
        return Bytes(document);
    }

    private static JsonArray Tags(ODataModel model)
    {
        JsonArray tags = [new JsonObject { ["name"] = "service" }];
        foreach (var set in model.EntitySets.Values)
        {
            var tag = new JsonObject { ["name"] = set.Name };
            if (OpenApiSchemas.Text(set.Description, set.DescriptionZh) is { } text) tag["description"] = text;
            tags.Add(tag);
        }
        return tags;
    }

    private static byte[] Bytes(JsonObject document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonStream.Style)) document.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
