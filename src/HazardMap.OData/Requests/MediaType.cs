using System.Globalization;

namespace HazardMap.OData;

/// <summary>A media type or range with its parameters, as <c>Content-Type</c>, <c>Accept</c> and <c>$format</c> write it.</summary>
/// <param name="Name">Such as <c>application/json</c>, <c>text/*</c> or, in <c>$format</c>, <c>json</c>; in small letters.</param>
/// <param name="Parameters">All but <c>q</c>; names in small letters, values without quotes.</param>
/// <param name="Weight">What <c>q</c> says, from 0 (not at all) to 1.</param>
internal sealed record MediaType(string Name, IReadOnlyList<(string Name, string Value)> Parameters, double Weight)
{
    /// <summary>Null when the text is no media type.</summary>
    public static MediaType? Parse(string text)
    {
        var parts = Split(text, ';').Select(x => x.Trim()).ToList();
        if (parts[0].Length == 0 || parts[0].Any(x => x is ' ' or ',' or '"')) return null;
        var (parameters, weight) = (new List<(string, string)>(), 1.0);
        foreach (var part in parts.Skip(1).Where(x => x.Length > 0))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) return null;
            var (name, value) = (part[..equals].Trim().ToLowerInvariant(), Unquoted(part[(equals + 1)..].Trim()));
            if (name != "q") parameters.Add((name, value));
            else if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out weight) || weight > 1)
                return null;
        }
        return new MediaType(parts[0].ToLowerInvariant(), parameters, weight);
    }

    /// <summary>The ranges of a list that can be read; what cannot be read asks for nothing.</summary>
    public static IReadOnlyList<MediaType> List(string header) => [.. Split(header, ',').Select(Parse).OfType<MediaType>()];

    /// <summary>
    /// The first parameter that is not known of the type, or not with that value; null: all are. Each is a promise about the
    /// bytes, so one that is not understood must not be passed over (OData Protocol 8.2.1).
    /// </summary>
    /// <param name="isJson">Whether OData's parameters of JSON are known.</param>
    /// <param name="anyCharset">Whether the character set is settled elsewhere.</param>
    public string? Foreign(bool isJson, bool anyCharset = false)
    {
        foreach (var (name, value) in Parameters)
        {
            var lower = value.ToLowerInvariant();
            var known = name switch
            {
                "charset" => anyCharset || lower is "utf-8",
                "odata.metadata" or "metadata" when isJson => lower is "none" or "minimal" or "full",
                "odata.streaming" or "streaming" or "ieee754compatible" or "exponentialdecimals" when isJson => lower is "true" or "false",
                _ => false,
            };
            if (!known) return $"{name}={value}";
        }
        return null;
    }

    /// <summary>The value of a parameter, in small letters.</summary>
    public string? Of(params ReadOnlySpan<string> names)
    {
        foreach (var (name, value) in Parameters)
            if (names.Contains(name)) return value.ToLowerInvariant();
        return null;
    }

    /// <summary>Pieces between separators that stand outside quotes.</summary>
    private static List<string> Split(string text, char separator)
    {
        var pieces = new List<string>();
        var (start, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            if (text[i] != separator || quoted) continue;
            pieces.Add(text[start..i]);
            start = i + 1;
        }
        pieces.Add(text[start..]);
        return pieces;
    }

    private static string Unquoted(string value) =>
        value is ['"', .. var inside, '"'] ? inside.Replace("\\", "", StringComparison.Ordinal) : value;
}
