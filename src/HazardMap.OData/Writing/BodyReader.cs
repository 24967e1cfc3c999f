using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>Reads a body as values for writable properties; everything else in it is refused by name.</summary>
internal static class BodyReader
{
    private const int MaxDepth = 24;

    public static async Task<JsonDocument> Document(ODataOperation operation, ODataOptions options, CancellationToken cancellation)
    {
        var type = operation.Headers.ContentType.ToString().Split(';')[0].Trim();
        if (!string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase))
            throw new ODataRefusalException(415, "UnsupportedMediaType", "Send application/json.", "Content-Type");
        var bytes = await Bytes(operation.Body, options.MaxBodyBytes, cancellation);
        try
        {
            var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            throw ODataRefusalException.Bad("The body must be a JSON object.");
        }
        // Half a surrogate pair in a name is found while duplicate names are looked for.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw ODataRefusalException.Bad($"The body is not JSON that can be read: {error.Message}");
        }
    }

    public static Dictionary<Property, object?> Values(EntitySet set, JsonElement body, ODataCaller caller, ODataOptions options, bool creating)
    {
        var values = new Dictionary<Property, object?>();
        foreach (var member in body.EnumerateObject())
        {
            var name = Name(member);
            if (name.Contains('@', StringComparison.Ordinal))
            {
                if (name.EndsWith("bind", StringComparison.Ordinal)) throw ODataRefusalException.NotBuilt("Binding is not built yet.", name);
                continue;
            }
            values.Add(Writable(set, name, caller, creating), JsonValues.Read(set.Find(name)!, member.Value, options));
        }
        return values;
    }

    private static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw ODataRefusalException.Bad("The body has a property whose name is not text.");
        }
    }

    private static Property Writable(EntitySet set, string name, ODataCaller caller, bool creating)
    {
        if (set.FindNavigation(name) is not null) throw ODataRefusalException.NotBuilt($"Writing {name} along is not built yet.", name);
        var property = set.Find(name) ?? throw ODataRefusalException.Bad($"{set.Name} has no property {name}.", name, "UnknownProperty");
        if (!(property.Writable || creating && property.Creatable) || !caller.MayRead(set, property))
            throw new ODataRefusalException(422, "ReadOnlyProperty", $"{name} belongs to the server and cannot be set.", name);
        return property;
    }

    private static async Task<ReadOnlyMemory<byte>> Bytes(PipeReader body, int limit, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var read = await body.ReadAsync(cancellation);
                foreach (var segment in read.Buffer) buffer.Write(segment.Span);
                body.AdvanceTo(read.Buffer.End);
                if (buffer.WrittenCount > limit) throw new ODataRefusalException(413, "BodyTooLarge", $"The body is larger than {limit} bytes.");
                if (read.IsCompleted) return buffer.WrittenMemory;
            }
        }
        catch (BadHttpRequestException error)
        {
            throw new ODataRefusalException(error.StatusCode, "BadBody", "The body cannot be read.");
        }
    }
}
