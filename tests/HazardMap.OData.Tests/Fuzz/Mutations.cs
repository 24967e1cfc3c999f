using System.Globalization;
using System.Text;

namespace HazardMap.OData.Tests.Fuzz;

/// <summary>Small harm to a text that was right: pieces put in, cut out, repeated, characters exchanged.
/// The same seed does the same harm.</summary>
public sealed class Mutations(int seed, params string[] pieces)
{
    private readonly Random _random = new(seed);

    /// <summary>How many cases a test tries; an environment variable asks for more.</summary>
    public static int Cases(int byDefault) =>
        Environment.GetEnvironmentVariable("HAZARDMAP_ODATA_CASES") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture) : byDefault;

    public T OneOf<T>(IReadOnlyList<T> seeds) => seeds[_random.Next(seeds.Count)];

    public string Harm(string text)
    {
        var harmed = new StringBuilder(text);
        for (var n = _random.Next(1, 4); n > 0; n--) Once(harmed);
        return harmed.ToString();
    }

    private void Once(StringBuilder text)
    {
        var place = _random.Next(text.Length + 1);
        var rest = text.Length - place;
        switch (_random.Next(4))
        {
            case 0: text.Insert(place, pieces[_random.Next(pieces.Length)]); break;
            case 1: text.Remove(place, Math.Min(_random.Next(1, 8), rest)); break;
            case 2 when rest > 0: text[place] = (char)_random.Next(32, 127); break;
            default: text.Insert(place, text.ToString(place, Math.Min(_random.Next(1, 20), rest))); break;
        }
    }

    /// <summary>What no client library would send at all is percent-encoded; the rest stays as it is.</summary>
    public static string Sendable(string url) => string.Concat(url.EnumerateRunes()
        .Select(x => x.IsAscii && x.Value is > 32 and not '#' and not '\\' and not '"' and not '<' and not '>'
            ? x.ToString() : Uri.EscapeDataString(x.ToString())));
}
