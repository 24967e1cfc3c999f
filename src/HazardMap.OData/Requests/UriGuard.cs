using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace HazardMap.OData;

/// <summary>
/// Refuses, before any parser sees it, a URL whose length or nesting could cost more than an answer: recursive-descent
/// parsers turn depth into stack.
/// </summary>
internal static class UriGuard
{
    public static void Check(string path, string query, ODataOptions options)
    {
        if (path.Length + query.Length > options.MaxUrlLength)
            throw ODataRefusalException.Over(nameof(ODataOptions.MaxUrlLength), options.MaxUrlLength, "The URL is too long.",
                code: "UrlTooLong", status: 414);
        CheckNesting(Unescape(path, target: null), options.MaxParentheses, option: null);
        foreach (var (name, value) in Options(query)) CheckNesting(value, options.MaxParentheses, name);
    }

    /// <summary>Name and value of each query option, percent-decoded.</summary>
    public static IEnumerable<(string Name, string Value)> Options(string query)
    {
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = Unescape(equals < 0 ? part : part[..equals], target: null);
            yield return (name, equals < 0 ? "" : Unescape(part[(equals + 1)..], name));
        }
    }

    /// <summary>Of a query option: a plus sign is a space.</summary>
    private static string Unescape(string text, string? target) => UnescapeSegment(text.Replace('+', ' '), target);

    /// <summary>Of a path, where a plus sign is itself.</summary>
    public static string UnescapeSegment(string text, string? target = null)
    {
        var plain = Uri.UnescapeDataString(text);
        if (plain.Contains('\0', StringComparison.Ordinal) || plain.Any(char.IsSurrogate) && !IsWellFormed(plain))
            throw ODataRefusalException.Bad("The URL contains a character that is not text.", target);
        // What is not UTF-8 is left as it was by the unescaping.
        if (NotUtf8(text) is { } bytes)
            throw ODataRefusalException.Bad(
                $"The URL contains {bytes}, which is not UTF-8. Percent-encode text as UTF-8.", target, "NotUtf8");
        return plain;
    }

    /// <summary>The first run of percent-encoded bytes that is not UTF-8; null: there is none.</summary>
    private static string? NotUtf8(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i))
        {
            var start = i;
            var bytes = new List<byte>();
            while (i + 2 < text.Length && text[i] == '%'
                && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 3;
            }
            if (!Utf8.IsValid(CollectionsMarshal.AsSpan(bytes))) return text[start..i];
            if (i == start) i++;
            if (i >= text.Length) break;
        }
        return null;
    }

    internal static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }

    private static void CheckNesting(string text, int limit, string? option)
    {
        var depth = 0;
        var quoted = false;
        foreach (var character in text)
        {
            if (character == '\'') quoted = !quoted;
            if (quoted) continue;
            if (character is '(' or '[' or '{' && ++depth > limit) throw TooDeep(limit, option);
            if (character is ')' or ']' or '}') depth--;
        }
    }

    private static ODataRefusalException TooDeep(int limit, string? option)
    {
        RefusalText text = "Parentheses in the path are nested too deep.";
        if (option is not null) text = $"Parentheses in {option} are nested too deep.";
        return ODataRefusalException.Over(nameof(ODataOptions.MaxParentheses), limit, text, option, "TooDeep");
    }
}
