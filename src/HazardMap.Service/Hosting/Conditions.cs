using Microsoft.Net.Http.Headers;

namespace HazardMap.Service.Hosting;

/// <summary>What the preconditions of a read say when its answer is known by its ETag (RFC 9110, 13.2.2).</summary>
internal static class Conditions
{
    /// <summary>Whether all has been answered: 412 when the client asks for another state, 304 when it has this one.</summary>
    public static async Task<bool> AnswerAsync(HttpContext http, EntityTagHeaderValue tag)
    {
        var headers = http.Request.GetTypedHeaders();
        if (headers.IfMatch is { Count: > 0 } wanted && !Names(wanted, tag))
        {
            await Errors.WriteAsync(http, StatusCodes.Status412PreconditionFailed, "Stale", "It is not in the state that If-Match names.",
                "当前状态与 If-Match 所指不符。", "If-Match");
            return true;
        }
        if (headers.IfNoneMatch is not { Count: > 0 } known || !Names(known, tag)) return false;
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    // Weakly, as a proxy may have made either weak.
    private static bool Names(IList<EntityTagHeaderValue> tags, EntityTagHeaderValue tag) =>
        tags.Any(x => x.Equals(EntityTagHeaderValue.Any) || x.Compare(tag, useStrongComparison: false));
}
