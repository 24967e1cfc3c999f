using System.Text;

namespace HazardMap.OData;

/// <summary>
/// The URI parser turns the list of <c>in (...)</c> into JSON and stumbles over empty texts, quotes, backslashes and the
/// like. Such texts are taken out before parsing and put back when the list is translated.
/// </summary>
internal sealed class ListLiterals
{
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly string prefix = "z" + Guid.NewGuid().ToString("N");

    public bool IsEmpty => texts.Count == 0;

    /// <summary>The text that a literal in a list stands for.</summary>
    public string Restore(string literal) => texts.GetValueOrDefault(literal, literal);

    /// <summary>The expression with the awkward texts of its lists replaced by harmless names.</summary>
    public string TakeOut(string expression)
    {
        if (!expression.Contains(" in ", StringComparison.Ordinal) && !expression.Contains(" in(", StringComparison.Ordinal)) return expression;
        var result = new StringBuilder(expression.Length);
        var depth = 0;
        for (var i = 0; i < expression.Length; i++)
        {
            var character = expression[i];
            if (character == '\'')
            {
                var end = End(expression, i);
                result.Append(depth > 0 && IsPlain(expression, i) ? Name(expression[i..end]) : expression[i..end]);
                i = end - 1;
                continue;
            }
            if (character == '(' && (depth > 0 || EndsWithIn(result))) depth++;
            if (character == ')' && depth > 0) depth--;
            result.Append(character);
        }
        return result.ToString();
    }

    /// <summary>A text, not the inside of a typed literal such as geography'...'.</summary>
    private static bool IsPlain(string expression, int place) => place == 0 || expression[place - 1] is '(' or ',' or ' ';

    private static bool EndsWithIn(StringBuilder text)
    {
        var tail = text.ToString(Math.Max(0, text.Length - 12), Math.Min(12, text.Length)).TrimEnd();
        return tail.EndsWith(" in", StringComparison.Ordinal);
    }

    private static int End(string expression, int start)
    {
        for (var i = start + 1; i < expression.Length; i++)
        {
            if (expression[i] != '\'') continue;
            if (i + 1 < expression.Length && expression[i + 1] == '\'') i++;
            else return i + 1;
        }
        return expression.Length;
    }

    private string Name(string literal)
    {
        if (literal.Length < 2 || !literal.EndsWith('\'')) return literal;
        var text = literal[1..^1].Replace("''", "'", StringComparison.Ordinal);
        if (text.Length > 0 && text.All(x => char.IsAsciiLetterOrDigit(x) || x is '_' or '-' or '.')) return literal;
        var name = prefix + texts.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        texts.Add(name, text);
        return $"'{name}'";
    }
}
