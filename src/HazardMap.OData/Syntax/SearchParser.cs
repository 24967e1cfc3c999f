using System.Runtime.CompilerServices;

namespace HazardMap.OData;

/// <summary>Reads <c>$search</c>: words, phrases in quotes, AND (also unsaid), OR, NOT, parentheses.</summary>
internal sealed class SearchParser(Cursor cursor)
{
    public static SearchExpression Read(string text)
    {
        var cursor = new Cursor(text, "$search");
        var expression = new SearchParser(cursor).Or();
        cursor.NeedEnd();
        return expression;
    }

    public SearchExpression Or()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var left = And();
        while (TryWord("OR")) left = new SearchExpression.Or(left, And());
        return left;
    }

    private SearchExpression And()
    {
        var left = Not();
        while (true)
        {
            if (TryWord("AND") || IsTerm()) left = new SearchExpression.And(left, Not());
            else return left;
        }
    }

    private SearchExpression Not() => TryWord("NOT") ? new SearchExpression.Not(Term()) : Term();

    private SearchExpression Term()
    {
        if (cursor.Try('('))
        {
            var inner = Or();
            cursor.Need(')');
            return inner;
        }
        cursor.SkipSpace();
        if (cursor.Next == '"') return new SearchExpression.Term(Phrase());
        var start = cursor.Place;
        while (!cursor.AtEnd && cursor.Next is not (' ' or '\t' or '(' or ')' or '"' or ',')) cursor.Place++;
        var word = cursor.Text[start..cursor.Place];
        if (word is "AND" or "OR" or "NOT")
            throw ODataRefusalException.Bad(
                $"$search: {word} has nothing to join or to negate; the word itself is written \"{word}\".", "$search");
        return word.Length > 0 ? new SearchExpression.Term(word) : throw cursor.Unexpected("a word or a phrase");
    }

    private string Phrase()
    {
        var text = new System.Text.StringBuilder();
        for (cursor.Place++; !cursor.AtEnd; cursor.Place++)
        {
            if (cursor.Next == '"')
            {
                cursor.Place++;
                return text.ToString();
            }
            if (cursor.Next == '\\') cursor.Place++;
            text.Append(cursor.Next);
        }
        throw ODataRefusalException.Bad("$search: a phrase has no closing quote.", "$search");
    }

    /// <summary>Another term follows, which means AND.</summary>
    private bool IsTerm()
    {
        cursor.SkipSpace();
        if (cursor.AtEnd || cursor.Next is ')' or ',') return false;
        var start = cursor.Place;
        var isOr = TryWord("OR");
        cursor.Place = start;
        return !isOr;
    }

    /// <summary>The operators are in capitals; the same word in small letters is searched for.</summary>
    private bool TryWord(string word)
    {
        cursor.SkipSpace();
        if (string.CompareOrdinal(cursor.Text, cursor.Place, word, 0, word.Length) != 0
            || cursor.After(word.Length) is not (' ' or '\t' or '(' or '"')) return false;
        cursor.Place += word.Length;
        return true;
    }
}
