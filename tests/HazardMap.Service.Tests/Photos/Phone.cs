using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace HazardMap.Service.Tests.Photos;

/// <summary>A phone that sends photos by tus, with connections that may be cut.</summary>
internal sealed class Phone(HttpClient client)
{
    /// <summary>How many bytes of an upload the service has taken, for cutting a connection when it has taken what was sent.</summary>
    public Func<string, long> Taken { get; init; } = _ => long.MaxValue;

    /// <summary>Bytes of photos that went out, in all.</summary>
    public long Sent { get; private set; }

    public static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>A request of the protocol.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[]? body = null, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/offset+octet-stream") } };
        return await client.SendAsync(request);
    }

    public Task<HttpResponseMessage> TryBeginAsync(Guid inspection, long length, string? sha256 = null, byte[]? body = null) =>
        SendAsync(HttpMethod.Post, "/api/uploads", body, ("Upload-Length", length.ToString(CultureInfo.InvariantCulture)),
            ("Upload-Metadata", Metadata(inspection, sha256)));

    /// <summary>Begins an upload; its address.</summary>
    public async Task<string> BeginAsync(Guid inspection, byte[] picture, bool saysDigest = true)
    {
        using var made = await TryBeginAsync(inspection, picture.Length, saysDigest ? Digest(picture) : null);
        Assert.True((int)made.StatusCode == 201, await made.Content.ReadAsStringAsync());
        return made.Headers.Location!.ToString();
    }

    public Task<HttpResponseMessage> PatchAsync(string upload, long offset, byte[] piece, params (string, string)[] headers)
    {
        Sent += piece.Length;
        return SendAsync(HttpMethod.Patch, upload, piece, [("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)), .. headers]);
    }

    /// <summary>How many bytes are safe.</summary>
    public async Task<long> OffsetAsync(string upload)
    {
        using var head = await SendAsync(HttpMethod.Head, upload);
        Assert.True(head.IsSuccessStatusCode, head.StatusCode.ToString());
        return long.Parse(Header(head, "Upload-Offset")!, CultureInfo.InvariantCulture);
    }

    /// <summary>Sends a piece of which only the first half leaves the phone.</summary>
    public async Task CutAsync(string upload, long offset, byte[] piece)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port);
        await using var stream = connection.GetStream();
        var head = string.Create(CultureInfo.InvariantCulture, $"PATCH {upload} HTTP/1.1\r\nHost: {client.BaseAddress.Authority}\r\n"
            + $"Authorization: {client.DefaultRequestHeaders.Authorization}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: {offset}\r\n"
            + $"Content-Type: application/offset+octet-stream\r\nContent-Length: {piece.Length}\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(piece.AsMemory(0, piece.Length / 2));
        Sent += piece.Length / 2;
        for (var tries = 0; Taken(upload) < offset + piece.Length / 2; tries++)
        {
            Assert.True(tries < 1000, "what was sent never arrived");
            await Task.Delay(10);
        }
    }

    /// <summary>Sends all that is missing, in pieces; the answer to the last one.</summary>
    /// <param name="upload">Its address.</param>
    /// <param name="picture">The photo.</param>
    /// <param name="isCut">Whether the connection of that piece is cut.</param>
    /// <param name="pieceBytes">Bytes of a piece.</param>
    public async Task<HttpResponseMessage> SendAllAsync(
        string upload, byte[] picture, Func<int, bool>? isCut = null, int pieceBytes = 32 * 1024)
    {
        for (var number = 0;; number++)
        {
            var offset = (int)await OffsetAsync(upload);
            var piece = picture[offset..Math.Min(picture.Length, offset + pieceBytes)];
            if (isCut?.Invoke(number) == true)
            {
                await CutAsync(upload, offset, piece);
                continue;
            }
            var answer = await PatchAsync(upload, offset, piece);
            if (!answer.IsSuccessStatusCode || Header(answer, "Photo-Id") is not null) return answer;
            answer.Dispose();
        }
    }

    /// <summary>What became of it.</summary>
    public async Task<JsonObject> ReceiptAsync(string upload) => JsonNode.Parse(await client.GetStringAsync(upload))!.AsObject();

    public static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    public static string Metadata(Guid inspection, string? sha256) =>
        $"inspection {Base64(inspection.ToString())},filename {Base64("塘.jpg")}" + (sha256 is null ? "" : $",sha256 {Base64(sha256)}");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
