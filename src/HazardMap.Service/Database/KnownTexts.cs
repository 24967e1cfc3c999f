using System.Text;

namespace HazardMap.Service.Database;

/// <summary>Texts that stand in many rows, such as codes of divisions: each is made once. Not for threads.</summary>
internal sealed class KnownTexts
{
    private const int Longest = 64;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _byCharacters;

    public KnownTexts() => _byCharacters = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text of these bytes of UTF-8; the same object each time, but for very long ones.</summary>
    public string Of(ReadOnlySpan<byte> text)
    {
        if (text.Length > Longest) return Encoding.UTF8.GetString(text);
        Span<char> characters = stackalloc char[Longest];
        var read = characters[..Encoding.UTF8.GetChars(text, characters)];
        if (_byCharacters.TryGetValue(read, out var known)) return known;
        var made = read.ToString();
        _texts.Add(made);
        return made;
    }
}
