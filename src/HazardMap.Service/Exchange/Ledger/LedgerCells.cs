using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>Reads cells: full-width digits count as digits, words in either language, numbers only within their range.</summary>
internal static partial class LedgerCells
{
    /// <summary>The value of a cell; <see langword="null"/> for an empty one. What can't be read is a problem.</summary>
    public static object? Read(LedgerColumn column, string cell, ImportKind kind, out (string Reason, string En, string Zh)? problem)
    {
        problem = null;
        var trimmed = cell.Trim(' ', '\t', '\r', '\n', '\u3000', '\u00A0', '\uFEFF');
        if (trimmed.Length == 0) return null;
        var plain = trimmed.Normalize(NormalizationForm.FormKC).Trim();
        var value = column switch
        {
            LedgerColumn.Name or LedgerColumn.OwnerUnit => Text(trimmed, 200, ref problem),
            LedgerColumn.Code or LedgerColumn.DivisionCode or LedgerColumn.ParentCode => CodeOf(plain, ref problem),
            LedgerColumn.Longitude or LedgerColumn.Latitude => Number(plain, -1e9, 1e9, ref problem),
            LedgerColumn.DepthMetres => Number(plain, 0, 12000, ref problem),
            >= LedgerColumn.HasSign and <= LedgerColumn.HasCamera or LedgerColumn.CountsEstimated => Boolean(plain, ref problem),
            LedgerColumn.IsSynthetic => plain.StartsWith("示例数据", StringComparison.Ordinal) ? true : Boolean(plain, ref problem), // as exports say it
            >= LedgerColumn.Capacity and <= LedgerColumn.Aged60Plus or >= LedgerColumn.Population => Whole(plain, ref problem),
            _ => Word(WordsOf(column, kind), plain, ref problem),
        };
        return value;
    }

    private static IReadOnlyDictionary<string, string> WordsOf(LedgerColumn column, ImportKind kind) => column switch
    {
        LedgerColumn.Kind => kind == ImportKind.Facilities ? LedgerWords.FacilityKinds : LedgerWords.HazardKinds,
        LedgerColumn.Status => kind == ImportKind.Facilities ? LedgerWords.FacilityStatuses : LedgerWords.HazardStatuses,
        LedgerColumn.Flow => LedgerWords.Flows,
        LedgerColumn.Bank => LedgerWords.Banks,
        LedgerColumn.Access => LedgerWords.Accesses,
        LedgerColumn.Level => LedgerWords.Levels,
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "not a column of words"),
    };

    // A text that begins like a formula is kept as it is: it is only dangerous where a sheet would run it.
    private static string? Text(string text, int longest, ref (string, string, string)? problem)
    {
        if (text.Length <= longest && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))) return text;
        problem = ("TextRefused", $"longer than {longest} characters, or with control characters", $"超过 {longest} 个字符或含控制字符");
        return null;
    }

    private static string? CodeOf(string text, ref (string, string, string)? problem)
    {
        if (Scientific().IsMatch(text))
            problem = ("CodeMangled", $"'{text}' is a code that a sheet turned into a number; format the column as text", $"'{text}' 是被表格软件变成数字的代码，请将该列设为文本格式");
        else if (text.Length > 64 || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            problem = ("CodeRefused", "a code has at most 64 characters and no spaces", "编号最多 64 个字符且不含空格");
        else return text;
        return null;
    }

    private static object? Number(string text, double least, double most, ref (string, string, string)? problem)
    {
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most) return value;
        problem = double.IsFinite(value) && text.Any(char.IsDigit) && !text.Any(char.IsLetter)
            ? ("NumberOutOfRange", $"'{text}' is not between {least} and {most}", $"'{text}' 不在 {least} 至 {most} 之间")
            : ("NotANumber", $"'{text}' is not a number", $"'{text}' 不是数字");
        return null;
    }

    private static object? Whole(string text, ref (string, string, string)? problem)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return value;
        problem = ("NotACount", $"'{text}' is not a whole number of 0 or more", $"'{text}' 不是非负整数");
        return null;
    }

    private static object? Boolean(string text, ref (string, string, string)? problem)
    {
        if (LedgerWords.Booleans.TryGetValue(text, out var value)) return value;
        problem = ("NotYesOrNo", $"'{text}' is neither yes nor no (是/否, 有/无, true/false, 1/0)", $"'{text}' 不是 是/否、有/无、true/false、1/0");
        return null;
    }

    private static string? Word(IReadOnlyDictionary<string, string> words, string text, ref (string, string, string)? problem)
    {
        if (words.TryGetValue(text, out var member)) return member;
        problem = ("UnknownWord", $"'{text}' is not one of {string.Join(", ", words.Values.Distinct(StringComparer.Ordinal))}",
            $"'{text}' 不在可选值之内：{string.Join("、", words.Keys.Where(k => k[0] > 127))}");
        return null;
    }

    [GeneratedRegex(@"^\d(\.\d+)?E\+?\d+$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scientific();
}
