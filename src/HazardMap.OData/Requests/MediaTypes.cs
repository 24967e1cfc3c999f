namespace HazardMap.OData;

/// <summary>
/// Which of the formats on offer a client gets: what <c>$format</c> names, else what <c>Accept</c> likes best. What nobody here
/// understands is refused and not passed over. All text that is sent is UTF-8.
/// </summary>
internal static class MediaTypes
{
    private const string Json = "application/json";

    /// <summary>The first of the offers is what a client gets that does not care.</summary>
    /// <returns>The offer, and the parameters it was asked for with.</returns>
    public static (string Offer, MediaType? Asked) Choose(ODataOperation operation, string? format, IReadOnlyList<string> offers)
    {
        var anyCharset = NeedUtf8Accepted(operation);
        return format is not null ? Named(format, offers, anyCharset) : Liked(operation.Headers.Accept.ToString(), offers, anyCharset);
    }

    private static (string, MediaType?) Named(string format, IReadOnlyList<string> offers, bool anyCharset)
    {
        if (MediaType.Parse(format) is { } named
            && offers.FirstOrDefault(x => x == named.Name || x.EndsWith("/" + named.Name, StringComparison.Ordinal)) is { } offer
            && named.Foreign(offer == Json, anyCharset) is null)
            return (offer, named);
        throw new ODataRefusalException(415, "UnsupportedFormat", $"$format={format} is not served: use {Names(offers)}.", "$format");
    }

    private static (string, MediaType?) Liked(string accept, IReadOnlyList<string> offers, bool anyCharset)
    {
        if (string.IsNullOrWhiteSpace(accept)) return (offers[0], null);
        var ranges = MediaType.List(accept);
        var best = offers.SelectMany((offer, place) => Nearest(ranges, offer, anyCharset).Select(range => (offer, place, range)))
            .Where(x => x.range.Weight > 0).OrderByDescending(x => x.range.Weight).ThenBy(x => x.place).FirstOrDefault();
        return best.range is { } liked ? (best.offer, liked) : throw NotAcceptable(ranges, offers, anyCharset);
    }

    /// <summary>The ranges that speak of a type most closely: <c>application/json;q=0, */*</c> does not take JSON.</summary>
    private static IEnumerable<MediaType> Nearest(IReadOnlyList<MediaType> ranges, string offer, bool anyCharset)
    {
        var covering = ranges.Where(x => Closeness(x.Name, offer) >= 0 && x.Foreign(offer == Json, anyCharset) is null).ToList();
        var nearest = covering.Select(x => Closeness(x.Name, offer)).DefaultIfEmpty().Max();
        return covering.Where(x => Closeness(x.Name, offer) == nearest);
    }

    private static int Closeness(string range, string type) =>
        range == type ? 2 : range == type[..type.IndexOf('/', StringComparison.Ordinal)] + "/*" ? 1 : range == "*/*" ? 0 : -1;

    private static ODataRefusalException NotAcceptable(IReadOnlyList<MediaType> ranges, IReadOnlyList<string> offers, bool anyCharset)
    {
        var foreign = ranges.Select(x => x.Foreign(isJson: true, anyCharset)).FirstOrDefault(x => x is not null);
        return foreign is null
            ? new(406, "NotAcceptable", $"Answers are {Names(offers)}, in UTF-8.", "Accept")
            : new(406, "NotAcceptable", $"Answers are {Names(offers)}, in UTF-8; {foreign} is not served.", "Accept");
    }

    /// <summary>Refuses a client that takes no UTF-8; whether it spoke of character sets in the header of their own.</summary>
    private static bool NeedUtf8Accepted(ODataOperation operation)
    {
        var header = operation.Headers["Accept-Charset"].ToString();
        if (string.IsNullOrWhiteSpace(header)) return false;
        var sets = MediaType.List(header);
        var utf8 = sets.FirstOrDefault(x => x.Name == "utf-8") ?? sets.FirstOrDefault(x => x.Name == "*");
        return utf8 is { Weight: > 0 }
            ? true : throw new ODataRefusalException(406, "NotAcceptable", "All answers are in UTF-8.", "Accept-Charset");
    }

    private static string Names(IReadOnlyList<string> offers) => string.Join(", ", offers);
}
