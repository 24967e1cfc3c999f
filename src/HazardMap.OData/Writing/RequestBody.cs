using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>The body of a request: read whole before a transaction begins, never more than allowed.</summary>
internal static class RequestBody
{
    private const int MaxDepth = 24;

    public static async Task<ReadOnlyMemory<byte>> Bytes(PipeReader body, string limit, int bytes, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                var read = await body.ReadAsync(cancellation);
                // A reader over nothing has no end to advance to.
                if (read is { IsCompleted: true, Buffer.IsEmpty: true }) return buffer.WrittenMemory;
                foreach (var segment in read.Buffer) buffer.Write(segment.Span);
                body.AdvanceTo(read.Buffer.End);
                if (buffer.WrittenCount > bytes) throw ODataRefusalException.Over(limit, bytes, "The body has too many bytes.", code: "BodyTooLarge", status: 413);
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
}
