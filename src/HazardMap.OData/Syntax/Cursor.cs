using System.Text.RegularExpressions;

namespace HazardMap.OData;

/// <summary>A place in a text that is being read. What does not fit is refused with the place and the option.</summary>
internal sealed class Cursor(string text, string option)
{
    public string Text { get; } = text;

    /// <summary>The query option the text is from; the target of refusals.</summary>
    public string Option { get; } = option;

    public int Place { get; set; }

    public bool AtEnd => Place >= Text.Length;

    public char Next => AtEnd ? '\0' : Text[Place];

    public char After(int distance) => Place + distance < Text.Length ? Text[Place + distance] : '\0';

    public void SkipSpace()
    {
        while (!AtEnd && Next is ' ' or '\t') Place++;
    }

    /// <summary>Takes a character if it comes next, spaces around it included.</summary>
    public bool Try(char character)
    {
        var start = Place;
        SkipSpace();
        if (Next != character || AtEnd)
        {
            Place = start;
            return false;
        }
        Place++;
        SkipSpace();
        return true;
    }

    public void Need(char character)
    {
        if (!Try(character)) throw Unexpected($"'{character}'");
    }

    /// <summary>Takes a word if it comes next as a whole word, whatever its case.</summary>
    public bool TryWord(string word)
    {
        var start = Place;
        SkipSpace();
        if (string.Compare(Text, Place, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0 || IsNamePart(After(word.Length)))
        {
            Place = start;
            return false;
        }
        Place += word.Length;
        return true;
    }

    /// <summary>Takes what a pattern matches right here.</summary>
    public string? Try(Regex pattern)
    {
        var match = pattern.Match(Text, Place);
        if (!match.Success || match.Index != Place) return null;
        Place += match.Length;
        return match.Value;
    }

    /// <summary>A name; dots inside are allowed when it may be qualified.</summary>
    public string? TryName(bool qualified = false)
    {
        if (!IsNameStart(Next)) return null;
        var start = Place;
        while (!AtEnd && (IsNamePart(Next) || qualified && Next == '.' && IsNameStart(After(1)))) Place++;
        return Text[start..Place];
    }

    public string Name() => TryName() ?? throw Unexpected("a name");

    /// <summary>What stands between single quotes; a quote inside is doubled.</summary>
    public string Quoted()
    {
        var result = new System.Text.StringBuilder();
        for (Place++; !AtEnd; Place++)
        {
            if (Next == '\'' && After(1) != '\'')
            {
                Place++;
                return result.ToString();
            }
            if (Next == '\'') Place++;
            result.Append(Next);
        }
        throw ODataRefusalException.Bad($"{Option}: a text has no closing quote.", Option);
    }

    /// <summary>Everything up to the closing parenthesis that belongs to one already open, quotes respected.</summary>
    public string UntilClosed(params ReadOnlySpan<char> stops)
    {
        var (start, depth, quote) = (Place, 0, '\0');
        for (; !AtEnd; Place++)
        {
            if (quote != '\0')
            {
                if (Next == quote) quote = '\0';
                continue;
            }
            if (Next is '\'' or '"') quote = Next;
            if (depth == 0 && (Next == ')' || stops.Contains(Next))) return Text[start..Place];
            if (Next is '(' or '[' or '{') depth++;
            if (Next is ')' or ']' or '}') depth--;
        }
        return Text[start..];
    }

    public void NeedEnd()
    {
        SkipSpace();
        if (!AtEnd) throw Unexpected("an operator or the end");
    }

    public ODataRefusalException Unexpected(RefusalText wanted)
    {
        RefusalText found = "the end";
        if (!AtEnd) found = $"'{Text.Substring(Place, Math.Min(20, Text.Length - Place))}'";
        return ODataRefusalException.Bad($"{Option}: {wanted} is expected at position {Place}, not {found}.", Option);
    }

    public static bool IsNameStart(char character) => char.IsLetter(character) || character == '_';

    public static bool IsNamePart(char character) => char.IsLetterOrDigit(character) || character == '_';
}
