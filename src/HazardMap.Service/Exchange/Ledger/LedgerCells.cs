using System.Globalization;
using System.Text.RegularExpressions;
using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Register.Sets;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// Reads cells: words in either language, numbers with their units, positions in degrees, minutes and seconds. What was read from
/// something else than a plain value is told, what can't be read is a problem with its remedy.
/// </summary>
internal static partial class LedgerCells
{
    /// <summary>How exports mark sample data; the import reads it back.</summary>
    public const string SampleMark = "示例数据 / sample data";

    private const int LongestText = 200;
    private const double MostOfAGrid = 1e9;

    // Forms that a compatibility mapping would turn into other numbers: 3² into 32, ½ into 1/2.
    private static readonly System.Buffers.SearchValues<char> RaisedDigits =
        System.Buffers.SearchValues.Create("²³¹⁰ⁱ⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
            + "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙"
            + "⅚⅛⅜⅝⅞⅟↉①②③④⑤⑥⑦⑧⑨⑩");

    /// <summary>The value of a cell; <see langword="null"/> for an empty one. What can't be read is a problem.</summary>
    public static object? Read(LedgerColumn column, string cell, out CellProblem? problem) => Read(column, cell, 1, out problem, out _);

    /// <summary>The same, of a column whose header names a unit.</summary>
    /// <param name="column">The column.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="scale">The header's unit in the unit of the property.</param>
    /// <param name="problem">Why there is no value.</param>
    /// <param name="isOdd">Whether the value was read from another writing, which is told.</param>
    public static object? Read(LedgerColumn column, string cell, double scale, out CellProblem? problem, out bool isOdd)
    {
        problem = null;
        isOdd = false;
        var trimmed = Trim(cell);
        if (trimmed.Length == 0) return null;
        var plain = InvisibleText.Plain(trimmed);
        if (plain.Length == 0) return null;
        switch (column.Note.Form)
        {
            case CellForm.Position: return Position(column, Undressed(trimmed), ref problem, ref isOdd);
            case CellForm.Code: return CodeText.Read(cell, out problem)?.Code;
            case CellForm.MonthDay: return DateText.MonthDay(Undressed(plain), out problem, out isOdd);
            case CellForm.SampleMark: return plain.StartsWith("示例数据", StringComparison.Ordinal) ? true
                : Boolean(plain, ref problem, ref isOdd);
        }
        if (column.Property.Type == ODataType.Date)
            return DateText.Day(Undressed(plain), column.Note.Form == CellForm.Since, out problem, out isOdd);
        return column.Property.Type is ODataType.Boolean or ODataType.Int32 or ODataType.Double or ODataType.Enum
            ? Plain(column, Undressed(plain), trimmed, scale, ref problem, ref isOdd)
            : Text(column.Property, trimmed, ref problem);
    }

    /// <summary>The words of a column of choices.</summary>
    public static Words WordsOf(LedgerColumn column) => Words.Of(column.Property.EnumType!.ClrType!);

    /// <summary>The word of a column of choices that a cell names, however it is spaced or explained.</summary>
    public static Word? WordOf(LedgerColumn column, string cell)
    {
        var words = WordsOf(column);
        var plain = Undressed(InvisibleText.Plain(cell));
        return words.Find(plain) ?? words.Find(Spaces().Replace(plain, "")) ?? words.Find(Explained().Replace(plain, ""));
    }

    /// <summary>Without the blanks around it, of any width.</summary>
    public static string Trim(string cell) => cell.Trim(' ', '\t', '\r', '\n', '\u3000', '\u00A0', '\uFEFF', '\u200B', '\u2060');

    /// <summary>What a sheet puts where a formula failed or a column is too narrow.</summary>
    public static CellProblem? SheetError(string text) => text.Length > 0 && text[0] == '#' && SheetErrors().IsMatch(text)
        ? new("SheetError", $"'{text}' is an error of the sheet, not a value: correct it there, or leave the cell empty",
            $"'{text}' 是表格的错误值：请在表格中改正，或将单元格留空") : null;

    // An apostrophe or ="..." keeps a sheet from making a number of a text.
    private static string Undressed(string text)
    {
        if (text.Length > 1 && text[0] is '\'' or '‘' or '’') return text[1..].Trim();
        return text.Length > 3 && text[0] is '=' or '＝' && DressedUp().Match(text) is { Success: true } dressed
            ? dressed.Groups["text"].Value.Trim() : text;
    }

    private static object? Plain(LedgerColumn column, string plain, string trimmed, double scale, ref CellProblem? problem, ref bool isOdd)
    {
        switch (column.Property.Type)
        {
            case ODataType.Boolean: return Boolean(plain, ref problem, ref isOdd);
            case ODataType.Enum: return Word(column, plain, ref problem, ref isOdd);
            case ODataType.Int32: return Whole(column, plain, trimmed, ref problem, ref isOdd);
        }
        if (Raised(trimmed, ref problem)) return null;
        var value = NumberText.Read(plain, column.Property.Unit == "m", scale, out problem, out isOdd);
        return value is null || IsWithin(column, value.Value, plain, ref problem) ? value : null;
    }

    private static object? Position(LedgerColumn column, string trimmed, ref CellProblem? problem, ref bool isOdd)
    {
        if (Raised(trimmed.Replace('⁰', '°'), ref problem)) return null;
        var value = AngleText.Read(trimmed, column.Name == "Longitude", out problem, out isOdd);
        if (value is not { } degrees || Math.Abs(degrees) <= MostOfAGrid) return value;
        problem = OutOfRange(CellProblem.Quote(trimmed), "-1000000000", "1000000000");
        return null;
    }

    private static object? Whole(LedgerColumn column, string plain, string trimmed, ref CellProblem? problem, ref bool isOdd)
    {
        if (int.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return IsWithin(column, count, plain, ref problem) ? count : null;
        if (Raised(trimmed, ref problem)) return null;
        var value = NumberText.Read(plain, isLength: false, 1, out problem, out isOdd);
        if (value is not { } number) return null;
        if (number < 0 || number != Math.Floor(number))
        {
            problem = new("NotACount", $"'{CellProblem.Quote(plain)}' is not a whole number of 0 or more",
                $"'{CellProblem.Quote(plain)}' 不是非负整数");
            return null;
        }
        return IsWithin(column, number, plain, ref problem) ? (int)number : null;
    }

    private static bool IsWithin(LedgerColumn column, double value, string plain, ref CellProblem? problem)
    {
        var isWhole = column.Property.Type == ODataType.Int32;
        double least = column.Property.Minimum ?? (isWhole ? 0 : double.MinValue),
            most = column.Property.Maximum ?? (isWhole ? int.MaxValue : double.MaxValue);
        if (value >= least && value <= most) return true;
        problem = OutOfRange(CellProblem.Quote(plain), least.ToString(CultureInfo.InvariantCulture),
            most.ToString(CultureInfo.InvariantCulture));
        return false;
    }

    private static CellProblem OutOfRange(string seen, string least, string most) =>
        new("NumberOutOfRange", $"'{seen}' is not between {least} and {most}", $"'{seen}' 不在 {least} 至 {most} 之间");

    private static bool Raised(string text, ref CellProblem? problem)
    {
        if (text.AsSpan().IndexOfAny(RaisedDigits) < 0) return false;
        problem = new("NotANumber", $"'{CellProblem.Quote(text)}' is not a number: write it with plain digits and a point",
            $"'{CellProblem.Quote(text)}' 不是数字：请用普通数字和小数点书写");
        return true;
    }

    // A text that begins like a formula is kept as it is: it is only dangerous where a sheet would run it.
    private static string? Text(Property property, string text, ref CellProblem? problem)
    {
        var longest = property.MaxLength ?? LongestText;
        if (property.Form == TextForm.Line) text = InvisibleText.OneLine(text);
        if (SheetError(text) is { } error) problem = error;
        else if (Property.CharactersOf(text) > longest || !TextForms.Has(text, property.Form))
            problem = new("TextRefused",
                $"'{CellProblem.Quote(text)}': longer than {longest} characters, or with control characters, or nothing in it can be seen",
                $"'{CellProblem.Quote(text)}'：超过 {longest} 个字符、含控制字符或没有可见文字");
        else return text;
        return null;
    }

    private static object? Boolean(string text, ref CellProblem? problem, ref bool isOdd)
    {
        if (YesNo.Find(text) is { } value) return value;
        isOdd = true;
        if (NumberText.TryPlain(text, out var number) && number is 0 or 1) return number == 1;
        if (YesNo.Find(Explained().Replace(text, "")) is { } explained) return explained;
        // 2块, 有2个: so many of them are there.
        if (Pieces().Match(text) is { Success: true } pieces && NumberText.IsCounter(pieces.Groups["unit"].Value))
            return pieces.Groups["n"].ValueSpan.IndexOfAnyExcept('0') >= 0;
        problem = new("NotYesOrNo", $"'{CellProblem.Quote(text)}' is neither yes nor no (是/否, 有/无, true/false, 1/0, √/×): "
            + "write one of them",
            $"'{CellProblem.Quote(text)}' 不是 是/否、有/无、true/false、1/0、√/×：请填写其中之一");
        return null;
    }

    private static string? Word(LedgerColumn column, string text, ref CellProblem? problem, ref bool isOdd)
    {
        if (WordsOf(column).Find(text) is { } word) return word.Member;
        isOdd = true;
        if (WordOf(column, text) is { } explained) return explained.Member;
        var all = WordsOf(column).All;
        problem = SheetError(text) ?? new("UnknownWord", $"'{CellProblem.Quote(text)}' is not one of "
            + $"{string.Join(", ", all.Select(w => w.Member))}",
            $"'{CellProblem.Quote(text)}' 不在可选值之内：{string.Join("、", all.Select(w => w.Zh))}");
        return null;
    }

    [GeneratedRegex(@"^#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|#{2,})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SheetErrors();

    [GeneratedRegex("^[=＝]\\s*(T\\()?[\"“”＂]+(?<text>.*?)[\"“”＂]+\\)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DressedUp();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Spaces();

    // 有（2块）, 水库（小二型）: what stands in brackets behind explains.
    [GeneratedRegex(@"\s*[(\[【].*[)\]】]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Explained();

    [GeneratedRegex(@"^有?\s*(?<n>\d{1,6})\s*(?<unit>\D{1,3})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pieces();
}
