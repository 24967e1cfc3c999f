using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace HazardMap.OData;

/// <summary>
/// What a refusal says: a sentence with places that are filled in, so that a <see cref="SecondLanguage"/> can say the same with its
/// places in another order. Written as an interpolated string where it is thrown: <c>$"{name} is empty."</c> is the sentence
/// <c>{0} is empty.</c>, and what is filled in may be a sentence too.
/// </summary>
[InterpolatedStringHandler]
public sealed class RefusalText
{
    private readonly StringBuilder _sentence;
    private readonly List<(object? Value, string? Format)> _values = [];

    /// <summary>For the compiler, which makes one of an interpolated string.</summary>
    /// <param name="literalLength">Characters of the sentence.</param>
    /// <param name="formattedCount">Places of the sentence.</param>
    public RefusalText(int literalLength, int formattedCount) => _sentence = new StringBuilder(literalLength + 3 * formattedCount);

    /// <summary>The sentence with numbered places: what a second language knows it by.</summary>
    internal string Sentence => _sentence.ToString();

    /// <summary>A text with nothing to fill in.</summary>
    public static implicit operator RefusalText(string text) => FromString(text);

    /// <summary>A text with nothing to fill in.</summary>
    public static RefusalText FromString(string text)
    {
        var whole = new RefusalText(text.Length, 0);
        whole.AppendLiteral(text);
        return whole;
    }

    /// <summary>What the database says, in its own language: known to the second language where it is one of the usual sayings.</summary>
    internal static RefusalText OfDatabase(string text) => FromString(text);

    /// <summary>For the compiler: a piece of the sentence.</summary>
    public void AppendLiteral(string text) => _sentence.Append(text);

    /// <summary>For the compiler: a place.</summary>
    public void AppendFormatted(object? value, string? format = null)
    {
        _sentence.Append(CultureInfo.InvariantCulture, $"{{{_values.Count}}}");
        _values.Add((value, format));
    }

    /// <summary>The sentence as it was written, filled in.</summary>
    public override string ToString() => Fill(Sentence, language: null);

    /// <summary>The same in a second language; null when that does not know the sentence.</summary>
    internal string? In(SecondLanguage language) => language.Of(Sentence) is { } sentence ? Fill(sentence, language) : null;

    private string Fill(string sentence, SecondLanguage? language)
    {
        if (_values.Count == 0) return sentence;
        var text = new StringBuilder();
        for (var i = 0; i < sentence.Length; i++)
        {
            if (sentence[i] == '{' && i + 2 < sentence.Length && sentence[i + 2] == '}' && char.IsAsciiDigit(sentence[i + 1])
                && sentence[i + 1] - '0' < _values.Count)
            {
                text.Append(Said(_values[sentence[i + 1] - '0'], language));
                i += 2;
            }
            else
            {
                text.Append(sentence[i]);
            }
        }
        return text.ToString();
    }

    private static string Said((object? Value, string? Format) place, SecondLanguage? language) => place.Value switch
    {
        RefusalText inner when language is not null => inner.In(language) ?? inner.ToString(),
        IFormattable value => value.ToString(place.Format, CultureInfo.InvariantCulture),
        { } value => value.ToString() ?? "",
        null => "",
    };
}
