using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using HazardMap.Service.Database;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace HazardMap.Service.Hosting;

/// <summary>The one place where a failure becomes an HTTP answer: OData error JSON, never a stack trace.</summary>
internal static class Errors
{
    // Relaxed: the answer is JSON and says so (nosniff), so quotes and Chinese may stand as they are.
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, // as the API's own errors
    };

    /// <summary>Writes an OData error; the Chinese text travels in <c>details</c> under the code <c>zh</c>.</summary>
    public static Task WriteAsync(HttpContext http, int status, string code, string message,
        string? messageZh = null, string? target = null)
    {
        if (http.Response.HasStarted)
            return Task.CompletedTask;
        http.Response.StatusCode = status;
        object[] details = messageZh is null || messageZh == message ? [] : [new { code = "zh", message = messageZh }];
        return http.Response.WriteAsJsonAsync(new { error = new { code, message, target, details } }, Json,
            "application/json", http.RequestAborted);
    }

    /// <summary>Whether a failure is the client's, and his answer says all there is to say of it.</summary>
    public static bool IsRefusal(Exception failure) =>
        failure is RefusalException or BadHttpRequestException or PostgresException { SqlState: ['2', '2', ..] };

    /// <summary>Says what is wrong with the database, and when to try again.</summary>
    public static Task WriteAsync(HttpContext http, DatabaseFault fault)
    {
        if (!http.Response.HasStarted)
            http.Response.Headers.RetryAfter = fault.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return WriteAsync(http, StatusCodes.Status503ServiceUnavailable, fault.Code, fault.Message, fault.MessageZh);
    }

    /// <summary>Maps whatever an endpoint threw.</summary>
    public static async Task HandleAsync(HttpContext http)
    {
        var failure = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        switch (failure)
        {
            case RefusalException refusal:
                await WriteAsync(http, 422, refusal.Code, refusal.Message, refusal.MessageZh, refusal.Target);
                break;
            case BadHttpRequestException bad:
                await BareAnswers.WriteAsync(http, bad.StatusCode, bad.Message);
                break;
            case PostgresException { SqlState: ['2', '2', ..] } data: // such as a text with a zero character
                await WriteAsync(http, 400, "BadValue", $"The request holds a value that cannot be used: {data.MessageText}.",
                    $"请求中含有无法使用的值：{data.MessageText}。");
                break;
            case { } broken when DatabaseFault.Of(broken) is { } fault:
                await WriteAsync(http, fault);
                break;
            case PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }:
                await WriteAsync(http, 503, "TooSlow", "The question took longer than allowed. Narrow it.",
                    "查询超时，请缩小范围。");
                break;
            default:
                await WriteAsync(http, 500, "Internal", "Something failed inside; it is in the log.", "内部错误，详情见日志。");
                break;
        }
    }
}
