namespace HazardMap.OData;

/// <summary><c>If-Match</c> and <c>If-None-Match</c>: whoever changes a row says which state of it he has seen.</summary>
internal static class Preconditions
{
    /// <summary>The states the client accepts; null: any (<c>*</c>).</summary>
    public static IReadOnlyList<string>? IfMatch(ODataOperation operation)
    {
        var header = operation.Headers.IfMatch.ToString();
        if (header.Length == 0)
            throw new ODataRefusalException(428, "PreconditionRequired", "Send the entity's @odata.etag in If-Match, or * for whatever state it is in.", "If-Match");
        var tags = Tags(header);
        return tags.Contains("*", StringComparer.Ordinal) ? null : tags;
    }

    /// <summary>Whether the client already has this state, so that a read can answer 304.</summary>
    public static bool IsKnown(ODataOperation operation, string etag) =>
        Tags(operation.Headers.IfNoneMatch.ToString()) is { Count: > 0 } tags && (tags.Contains("*", StringComparer.Ordinal) || Holds(tags, etag));

    public static bool Holds(IReadOnlyList<string>? accepted, string etag) =>
        accepted is null || accepted.Any(x => string.Equals(Strong(x), Strong(etag), StringComparison.Ordinal));

    private static string Strong(string etag) => etag.StartsWith("W/", StringComparison.Ordinal) ? etag[2..] : etag;

    /// <summary>The tags of a list; a comma inside quotes belongs to its tag.</summary>
    private static List<string> Tags(string header)
    {
        var tags = new List<string>();
        var (start, quoted) = (0, false);
        for (var i = 0; i <= header.Length; i++)
        {
            if (i < header.Length && header[i] == '"') quoted = !quoted;
            if (i < header.Length && (header[i] != ',' || quoted)) continue;
            if (header[start..i].Trim() is { Length: > 0 } tag) tags.Add(tag);
            start = i + 1;
        }
        return tags;
    }
}
