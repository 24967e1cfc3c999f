using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HazardMap.OData;

/// <summary>Reads a batch as multipart/mixed: parts are HTTP requests, nested multiparts are change sets.</summary>
internal sealed class BatchMime(int maxParts)
{
    private readonly List<BatchPart> _parts = [];
    private int _groups;

    public static async Task<List<BatchPart>> ReadAsync(ReadOnlyMemory<byte> bytes, string contentType,
        int maxParts, CancellationToken stop)
    {
        var reader = new BatchMime(maxParts);
        try
        {
            await reader.EachAsync(new MemoryStream(bytes.ToArray()), Boundary(contentType), group: null, stop);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException)
        {
            throw Bad($"its parts are not separated as they should be ({error.Message})");
        }
        return reader._parts;
    }

    private static string Boundary(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 } boundary
            ? boundary.ToString() : throw Bad("its content type has no boundary");

    private async Task EachAsync(Stream stream, string boundary, string? group, CancellationToken stop)
    {
        var reader = new MultipartReader(boundary, stream) { HeadersCountLimit = 32 };
        while (await reader.ReadNextSectionAsync(stop) is { } section)
        {
            var type = SentType.Name(section.ContentType ?? "");
            if (type == "application/http") await AddAsync(section, group, stop);
            else if (type != "multipart/mixed")
                throw Bad("a part is neither application/http nor a change set");
            else if (group is not null) throw Bad("a change set stands within a change set");
            else
                await EachAsync(section.Body, Boundary(section.ContentType!),
                    "changeset" + (++_groups).ToString(CultureInfo.InvariantCulture), stop);
        }
    }

    private async Task AddAsync(MultipartSection section, string? group, CancellationToken stop)
    {
        if (_parts.Count == maxParts)
            throw ODataRefusalException.Over(nameof(ODataOptions.MaxBatchParts), maxParts, "The batch has too many requests.");
        var buffer = new MemoryStream();
        await section.Body.CopyToAsync(buffer, stop);
        var name = section.Headers is { } given && given.TryGetValue("Content-ID", out var id) ? id.ToString().Trim() : "";
        if (name.Length > 0 && _parts.Exists(x => x.IsNamed && x.Id == name)) throw Bad($"the Content-ID {name} is used twice");
        var number = _parts.Count.ToString(CultureInfo.InvariantCulture);
        _parts.Add(Request(buffer.ToArray()) with { Id = name.Length > 0 ? name : "#" + number, IsNamed = name.Length > 0, Group = group });
    }

    private static BatchPart Request(byte[] bytes)
    {
        var place = 0;
        string line;
        while ((line = Line(bytes, ref place)).Length == 0 && place < bytes.Length)
        {
        }
        var words = line.Split(' ');
        if (words is not [var method, var url, var version] || !version.StartsWith("HTTP/", StringComparison.Ordinal) || method.Length == 0)
            throw Bad("a part does not begin with a request line");
        IHeaderDictionary headers = new HeaderDictionary();
        while ((line = Line(bytes, ref place)).Length > 0)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) throw Bad("a part has a header without a colon");
            headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }
        // Writers end a body with a line break that belongs to the boundary; JSON does not mind, a raw value with a length does.
        var body = bytes.AsMemory(Math.Min(place, bytes.Length));
        if (headers.ContentLength is >= 0 and var length && length <= body.Length) body = body[..(int)length];
        return new BatchPart("", method, url, headers, body);
    }

    private static string Line(byte[] bytes, ref int place)
    {
        if (place >= bytes.Length) return "";
        var end = Array.IndexOf(bytes, (byte)'\n', place);
        if (end < 0) end = bytes.Length;
        var line = Utf8Text.Read(bytes.AsSpan(place, end - place), "A line of the batch", target: null).TrimEnd('\r');
        place = end + 1;
        return line;
    }

    private static ODataRefusalException Bad(RefusalText what) =>
        ODataRefusalException.Bad($"The batch cannot be read: {what}.", code: "BadBatch");
}
