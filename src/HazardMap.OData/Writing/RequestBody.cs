using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>The body of a request: read whole before a transaction begins, never more than allowed.</summary>
internal static class RequestBody
{
    private const int MaxDepth = 24;

    /// <summary>The bytes that were sent, unpacked.</summary>
    public static async Task<ReadOnlyMemory<byte>> BytesAsync(ODataOperation operation, string limit, int bytes, CancellationToken stop) =>
        ContentCoding.Unpack(await PackedAsync(operation.Body, limit, bytes, stop),
            operation.Headers.ContentEncoding.ToString(), limit, bytes);

    public static ODataRefusalException TooLarge(string limit, int bytes) =>
        ODataRefusalException.Over(limit, bytes, "The body has too many bytes.", code: "BodyTooLarge", status: 413);

    private static async Task<ReadOnlyMemory<byte>> PackedAsync(PipeReader body, string limit, int bytes, CancellationToken stop)
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
                if (buffer.WrittenCount > bytes) throw TooLarge(limit, bytes);
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
        SentType.NeedJson(operation.Headers.ContentType.ToString());
        return Json(bytes, MaxDepth);
    }

    public static JsonDocument Json(ReadOnlyMemory<byte> bytes, int depth)
    {
        bytes = bytes[^Utf8Text.WithoutMark(bytes.Span).Length..];
        Utf8Text.NeedJson(bytes.Span);
        try
        {
            var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = depth, AllowDuplicateProperties = false });
            if (bytes.Span.IndexOf("\\u"u8) >= 0) NeedText(document.RootElement, place: null);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            throw ODataRefusalException.Bad("The body must be a JSON object.");
        }
        // Half a surrogate pair is found when a text is asked for, in a name while duplicate names are looked for.
        catch (InvalidOperationException)
        {
            throw ODataRefusalException.Bad("The body has a property whose name is not text.");
        }
        catch (JsonException error)
        {
            var (line, place) = (error.LineNumber + 1 ?? 1, error.BytePositionInLine + 1 ?? 1);
            throw ODataRefusalException.Bad($"The body is not JSON that can be read: line {line}, byte {place}: {error.Message}");
        }
    }

    /// <summary>Refuses an escaped half of a surrogate pair: it is no text and would fail wherever the text is read first.</summary>
    public static void NeedText(JsonElement element, string? place)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var number = 0;
            foreach (var item in element.EnumerateArray())
            {
                // positions of shapes, of which there may be very many, hold no text
                if (item.ValueKind is JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.String)
                    NeedText(item, Below(place, number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                number++;
            }
        }
        if (element.ValueKind == JsonValueKind.Object)
            foreach (var member in element.EnumerateObject()) NeedText(member.Value, Below(place, member.Name));
        if (element.ValueKind == JsonValueKind.String && !IsText(element))
            throw ODataRefusalException.Bad($"{place} contains a character that is not text.", place);
    }

    private static string Below(string? place, string name) => place is null ? name : $"{place}/{name}";

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
