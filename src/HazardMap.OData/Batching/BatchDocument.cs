using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>Reads a batch in JSON: <c>{"requests": [{"id", "method", "url", ...}]}</c>.</summary>
internal static class BatchDocument
{
    // Requests, their list and the batch around a body of its own depth.
    private const int MaxDepth = 28;

    public static List<BatchPart> Read(ReadOnlyMemory<byte> bytes)
    {
        using var json = RequestBody.Json(bytes, MaxDepth);
        if (!json.RootElement.TryGetProperty("requests", out var requests) || requests.ValueKind != JsonValueKind.Array)
            throw ODataRefusalException.Bad("A batch is {\"requests\": [...]}.", "requests");
        var parts = requests.EnumerateArray().Select(Part).ToList();
        CheckNames(parts);
        return parts;
    }

    private static BatchPart Part(JsonElement json, int place)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Bad(place, "is not an object");
        var method = Text(json, "method", place) ?? throw Bad(place, "has no method");
        var headers = Headers(json, place);
        return new BatchPart(
            Text(json, "id", place) ?? throw Bad(place, "has no id"), method.ToUpperInvariant(),
            Text(json, "url", place) ?? throw Bad(place, "has no url"), headers, Body(json, headers, place))
        {
            Group = Text(json, "atomicityGroup", place),
            DependsOn = json.TryGetProperty("dependsOn", out var list) ? Names(list, place) : [],
            IsConditional = json.TryGetProperty("if", out _),
        };
    }

    private static string? Text(JsonElement json, string name, int place)
    {
        if (!json.TryGetProperty(name, out var value)) return null;
        if (value.ValueKind != JsonValueKind.String) throw Bad(place, $"has a {name} that is not text");
        return BodyReader.Text(value);
    }

    private static List<string> Names(JsonElement list, int place) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(x => x.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(BodyReader.Text)] : throw Bad(place, "has a dependsOn that is not a list of ids");

    private static IHeaderDictionary Headers(JsonElement json, int place)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        if (!json.TryGetProperty("headers", out var members)) return headers;
        if (members.ValueKind != JsonValueKind.Object) throw Bad(place, "has headers that are not an object");
        foreach (var member in members.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String) throw Bad(place, $"has a header {member.Name} that is not text");
            headers[member.Name] = BodyReader.Text(member.Value);
        }
        return headers;
    }

    /// <summary>JSON as it stands; text of a text type as text; anything else in base64url.</summary>
    private static ReadOnlyMemory<byte> Body(JsonElement json, IHeaderDictionary headers, int place)
    {
        if (!json.TryGetProperty("body", out var body) || body.ValueKind == JsonValueKind.Null) return default;
        if (headers.ContentType.Count == 0) headers.ContentType = "application/json";
        var type = headers.ContentType.ToString();
        if (SentType.IsJson(type)) return Encoding.UTF8.GetBytes(body.GetRawText());
        if (body.ValueKind != JsonValueKind.String) throw Bad(place, "has a body that is neither JSON nor text");
        var text = BodyReader.Text(body);
        if (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)) return Encoding.UTF8.GetBytes(text);
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            throw Bad(place, "has a body that is not base64url");
        }
    }

    private static void CheckNames(List<BatchPart> parts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? group = null;
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            if (part.DependsOn.FirstOrDefault(x => !seen.Contains(x)) is { } unknown)
                throw Bad(i, $"depends on {unknown}, which does not come before it");
            if (part.Group is { } name && name != group && !seen.Add(name))
                throw Bad(i, $"is in the group {name}, whose requests must stand together and whose name must be its own");
            if (!seen.Add(part.Id)) throw Bad(i, $"has the id {part.Id}, which another has");
            group = part.Group;
        }
    }

    private static ODataRefusalException Bad(int place, RefusalText what) =>
        ODataRefusalException.Bad($"Request {place} of the batch {what}.", $"requests/{place}");
}
