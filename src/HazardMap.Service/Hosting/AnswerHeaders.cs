using System.Globalization;

namespace HazardMap.Service.Hosting;

/// <summary>
/// The headers that every answer of the application carries, errors included. They are set when an answer begins, for a failure clears
/// what was set before it. (What is no HTTP at all Kestrel refuses by itself, with an empty body and without them.)
/// </summary>
internal static class AnswerHeaders
{
    private const int RetryAfterSeconds = 5;
    private const string ContentPolicy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
        + "worker-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'";

    public static Task AddAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(SetAsync, http.Response);
        return next(http);
    }

    private static Task SetAsync(object state)
    {
        var response = (HttpResponse)state;
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = ContentPolicy;
        if (StrictTransport.Of(response.HttpContext.Request, response.HttpContext.RequestServices.GetRequiredService<HazardMapOptions>())
            is { } strict)
            headers.StrictTransportSecurity = strict;
        // People's names, photos, errors about them: no cache keeps an answer, unless its endpoint says that it may.
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        if (response.StatusCode is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
            && headers.RetryAfter.Count == 0)
            headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }
}
