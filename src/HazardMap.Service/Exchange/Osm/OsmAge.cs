using System.Globalization;
using System.Text.RegularExpressions;

namespace HazardMap.Service.Exchange.Osm;

/// <summary>Of when an extract is.</summary>
/// <param name="AsOf">The moment.</param>
/// <param name="From">What says it: <c>header</c>, <c>file name</c>, or <c>newest object</c>, which is the least that it can be.</param>
internal sealed partial record OsmAge(DateTimeOffset AsOf, string From)
{
    /// <summary>How far statements about one extract lie apart: names have days, and a header may be of the evening before.</summary>
    public TimeSpan Slack => From == "header" ? TimeSpan.Zero : TimeSpan.FromDays(1);

    /// <summary>The age of a file; null when nothing tells it.</summary>
    /// <param name="header">What the file says at its top.</param>
    /// <param name="fileName">Its name, such as yunnan-251101.osm.pbf.</param>
    /// <param name="newest">The time of the last edit in it.</param>
    public static OsmAge? Of(DateTimeOffset? header, string fileName, DateTimeOffset? newest) =>
        header is { } said ? new(said, "header")
        : FromName(fileName) is { } named ? new(named, "file name")
        : newest is { } last ? new(last, "newest object") : null;

    private static DateTimeOffset? FromName(string fileName)
    {
        foreach (var part in NameDate().Matches(fileName).Reverse())
            if (DateTimeOffset.TryParseExact(part.Groups["date"].Value.Replace("-", "", StringComparison.Ordinal), ["yyyyMMdd", "yyMMdd"],
                CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
                return date;
        return null;
    }

    [GeneratedRegex(@"(?<!\d)(?<date>\d{4}-?\d{2}-?\d{2}|\d{6})(?!\d)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NameDate();
}
