using System.Globalization;
using System.Text.RegularExpressions;
using HazardMap.OData;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>A code as a sheet may have dressed it up, and what is behind.</summary>
/// <param name="Code">The code.</param>
/// <param name="Written">As it stands in the file, where that differs: it counts when the register knows that and not the other.</param>
/// <param name="MustBeKnown">A number was made of it (<c>12.0</c>): only a code that is known may be meant.</param>
internal readonly record struct CodeReading(string Code, string? Written, bool MustBeKnown);

/// <summary>
/// Reads codes: invisible characters are dropped, the ways in which sheets keep a text from becoming a number (<c>="H001"</c>, an
/// apostrophe in front) are undone, and a number that a sheet made of digits is turned back where no digit was lost.
/// </summary>
internal static partial class CodeText
{
    private const int Longest = 64;

    /// <summary>The code of a cell that is not empty.</summary>
    public static CodeReading? Read(string cell, out CellProblem? problem)
    {
        problem = null;
        var written = LedgerCells.Trim(cell);
        var plain = InvisibleText.Plain(written);
        if (LedgerCells.SheetError(plain) is { } error)
        {
            problem = error;
            return null;
        }
        var code = Undressed(plain);
        if (code.Length > 0 && char.IsAsciiDigit(code[0]) && Number().Match(code) is { Success: true } number)
        {
            if (Digits(number) is { } digits) return new(digits, written, true);
            problem = Mangled(CellProblem.Quote(code));
        }
        else if (code.Length > Longest || !TextForms.Has(code, TextForm.Word))
            problem = new("CodeRefused", $"'{CellProblem.Quote(code)}': a code has at most {Longest} characters and no spaces",
                $"'{CellProblem.Quote(code)}'：编号最多 {Longest} 个字符且不含空格");
        else return new(code, code == written ? null : written, false);
        return null;
    }

    /// <summary>The remedy for a code that became a number.</summary>
    public static CellProblem Mangled(string code) => new("CodeMangled",
        $"'{code}' is a code that a sheet turned into a number; format the column as text and enter the code again",
        $"'{code}' 是被表格软件变成数字的代码，请将该列设为文本格式后重新填写");

    private static string Undressed(string text)
    {
        if (text.StartsWith('=') && Formula().Match(text) is { Success: true } formula)
            text = formula.Groups["text"].Value.Replace("\"\"", "\"", StringComparison.Ordinal).Trim();
        if (text.Length > 1 && IsApostrophe(text[0])) text = (text.Length > 2 && IsApostrophe(text[^1]) ? text[1..^1] : text[1..]).Trim();
        return text;
    }

    private static bool IsApostrophe(char c) => c is '\'' or '‘' or '’' or '`' or '′';

    // 5.32601101001E+11 has all its digits; 5.32601E+11 has lost some.
    private static string? Digits(Match number)
    {
        var whole = number.Groups["whole"].Value.Replace(",", "", StringComparison.Ordinal);
        if (!number.Groups["power"].Success) return whole;
        var decimals = number.Groups["decimals"].Value;
        return int.TryParse(number.Groups["power"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var power)
            && decimals.Length == power && power > 0 ? whole + decimals
            : null;
    }

    [GeneratedRegex("^=\\s*(T\\()?[\"“”]+(?<text>.+?)[\"“”]+\\)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Formula();

    [GeneratedRegex(@"^((?<whole>\d+|\d{1,3}(,\d{3})+)\.0+|(?<whole>\d{1,3}(,\d{3})+)|(?<whole>\d)(\.(?<decimals>\d+))?E\+?(?<power>\d+))$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Number();
}
