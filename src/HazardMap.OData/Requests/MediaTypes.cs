using System.Globalization;

namespace HazardMap.OData;

/// <summary>Which of the formats on offer a client gets: what <c>$format</c> names, else what <c>Accept</c> likes best.</summary>
internal static class MediaTypes
{
    /// <summary>The first of the offers is what a client gets that does not care.</summary>
    public static string Choose(string? format, string accept, IReadOnlyList<string> offers)
    {
        if (format is not null)
        {
            return offers.FirstOrDefault(x => IsNamed(x, Bare(format)))
                ?? throw new ODataRefusalException(415, "UnsupportedFormat",
                    $"$format={format} is not served: use {string.Join(" or ", offers)}.", "$format");
        }
        if (accept.Length == 0) return offers[0];
        var best = offers.Select((offer, place) => (offer, place, quality: Quality(accept, offer))).OrderByDescending(x => x.quality)
            .ThenBy(x => x.place).First();
        return best.quality > 0
            ? best.offer
            : throw new ODataRefusalException(406, "NotAcceptable", $"Answers are {string.Join(" or ", offers)}.", "Accept");
    }

    /// <summary>The weight of the most specific range that covers the type; 0: none does.</summary>
    private static double Quality(string accept, string type)
    {
        var (specificity, quality) = (-1, 0.0);
        foreach (var range in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var rank = Covers(Bare(range), type);
            if (rank > specificity) (specificity, quality) = (rank, Weight(range));
        }
        return quality;
    }

    private static int Covers(string range, string type) =>
        range == type ? 2 : range == type[..type.IndexOf('/', StringComparison.Ordinal)] + "/*" ? 1 : range == "*/*" ? 0 : -1;

    private static double Weight(string range)
    {
        var parameter = range.Split(';', StringSplitOptions.TrimEntries).Skip(1)
            .FirstOrDefault(x => x.StartsWith("q=", StringComparison.OrdinalIgnoreCase));
        return parameter is null
            ? 1 : double.TryParse(parameter[2..], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) ? weight : 0;
    }

    private static bool IsNamed(string offer, string name) => offer == name || offer.EndsWith("/" + name, StringComparison.Ordinal);

    private static string Bare(string range) => range.Split(';')[0].Trim().ToLowerInvariant();
}
