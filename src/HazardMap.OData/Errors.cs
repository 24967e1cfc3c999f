using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>Errors as answers: OData's error object, and never a stack trace.</summary>
internal static class Errors
{
    public static async Task WriteAsync(ODataOperation operation, Exception error, ODataOptions options)
    {
        var answer = operation.Answer;
        var refusal = Refusal(operation.Http, error, options);
        if (answer.HasStarted)
        {
            answer.Abort();
            return;
        }
        var version = answer.Headers["OData-Version"];
        answer.Clear();
        answer.Headers["OData-Version"] = version;
        answer.Status = refusal.Status;
        if (refusal.Status == StatusCodes.Status204NoContent) return;
        if (refusal.Repeatability is { } repeatability) answer.Headers[RepeatableRequest.ResultHeader] = repeatability;
        if (refusal.Allow is { } methods) answer.Headers.Allow = methods;
        if (refusal.RetryAfterSeconds is { } seconds)
            answer.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        answer.ContentType = "application/json";
        await using var stream = new JsonStream(answer);
        Write(stream.Json, refusal, options.SecondLanguage);
    }

    private static void Write(Utf8JsonWriter json, ODataRefusalException refusal, SecondLanguage? language)
    {
        var details = refusal.Details;
        // The host's own refusals bring their translation along.
        if (language is not null && refusal.Text.In(language) is { } translated && details.All(x => x.Code != language.Code))
            details = [.. details, new ODataErrorDetail(language.Code, translated)];
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", refusal.Code);
        json.WriteString("message", refusal.Message);
        if (refusal.Target is { } target) json.WriteString("target", target);
        if (details.Count > 0)
        {
            json.WriteStartArray("details");
            foreach (var detail in details)
            {
                json.WriteStartObject();
                json.WriteString("code", detail.Code);
                json.WriteString("message", detail.Message);
                if (detail.Target is { } place) json.WriteString("target", place);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (refusal.Current is { } current)
        {
            json.WriteStartObject("innererror");
            json.WritePropertyName("current");
            current.WriteTo(json);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static ODataRefusalException Refusal(HttpContext http, Exception error, ODataOptions options)
    {
        if (error is ODataRefusalException refusal) return refusal;
        if (options.MapException(error) is { } mapped) return mapped;
        if (DatabaseErrors.Refusal(error) is { } known) return known;
        if (error is InsufficientExecutionStackException)
            return ODataRefusalException.Bad("The request is nested too deep.", code: "TooDeep");
        options.OnUnexpected?.Invoke(http, error);
        return new ODataRefusalException(500, "InternalError", "The service met an error of its own; it has been recorded.");
    }
}
