using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Register.Sets;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>Reads cells: full-width digits count as digits, words in either language, numbers only within their range.</summary>
internal static partial class LedgerCells
{
    /// <summary>How exports mark sample data; the import reads it back.</summary>
    public const string SampleMark = "示例数据 / sample data";

    private const int LongestText = 200;

    /// <summary>The value of a cell; <see langword="null"/> for an empty one. What can't be read is a problem.</summary>
    public static object? Read(LedgerColumn column, string cell, out (string Reason, string En, string Zh)? problem)
    {
        problem = null;
        var trimmed = cell.Trim(' ', '\t', '\r', '\n', '\u3000', '\u00A0', '\uFEFF');
        if (trimmed.Length == 0) return null;
        var plain = trimmed.Normalize(NormalizationForm.FormKC).Trim();
        return column.Note.Form switch
        {
            CellForm.Position => Number(plain, -1e9, 1e9, ref problem),
            CellForm.Code => CodeOf(plain, ref problem),
            CellForm.SampleMark => plain.StartsWith("示例数据", StringComparison.Ordinal) ? true : Boolean(plain, ref problem),
            _ => Plain(column, plain, trimmed, ref problem),
        };
    }

    /// <summary>The words of a column of choices.</summary>
    public static Words WordsOf(LedgerColumn column) => Words.Of(column.Property.EnumType!.ClrType!);

    private static object? Plain(LedgerColumn column, string plain, string trimmed, ref (string, string, string)? problem) =>
        column.Property.Type switch
        {
            ODataType.Boolean => Boolean(plain, ref problem),
            ODataType.Int32 => Whole(plain, column.Property.Maximum ?? int.MaxValue, ref problem),
            ODataType.Double => Number(plain, column.Property.Minimum ?? double.MinValue,
                column.Property.Maximum ?? double.MaxValue, ref problem),
            ODataType.Enum => Word(WordsOf(column), plain, ref problem),
            _ => Text(trimmed, column.Property.MaxLength ?? LongestText, ref problem),
        };

    // A text that begins like a formula is kept as it is: it is only dangerous where a sheet would run it.
    private static string? Text(string text, int longest, ref (string, string, string)? problem)
    {
        if (text.Length <= longest && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))) return text;
        problem = ("TextRefused", $"longer than {longest} characters, or with control characters",
            $"超过 {longest} 个字符或含控制字符");
        return null;
    }

    private static string? CodeOf(string text, ref (string, string, string)? problem)
    {
        if (Scientific().IsMatch(text))
            problem = ("CodeMangled", $"'{text}' is a code that a sheet turned into a number; format the column as text",
                $"'{text}' 是被表格软件变成数字的代码，请将该列设为文本格式");
        else if (text.Length > 64 || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            problem = ("CodeRefused", "a code has at most 64 characters and no spaces", "编号最多 64 个字符且不含空格");
        else return text;
        return null;
    }

    private static object? Number(string text, double least, double most, ref (string, string, string)? problem)
    {
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most) return value;
        problem = double.IsFinite(value) && text.Any(char.IsDigit) && !text.Any(char.IsLetter)
            ? ("NumberOutOfRange", $"'{text}' is not between {least} and {most}", $"'{text}' 不在 {least} 至 {most} 之间")
            : ("NotANumber", $"'{text}' is not a number", $"'{text}' 不是数字");
        return null;
    }

    private static object? Whole(string text, double most, ref (string, string, string)? problem)
    {
        var isCount = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        if (isCount && value <= most) return value;
        problem = isCount ? ("NumberOutOfRange", $"'{text}' is not between 0 and {most}", $"'{text}' 不在 0 至 {most} 之间")
            : ("NotACount", $"'{text}' is not a whole number of 0 or more", $"'{text}' 不是非负整数");
        return null;
    }

    private static object? Boolean(string text, ref (string, string, string)? problem)
    {
        if (YesNo.Find(text) is { } value) return value;
        problem = ("NotYesOrNo", $"'{text}' is neither yes nor no (是/否, 有/无, true/false, 1/0)",
            $"'{text}' 不是 是/否、有/无、true/false、1/0");
        return null;
    }

    private static string? Word(Words words, string text, ref (string, string, string)? problem)
    {
        if (words.Find(text) is { } word) return word.Member;
        problem = ("UnknownWord", $"'{text}' is not one of {string.Join(", ", words.All.Select(w => w.Member))}",
            $"'{text}' 不在可选值之内：{string.Join("、", words.All.Select(w => w.Zh))}");
        return null;
    }

    [GeneratedRegex(@"^\d(\.\d+)?E\+?\d+$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scientific();
}
