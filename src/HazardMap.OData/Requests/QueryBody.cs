using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>
/// <c>POST .../$query</c>: a read whose query options are in the body, written as in a URL, because they are too long for one or
/// nothing that should stand in a log.
/// </summary>
internal static class QueryBody
{
    private const string Segment = "/$query";

    private static readonly string[] Types = ["text/plain", "application/x-www-form-urlencoded"];

    /// <summary>Whether the path asks for a query in the body.</summary>
    public static bool IsNamed(string path) => path.EndsWith(Segment, StringComparison.Ordinal) && path.Length > Segment.Length;

    /// <summary>The same request as a GET with the options of URL and body; OPTIONS, which has no body, stays as it is.</summary>
    public static async Task<ODataOperation> ReadAsync(ODataOperation operation, ODataOptions options, CancellationToken stop)
    {
        if (HttpMethods.IsOptions(operation.Method)) return operation;
        if (!HttpMethods.IsPost(operation.Method)) throw AllowedMethods.Refused(operation.Method, "$query", AllowedMethods.Calling);
        NeedText(operation.Headers.ContentType.ToString());
        var bytes = await RequestBody.BytesAsync(operation, nameof(ODataOptions.MaxUrlLength), options.MaxUrlLength, stop);
        var sent = Utf8Text.Read(bytes.Span, "The body", target: null).Trim().TrimStart('?');
        var query = string.Join('&', new[] { operation.Query.TrimStart('?'), sent }.Where(x => x.Length > 0));
        return operation with
        {
            Method = HttpMethods.Get, Path = operation.Path[..^Segment.Length], Query = query.Length == 0 ? "" : "?" + query,
        };
    }

    private static void NeedText(string contentType)
    {
        if (!Types.Contains(SentType.Name(contentType), StringComparer.Ordinal))
            throw new ODataRefusalException(415, "UnsupportedMediaType",
                "Send the query options as text/plain in UTF-8, written as in a URL.", "Content-Type");
        SentType.NeedUtf8(contentType);
    }
}
