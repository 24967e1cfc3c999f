using System.Text;

namespace HazardMap.OData.Tests.Differential;

/// <summary>
/// A text with places that can be said in two ways: as anybody would, and so that the reference stack understands what the standard means.
/// Each place carries the name of the <see cref="ExplainedDifference"/> that makes the second way necessary.
/// Places may be inside each other.
/// </summary>
public static class Wording
{
    private const char Begin = '\u0001', Middle = '\u0002', End = '\u0003';

    /// <summary>A place with two ways; <paramref name="carefully"/> asks the same without meeting the difference.</summary>
    public static string Place(string kind, string plainly, string carefully) => $"{Begin}{kind}{Middle}{plainly}{Middle}{carefully}{End}";

    /// <summary>A place that the reference may refuse altogether.</summary>
    public static string Place(string kind, string plainly) => Place(kind, plainly, plainly);

    /// <summary>The names of all places.</summary>
    public static IReadOnlySet<string> Kinds(string text) =>
        text.Split(Begin).Skip(1).Select(x => x[..x.IndexOf(Middle, StringComparison.Ordinal)]).ToHashSet(StringComparer.Ordinal);

    /// <summary>The text with the careful way where its kind is among <paramref name="careful"/>.</summary>
    public static string Say(string text, IReadOnlySet<string> careful)
    {
        var at = 0;
        return Say(text, ref at, careful);
    }

    private static string Say(string text, ref int at, IReadOnlySet<string> careful)
    {
        var said = new StringBuilder();
        while (at < text.Length && text[at] is not (Middle or End))
        {
            if (text[at] != Begin)
            {
                said.Append(text[at++]);
                continue;
            }
            var middle = text.IndexOf(Middle, at);
            var kind = text[(at + 1)..middle];
            at = middle + 1;
            var plainly = Say(text, ref at, careful);
            at++;
            var carefully = Say(text, ref at, careful);
            at++;
            said.Append(careful.Contains(kind) ? carefully : plainly);
        }
        return said.ToString();
    }
}
