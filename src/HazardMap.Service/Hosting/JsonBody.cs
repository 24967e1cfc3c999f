using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace HazardMap.Service.Hosting;

/// <summary>The JSON body of a route of our own: read, or refused with the reason in both languages.</summary>
internal static class JsonBody
{
    private const int MostBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    /// <summary>The body; null when it was refused and the answer is written.</summary>
    public static async Task<T?> ReadAsync<T>(HttpContext http, CancellationToken stop) where T : class
    {
        if (!IsJson(http.Request.ContentType) || http.Request.Headers.ContentEncoding.Count > 0)
            return await RefuseAsync<T>(http, 415, "UnsupportedMediaType", "Send application/json in UTF-8, not packed.",
                "请发送 UTF-8 编码、未压缩的 application/json。");
        if (await BytesAsync(http, stop) is not { } bytes)
            return await RefuseAsync<T>(http, 413, "BodyTooLarge", $"The body has more than {MostBytes} bytes.",
                $"请求正文超过 {MostBytes} 字节。");
        if (!Utf8.IsValid(bytes))
            return await RefuseAsync<T>(http, 400, "NotUtf8", "The body is not UTF-8. Send JSON in UTF-8.",
                "请求正文不是 UTF-8 编码，请以 UTF-8 发送 JSON。");
        try
        {
            return JsonSerializer.Deserialize<T>(WithoutMark(bytes), Strict) ?? throw new JsonException("null");
        }
        catch (JsonException wrong)
        {
            return await MalformedAsync<T>(http, wrong);
        }
    }

    private static bool IsJson(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (type.Charset.Length == 0 || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static async Task<byte[]?> BytesAsync(HttpContext http, CancellationToken stop)
    {
        var bytes = new byte[MostBytes + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);
        return length > MostBytes ? null : bytes[..length];
    }

    // Some editors put a byte order mark before UTF-8.
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    private static Task<T?> MalformedAsync<T>(HttpContext http, JsonException wrong) where T : class
    {
        var target = wrong.Path is ['$', '.', .. var member] ? member : null;
        var (line, place) = ((wrong.LineNumber ?? 0) + 1, (wrong.BytePositionInLine ?? 0) + 1);
        var (at, atZh) = target is null ? ("", "") : ($", {target}", $"，{target}");
        return RefuseAsync<T>(http, 400, "MalformedJson",
            $"The body is not the JSON object that is wanted here: line {line}, byte {place}{at}.",
            $"请求正文不是此处所需的 JSON 对象：第 {line} 行第 {place} 字节{atZh}。", target);
    }

    private static async Task<T?> RefuseAsync<T>(
        HttpContext http, int status, string code, string message, string messageZh, string? target = null) where T : class
    {
        await Errors.WriteAsync(http, status, code, message, messageZh, target);
        return null;
    }
}
