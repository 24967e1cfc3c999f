using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HazardMap.Testing;

/// <summary>Small harm to a text that was right: pieces put in, cut out, repeated, characters exchanged.
/// The same seed does the same harm.</summary>
internal sealed class Mutations(int seed, params string[] pieces)
{
    private readonly Random _random = new(seed);

    /// <summary>How many cases a test tries; an environment variable asks for more.</summary>
    public static int Cases(int byDefault) =>
        Environment.GetEnvironmentVariable("HAZARDMAP_ODATA_CASES") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture) : byDefault;

    private static readonly Regex ANumber = new(@"-?\d+(\.\d+)?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly Regex ATime = new(@"\d{4}-\d\d-\d\d(T[0-9:.]+(Z|[+-]\d\d:\d\d)?)?",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    public T OneOf<T>(IReadOnlyList<T> seeds) => seeds[_random.Next(seeds.Count)];

    /// <summary>Whether something happens that happens once in so many times.</summary>
    public bool Once(int inSoMany) => _random.Next(inSoMany) == 0;

    /// <summary>A number or a point in time of the text exchanged for one at an edge; the text itself where it has none.</summary>
    public string AtTheEdge(string text)
    {
        var times = ATime.Matches(text);
        return times.Count > 0 && Once(2) ? Exchange(text, times, Edges.Times) : Exchange(text, ANumber.Matches(text), Edges.Numbers);
    }

    /// <summary>The text as bytes, some of which begin no character.</summary>
    public byte[] NotUtf8(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text).ToList();
        for (var n = _random.Next(1, 3); n > 0; n--) bytes.InsertRange(_random.Next(bytes.Count + 1), OneOf(Edges.NotUtf8));
        return [.. bytes];
    }

    private string Exchange(string text, MatchCollection found, string[] others)
    {
        if (found.Count == 0) return text;
        var one = found[_random.Next(found.Count)];
        return text[..one.Index] + OneOf(others) + text[(one.Index + one.Length)..];
    }

    public string Harm(string text)
    {
        var harmed = new StringBuilder(text);
        for (var n = _random.Next(1, 4); n > 0; n--) HarmOnce(harmed);
        return harmed.ToString();
    }

    private void HarmOnce(StringBuilder text)
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
