namespace HazardMap.OData;

/// <summary>
/// <c>If-Match</c> and <c>If-None-Match</c>: whoever changes a row says which state of it he has seen. ETags are compared
/// weakly, as both headers may carry what a proxy made weak.
/// </summary>
internal sealed record Preconditions(IReadOnlyList<string> Match, IReadOnlyList<string> NoneMatch)
{
    /// <summary>The client says that the entity exists: a change must never create it.</summary>
    public bool MustExist => Match.Count > 0;

    /// <summary>The client says that the entity does not exist: a change must only create it.</summary>
    public bool MustNotExist => NoneMatch.Contains("*", StringComparer.Ordinal);

    public static Preconditions Of(ODataOperation operation) =>
        new(Tags(operation.Headers.IfMatch.ToString()), Tags(operation.Headers.IfNoneMatch.ToString()));

    /// <summary>Whether the client already has this state, so that a read can answer 304.</summary>
    public static bool IsKnown(ODataOperation operation, string etag) => Of(operation).NoneMatch is var tags && Any(tags, etag);

    /// <summary>Refuses a change of an entity that is not in a state which the client accepts.</summary>
    public void Check(Snapshot before)
    {
        if (MustNotExist || before.ETag is { } known && Any(NoneMatch, known))
            throw Failed(before, "The entity is in a state that If-None-Match excludes", "If-None-Match");
        if (before.ETag is not { } etag) return;
        if (Match.Count == 0)
            throw new ODataRefusalException(428, "PreconditionRequired",
                "Send the entity's @odata.etag in If-Match, or * for whatever state it is in.", "If-Match");
        if (!Any(Match, etag)) throw Failed(before, "The entity has changed since you read it", "If-Match");
    }

    private static ODataRefusalException Failed(Snapshot before, string reason, string header) =>
        new(412, "Stale", reason + "; its current values are in innererror.", header)
        {
            Current = before.Json(),
            Details = before.ETag is { } etag ? [new ODataErrorDetail("CurrentETag", etag, "@odata.etag")] : [],
        };

    private static bool Any(IReadOnlyList<string> tags, string etag) =>
        tags.Any(x => x == "*" || string.Equals(Opaque(x), Opaque(etag), StringComparison.Ordinal));

    private static string Opaque(string etag) => etag.StartsWith("W/", StringComparison.Ordinal) ? etag[2..] : etag;

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
