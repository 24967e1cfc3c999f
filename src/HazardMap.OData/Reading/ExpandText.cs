namespace HazardMap.OData;

/// <summary>
/// The options of an expanded navigation as the client wrote them, so that a cut collection can be continued by a link to
/// the navigation itself.
/// </summary>
internal static class ExpandText
{
    /// <summary>Name and value of each option inside <c>Navigation(...)</c>, without the dollar sign; empty when there are none.</summary>
    public static Dictionary<string, string> Options(string expand, string navigation)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in Split(expand, ','))
        {
            var open = item.IndexOf('(', StringComparison.Ordinal);
            if (open < 0 || !string.Equals(item[..open].Trim(), navigation, StringComparison.Ordinal)) continue;
            foreach (var option in Split(item[(open + 1)..item.LastIndexOf(')')], ';'))
            {
                var equals = option.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0) options[option[..equals].Trim().TrimStart('$')] = option[(equals + 1)..];
            }
        }
        return options;
    }

    private static IEnumerable<string> Split(string text, char separator)
    {
        var (start, depth, quoted) = (0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '\'') quoted = !quoted;
            if (quoted) continue;
            if (character == '(') depth++;
            if (character == ')') depth--;
            if (character != separator || depth != 0) continue;
            yield return text[start..i];
            start = i + 1;
        }
        if (start < text.Length) yield return text[start..];
    }
}
