using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>
/// One request to the service and its answer, whichever way it came: as an HTTP request of its own or as a part of a batch.
/// Readers and writers know nothing else of HTTP.
/// </summary>
internal sealed record ODataOperation
{
    /// <summary>The HTTP request that carries this one, for the host's hooks.</summary>
    public required HttpContext Http { get; init; }

    public required string Method { get; init; }

    /// <summary>Absolute URL of the service root, ending in a slash.</summary>
    public required string Root { get; init; }

    /// <summary>Path below the service root, percent-encoded, beginning with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>Query options as sent: empty, or beginning with a question mark.</summary>
    public required string Query { get; init; }

    public required IHeaderDictionary Headers { get; init; }

    public required PipeReader Body { get; init; }

    public required ODataAnswer Answer { get; init; }

    /// <summary>Who asks; the same for every part of a batch.</summary>
    public required Lazy<ODataCaller> Caller { get; init; }

    /// <summary>The transaction of the atomicity group this is a part of; null: it has its own.</summary>
    public ChangeScope? Changes { get; init; }

    /// <summary>Earlier requests of the batch by their id: the URL, below the root, of the entity each is about.</summary>
    public IReadOnlyDictionary<string, string> Earlier { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    // A HEAD is a GET whose body the server leaves out.
    public bool IsRead => HttpMethods.IsGet(Method) || HttpMethods.IsHead(Method);

    /// <summary>Whether <c>Prefer</c> has a preference that is either there or not.</summary>
    public bool Wishes(string preference) => Headers["Prefer"].ToString().Split([',', ';'], StringSplitOptions.TrimEntries)
        .Any(x => x.Replace("odata.", "", StringComparison.OrdinalIgnoreCase) is var wish
            && (wish.Equals(preference, StringComparison.OrdinalIgnoreCase)
                || wish.Equals(preference + "=true", StringComparison.OrdinalIgnoreCase)));

    /// <summary>A slash at the end names the same, and so does a dollar sign that a client has encoded.</summary>
    public static string PlainPath(string path) => path.TrimEnd('/').Replace("/%24", "/$", StringComparison.Ordinal);

    public static ODataOperation Of(HttpContext http, string prefix, ODataOptions options, ODataAnswer? answer = null)
    {
        var path = PathOf(http, prefix);
        return new ODataOperation
        {
            Http = http,
            Method = http.Request.Method,
            Root = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{prefix}/",
            Path = path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? path[prefix.Length..] : path,
            Query = http.Request.QueryString.Value ?? "",
            Headers = http.Request.Headers,
            Body = http.Request.BodyReader,
            Answer = answer ?? new HttpAnswer(http),
            Caller = new Lazy<ODataCaller>(() => options.Caller(http)),
        };
    }

    /// <summary>
    /// The path as it was sent: decoded and encoded again, <c>%2526</c> would be <c>%26</c> and a slash in a key a new segment.
    /// </summary>
    private static string PathOf(HttpContext http, string prefix)
    {
        var target = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget ?? "";
        var before = http.Request.PathBase.ToUriComponent();
        var path = target.Split('?')[0];
        return path.StartsWith(before + prefix, StringComparison.OrdinalIgnoreCase)
            ? path[before.Length..] : http.Request.Path.ToUriComponent();
    }
}
