using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary><c>If-Match</c>: whoever changes a row says which state of it he has seen.</summary>
internal static class Preconditions
{
    /// <summary>The states the client accepts; null: any (<c>*</c>).</summary>
    public static IReadOnlyList<string>? IfMatch(HttpRequest http)
    {
        var header = http.Headers.IfMatch.ToString();
        if (header.Length == 0)
            throw new ODataRefusalException(428, "PreconditionRequired", "Send the entity's @odata.etag in If-Match, or * for whatever state it is in.", "If-Match");
        var tags = header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return tags.Contains("*", StringComparer.Ordinal) ? null : tags;
    }

    public static bool Holds(IReadOnlyList<string>? accepted, string etag) =>
        accepted is null || accepted.Any(x => string.Equals(Strong(x), Strong(etag), StringComparison.Ordinal));

    private static string Strong(string etag) => etag.StartsWith("W/", StringComparison.Ordinal) ? etag[2..] : etag;
}
