using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace HazardMap.OData;

/// <summary>
/// The ETag of an answer covers all that the answer shows: values that a view computes or joins, expanded entities, what this
/// caller may read. It is the row's own ETag, behind which stands a digest of what is shown, such as <c>W/"7~Zm9v..."</c>. An
/// answer that shows nothing but its row has the row's ETag alone. A change asks for the row: it takes either.
/// </summary>
internal static class Validators
{
    // No digest has it, so that the last one begins the digest whatever the version is.
    private const char Mark = '~';

    private const int DigestBytes = 16;

    private static readonly int DigestLength = Base64Url.GetEncodedLength(DigestBytes);

    /// <summary>The ETag of an answer; null: the row has none.</summary>
    public static string? Of(ODataRequest request, RowShape shape, string? state, ReadOnlySpan<byte> shown) =>
        state is null || IsTheRow(request, shape) ? state : Of(state, shown);

    /// <summary>The row's ETag with a digest of what is shown.</summary>
    public static string Of(string state, ReadOnlySpan<byte> shown)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(shown, digest);
        return $"{state[..^1]}{Mark}{Base64Url.EncodeToString(digest[..DigestBytes])}\"";
    }

    /// <summary>Whether a tag that a client sends is of this state of the row, whatever else it covers; compared weakly.</summary>
    public static bool IsOfRow(string tag, string state)
    {
        var sent = Opaque(tag);
        var known = Opaque(state)[..^1];
        if (!sent.StartsWith(known, StringComparison.Ordinal)) return false;
        var rest = sent[known.Length..];
        return rest is "\"" || rest.Length == DigestLength + 2 && rest[0] == Mark && rest[^1] == '"' && !rest[1..^1].Contains(Mark);
    }

    /// <summary>The number that a row's tag tells, whatever else the tag covers; null: it tells none.</summary>
    public static long? VersionOf(string tag)
    {
        var opaque = Opaque(tag);
        if (opaque.Length < 3 || opaque[0] != '"' || opaque[^1] != '"') return null;
        var version = opaque[1..^1];
        var mark = version.LastIndexOf(Mark);
        if (mark >= 0 && version.Length - mark - 1 == DigestLength) version = version[..mark];
        return long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Whether two ETags are the same when they are compared weakly, as a proxy may have made either weak.</summary>
    public static bool AreSame(string tag, string etag) => Opaque(tag).SequenceEqual(Opaque(etag));

    /// <summary>
    /// Nothing is shown but columns of the row, whose version moves with each of them, in the form that everybody gets who asks
    /// for no other.
    /// </summary>
    private static bool IsTheRow(ODataRequest request, RowShape shape) =>
        string.Equals(shape.Set.Source, shape.Set.Table, StringComparison.Ordinal)
        && shape.Selection is { Expansions.Count: 0, Computed.Count: 0 } && !shape.Set.Properties.Any(x => x.Personal)
        && request.Preferences is { Metadata: "minimal", NumbersAsText: false };

    private static ReadOnlySpan<char> Opaque(string etag) => etag.StartsWith("W/", StringComparison.Ordinal) ? etag.AsSpan(2) : etag;
}
