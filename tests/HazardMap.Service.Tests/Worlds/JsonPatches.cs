using System.Text;

namespace HazardMap.Service.Tests.Worlds;

/// <summary>Changes of entities as clients of the API send them.</summary>
internal static class JsonPatches
{
    /// <summary>PATCHes with <c>If-Match</c>, or without it where <paramref name="etag"/> is null.</summary>
    public static async Task<HttpResponseMessage> PatchJsonAsync(
        this HttpClient client, string path, string json, string? etag = "*", bool withAnswer = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (withAnswer) request.Headers.Add("Prefer", "return=representation");
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await client.SendAsync(request);
    }
}
