using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>The body of a request: read whole before a transaction begins, never more than allowed.</summary>
internal static class RequestBody
{
    private const int MaxDepth = 24;

    public static async Task<ReadOnlyMemory<byte>> BytesAsync(PipeReader body, string limit, int bytes, CancellationToken stop)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var read = await body.ReadAsync(stop);
                foreach (var segment in read.Buffer) buffer.Write(segment.Span);
                // after the last, empty read too: Kestrel ends a connection whose body is still being read
                body.AdvanceTo(read.Buffer.End);
                if (buffer.WrittenCount > bytes)
                    throw ODataRefusalException.Over(limit, bytes, "The body has too many bytes.", code: "BodyTooLarge", status: 413);
                if (read.IsCompleted) return buffer.WrittenMemory;
            }
        }
        catch (BadHttpRequestException error)
        {
            throw new ODataRefusalException(error.StatusCode, "BadBody", "The body cannot be read.");
        }
    }

    /// <summary>The body as a JSON object.</summary>
    public static JsonDocument Json(ODataOperation operation, ReadOnlyMemory<byte> bytes)
    {
        if (!IsJson(operation.Headers.ContentType.ToString()))
            throw new ODataRefusalException(415, "UnsupportedMediaType", "Send application/json.", "Content-Type");
        return Json(bytes, MaxDepth);
    }

    public static bool IsJson(string contentType) =>
        string.Equals(contentType.Split(';')[0].Trim(), "application/json", StringComparison.OrdinalIgnoreCase);

    public static JsonDocument Json(ReadOnlyMemory<byte> bytes, int depth)
    {
        try
        {
            var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = depth, AllowDuplicateProperties = false });
            if (bytes.Span.IndexOf("\\u"u8) >= 0) NeedText(document.RootElement);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            throw ODataRefusalException.Bad("The body must be a JSON object.");
        }
        // Half a surrogate pair is found when a text is asked for, in a name while duplicate names are looked for.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw ODataRefusalException.Bad($"The body is not JSON that can be read: {error.Message}");
        }
    }

    // An escaped half of a surrogate pair is no text; it would fail wherever the text is read first.
    private static void NeedText(JsonElement element, string? place = null)
    {
        if (element.ValueKind == JsonValueKind.Array) foreach (var item in element.EnumerateArray()) NeedText(item, place);
        if (element.ValueKind == JsonValueKind.Object)
            foreach (var member in element.EnumerateObject()) NeedText(member.Value, member.Name);
        if (element.ValueKind == JsonValueKind.String && !IsText(element))
            throw ODataRefusalException.Bad($"{place} contains a character that is not text.", place);
    }

    private static bool IsText(JsonElement text)
    {
        try
        {
            return text.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
