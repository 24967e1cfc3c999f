using System.Globalization;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace HazardMap.Service.Sync.Webhooks;

/// <summary>
/// Posts signed events: <c>HazardMap-Signature</c> is <c>sha256=</c> and the hexadecimal HMAC-SHA256, by the webhook's secret, of
/// <c>HazardMap-Timestamp</c> (seconds since 1970), a full stop, and the body.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = Patience,
        ConnectCallback = OutsideAddresses.ConnectAsync,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    }) { Timeout = Patience, MaxResponseContentBufferSize = 64 * 1024 };

    /// <summary>Sends; why it failed, null: it is delivered.</summary>
    public async Task<string?> SendAsync(Webhook hook, string delivery, JsonArray events, CancellationToken stop)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["webhook"] = hook.Id.ToString(), ["delivery"] = delivery, ["events"] = events,
        }.ToJsonString());
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new(MediaTypeNames.Application.Json);
            request.Headers.Add("HazardMap-Timestamp", timestamp);
            request.Headers.Add("HazardMap-Signature", "sha256=" + Signature(hook.Secret, timestamp, body));
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return answer.IsSuccessStatusCode ? null : $"answered {(int)answer.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException or InvalidOperationException or UriFormatException
            || failure is OperationCanceledException && !stop.IsCancellationRequested)
        {
            return failure is OperationCanceledException ? $"no answer within {Patience.TotalSeconds} s" : failure.Message;
        }
    }

    /// <summary>The HMAC of a time stamp and a body, hexadecimal.</summary>
    public static string Signature(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    public void Dispose() => _http.Dispose();
}
