using System.Globalization;

namespace HazardMap.Service.Hosting;

/// <summary>
/// What the web server itself refuses (no such route, another method, too many tries) it refuses without a word; here it gets the
/// words and the shape of every other error.
/// </summary>
internal static class BareAnswers
{
    /// <summary>Writes the error of the answer's own status.</summary>
    public static Task WriteAsync(HttpContext http) => WriteAsync(http, http.Response.StatusCode, reason: null);

    /// <summary>Writes the error of a status.</summary>
    /// <param name="http">Whose answer is not begun.</param>
    /// <param name="status">400 or above.</param>
    /// <param name="reason">What else is known, in English.</param>
    public static Task WriteAsync(HttpContext http, int status, string? reason)
    {
        var (code, english, chinese) = Of(http, status);
        return Errors.WriteAsync(http, status, code, reason is null ? english : $"{english} {reason}",
            reason is null ? chinese : $"{chinese}（{reason}）");
    }

    private static (string Code, string English, string Chinese) Of(HttpContext http, int status)
    {
        var (method, path) = (http.Request.Method, http.Request.Path);
        return status switch
        {
            400 => ("BadRequest", "The request cannot be read.", "无法读取该请求。"),
            401 => ("Unauthorized", "Log in first.", "请先登录。"),
            403 => ("Forbidden", "This account may not do that.", "此账户无权执行该操作。"),
            404 => ("NotFound", $"There is nothing at {path}.", $"{path} 不存在。"),
            405 => ("MethodNotAllowed", $"{method} does not apply to {path}; the header Allow names what does.",
                $"{path} 不支持 {method}，可用的方法见响应头 Allow。"),
            406 => ("NotAcceptable", "Nothing that the header Accept asks for is served here.",
                "此处无法提供请求头 Accept 所要求的格式。"),
            408 => ("TooSlow", "The request came too slowly.", "请求发送过慢。"),
            413 => ("BodyTooLarge", "The body has too many bytes.", "请求正文过大。"),
            414 or 431 => ("UrlTooLong", "The URL or the headers are too long.", "网址或请求头过长。"),
            415 => ("UnsupportedMediaType", "A body of this type is not read here.", "此处不接受这种类型的请求正文。"),
            429 => ("TooManyRequests", "Too many tries. Wait a minute and try again.", "尝试次数过多，请一分钟后再试。"),
            503 => ("Unavailable", "The service cannot answer right now. Try again in a moment.",
                "服务暂时无法响应，请稍后再试。"),
            _ => ("Refused", string.Create(CultureInfo.InvariantCulture, $"The request was refused ({status})."),
                string.Create(CultureInfo.InvariantCulture, $"请求被拒绝（{status}）。")),
        };
    }
}
