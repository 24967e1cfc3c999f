using System.Net.Http.Headers;
using System.Text;

namespace HazardMap.Testing;

/// <summary>A whole request as one text: method and URL, headers, an empty line, the body.</summary>
internal static class WrittenRequest
{
    /// <summary>The request that the text is; null when no client could send it.</summary>
    public static HttpRequestMessage? Read(string text, Uri service)
    {
        var (head, body) = Split(text);
        return Read(head, Encoding.UTF8.GetBytes(body), service);
    }

    /// <summary>What stands before the empty line, and what after it.</summary>
    public static (string Head, string Body) Split(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        return end < 0 ? (text, "") : (text[..end], text[(end + 2)..]);
    }

    /// <summary>The same with a body of bytes that need not be text.</summary>
    public static HttpRequestMessage? Read(string before, byte[] body, Uri service)
    {
        var head = before.Split('\n');
        var space = head[0].IndexOf(' ', StringComparison.Ordinal);
        if (space < 1 || !head[0][..space].All(char.IsAsciiLetter)
            || !Uri.TryCreate(service + Mutations.Sendable(head[0][(space + 1)..]), UriKind.Absolute, out var url)) return null;
        var request = new HttpRequestMessage(new HttpMethod(head[0][..space]), url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var line in head.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || line.Any(x => x is < ' ' or > '~') || !line[..colon].All(x => char.IsAsciiLetterOrDigit(x) || x == '-'))
                continue;
            if (line[..colon] is "Host" or "Transfer-Encoding" or "Content-Length" or "Expect" or "Connection") continue;
            if (line.StartsWith("Content-", StringComparison.Ordinal)) request.Content.Headers.Remove(line[..colon]);
            if (!request.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim()))
                request.Content.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim());
        }
        return request;
    }
}
