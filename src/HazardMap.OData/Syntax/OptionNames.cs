namespace HazardMap.OData;

/// <summary>Names of query options: with or without the dollar sign, in any case.</summary>
internal static class OptionNames
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "filter", "select", "expand", "orderby", "top", "skip", "count", "search", "skiptoken", "format",
        "apply", "asof", "compute", "deltatoken", "id", "index", "levels", "schemaversion",
    };

    /// <summary>The name without dollar sign in small letters, aliases as they are; null for a name OData does not know.</summary>
    public static string? Plain(string name)
    {
        if (name.StartsWith('@')) return name.Length > 1 ? name : null;
        var plain = name.TrimStart('$').ToLowerInvariant();
        return Known.Contains(plain) ? plain : null;
    }
}
