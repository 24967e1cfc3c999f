using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>A request that its client may send again, by the headers that say so; the second time it is answered, not done.</summary>
internal sealed record RepeatableRequest(string Caller, string Client, string Id, byte[] Fingerprint)
{
    public const string IdHeader = "Repeatability-Request-ID";
    private const string SentHeader = "Repeatability-First-Sent";
    private const string ClientHeader = "Repeatability-Client-ID";
    public const string ResultHeader = "Repeatability-Result";
    private const int MaxLength = 200;

    /// <summary>What the headers say; null: the request is not repeatable.</summary>
    public static RepeatableRequest? Of(ODataRequest request)
    {
        var headers = request.Operation.Headers;
        var (id, sent) = (headers[IdHeader].ToString(), headers[SentHeader].ToString());
        if (id.Length + sent.Length == 0) return null;
        if (request.Options.Repeatable is not { } kept)
            throw Rejected(501, "NotImplemented", "Repeatable requests are not kept by this service.", IdHeader);
        var client = headers[ClientHeader].ToString();
        if (id.Length is 0 or > MaxLength || client.Length > MaxLength)
            throw Rejected(400, "BadRequest", $"{IdHeader} needs 1 to {MaxLength} characters.", IdHeader);
        CheckAge(sent, kept);
        return new RepeatableRequest(request.Caller.Name, client, id, Mark(request));
    }

    /// <summary>A batch that is repeatable makes each of its changes repeatable under a name derived from its own.</summary>
    public static void Inherit(ODataOperation batch, BatchPart part, HeaderDictionary headers)
    {
        if (HttpMethods.IsGet(part.Method) || HttpMethods.IsHead(part.Method) || part.Headers.ContainsKey(IdHeader)) return;
        if (!batch.Headers.TryGetValue(IdHeader, out var id)) return;
        headers[IdHeader] = $"{id}/{part.Id}";
        headers[SentHeader] = batch.Headers[SentHeader];
        headers[ClientHeader] = batch.Headers[ClientHeader];
    }

    public static ODataRefusalException Rejected(int status, string code, RefusalText message, string target) =>
        new(status, code, message, target) { Repeatability = "rejected" };

    private static void CheckAge(string sent, RepeatableRequests kept)
    {
        if (!DateTimeOffset.TryParseExact(sent, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var first))
            throw Rejected(400, "BadRequest", $"{SentHeader} must be an HTTP date, such as {DateTimeOffset.UnixEpoch:r}.", SentHeader);
        var now = DateTimeOffset.UtcNow;
        if (first < now - kept.Kept)
            throw Rejected(412, "TooOld",
                $"Answers are kept for {kept.Kept}: whether this request was done before cannot be known any more.", SentHeader);
        if (first > now + kept.ClockSkew) throw Rejected(400, "BadRequest", $"{SentHeader} lies in the future.", SentHeader);
    }

    /// <summary>What makes two requests the same: all that decides what they do and how they are answered.</summary>
    private static byte[] Mark(ODataRequest request)
    {
        var operation = request.Operation;
        var headers = operation.Headers;
        string[] texts =
        [
            operation.Method, operation.Path, operation.Query, headers.ContentType.ToString(), headers.IfMatch.ToString(),
            headers.IfNoneMatch.ToString(), headers["Prefer"].ToString(), headers.Accept.ToString(), "",
        ];
        return SHA256.HashData([.. Encoding.UTF8.GetBytes(string.Join('\n', texts)), .. request.Content.Span]);
    }
}
