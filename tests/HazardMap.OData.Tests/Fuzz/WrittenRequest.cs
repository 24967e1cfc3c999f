using System.Net.Http.Headers;
using System.Text;

namespace HazardMap.OData.Tests.Fuzz;

/// <summary>A whole request as one text: method and URL, headers, an empty line, the body.</summary>
public static class WrittenRequest
{
    /// <summary>The request that the text is; null when no client could send it.</summary>
    public static HttpRequestMessage? Read(string text, Uri service)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var head = (end < 0 ? text : text[..end]).Split('\n');
        var space = head[0].IndexOf(' ', StringComparison.Ordinal);
        if (space < 1 || !head[0][..space].All(char.IsAsciiLetter)
            || !Uri.TryCreate(service + Mutations.Sendable(head[0][(space + 1)..]), UriKind.Absolute, out var url)) return null;
        var request = new HttpRequestMessage(new HttpMethod(head[0][..space]), url) { Content =
            new ByteArrayContent(Encoding.UTF8.GetBytes(end < 0 ? "" : text[(end + 2)..])) };
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
