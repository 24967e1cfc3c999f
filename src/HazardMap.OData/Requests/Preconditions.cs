using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>
/// <c>If-Match</c> and <c>If-None-Match</c>: whoever changes a row says which state of it he has seen, whoever reads which
/// answer he has.
/// </summary>
internal sealed record Preconditions(IReadOnlyList<string> Match, IReadOnlyList<string> NoneMatch)
{
    /// <summary>The client says that the entity exists: a change must never create it.</summary>
    public bool MustExist => Match.Count > 0;

    /// <summary>The client says that the entity does not exist: a change must only create it.</summary>
    public bool MustNotExist => NoneMatch.Contains("*", StringComparer.Ordinal);

    public static Preconditions Of(ODataOperation operation) =>
        new(Tags(operation.Headers.IfMatch.ToString()), Tags(operation.Headers.IfNoneMatch.ToString()));

    /// <summary>
    /// Decides, when all of the answer to a read is known but nothing of it is sent, whether the client wants it: refuses what is
    /// in another state than he asks for; true: he has it already.
    /// </summary>
    /// <param name="operation">The read.</param>
    /// <param name="etag">The answer's ETag; null: it has none.</param>
    /// <param name="state">The ETag of the row that it is about.</param>
    public static bool IsKnown(ODataOperation operation, string? etag, string? state = null)
    {
        if (etag is not null) operation.Answer.Headers.ETag = etag;
        var wanted = Of(operation);
        if (wanted.Match.Count > 0 && !wanted.Match.Any(x => x == "*" || IsSame(x, etag) || IsSame(x, state)))
            throw Failed(etag is null ? "What you read has no ETag that If-Match could name" : "It is not in the state that If-Match names",
                "If-Match", state ?? etag);
        if (etag is null || !wanted.NoneMatch.Any(x => x == "*" || IsSame(x, etag))) return false;
        operation.Answer.Status = StatusCodes.Status304NotModified;
        return true;
    }

    /// <summary>Refuses a read of what has no ETag, such as a collection, when the client asks for a certain state of it.</summary>
    public static void CheckWithoutETag(ODataOperation operation) => IsKnown(operation, etag: null);

    /// <summary>Refuses to call an operation of an entity that is not in the state that the client names, if he names one.</summary>
    public void CheckCall(string? state)
    {
        if (Match.Count > 0 && !Accept(Match, state)) throw Failed("The entity has changed since you read it", "If-Match", state);
    }

    /// <summary>Refuses a change of an entity that is not in a state which the client accepts.</summary>
    public void Check(Snapshot before)
    {
        if (MustNotExist || before.ETag is not null && Accept(NoneMatch, before.ETag))
            throw Failed(before, "The entity is in a state that If-None-Match excludes", "If-None-Match");
        if (before.ETag is null && Match.Count == 0) return;
        if (Match.Count == 0)
            throw new ODataRefusalException(428, "PreconditionRequired",
                "Send the entity's @odata.etag in If-Match, or * for whatever state it is in.", "If-Match");
        if (Accept(Match, before.ETag)) return;
        throw Failed(before, before.ETag is null ? "The entity has no ETag that If-Match could name"
            : "The entity has changed since you read it", "If-Match");
    }

    private static ODataRefusalException Failed(Snapshot before, RefusalText reason, string header) =>
        new(412, "Stale", $"{reason}; its current values are in innererror.", header)
        {
            Current = before.Json(),
            Details = Known(before.ETag),
        };

    private static ODataRefusalException Failed(RefusalText reason, string header, string? etag) =>
        new(412, "Stale", $"{reason}.", header) { Details = Known(etag) };

    private static IReadOnlyList<ODataErrorDetail> Known(string? etag) =>
        etag is null ? [] : [new ODataErrorDetail("CurrentETag", etag, "@odata.etag")];

    private static bool Accept(IReadOnlyList<string> tags, string? state) =>
        tags.Any(x => x == "*" || state is not null && Validators.IsOfRow(x, state));

    private static bool IsSame(string tag, string? etag) => etag is not null && Validators.AreSame(tag, etag);

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
