using System.Security.Cryptography;

namespace HazardMap.OData;

/// <summary>A document that is the same for everybody until the service starts again: sent once, then confirmed by its ETag.</summary>
internal sealed class CachedDocument(string mediaType, byte[] content)
{
    // Weak: it may be compressed on the way.
    private readonly string _etag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"";

    public async Task SendAsync(ODataOperation operation, CancellationToken stop)
    {
        var answer = operation.Answer;
        answer.Headers.CacheControl = "private, no-cache";
        if (Preconditions.IsKnown(operation, _etag)) return;
        answer.ContentType = mediaType;
        await answer.Body.WriteAsync(content, stop);
    }
}
