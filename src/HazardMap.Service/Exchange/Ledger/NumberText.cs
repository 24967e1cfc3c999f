using System.Globalization;
using System.Text.RegularExpressions;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// Reads numbers as people write them: with units, thousands separators, "about", in Chinese. What is no single number (a range, a
/// bound, "unknown", a decimal comma) is told as what it is.
/// </summary>
internal static partial class NumberText
{
    private const string N = @"\d+(\.\d+)?";
    private const string U = @"\s*[^\d\s.,+\-~]{0,12}\s*";
    private const string Months = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";

    private static readonly Dictionary<string, double> Lengths = Table(1, "米 m 公尺 meter meters metre metres",
        (0.1, "分米 dm"), (0.01, "厘米 公分 cm centimetre centimetres centimeter centimeters"), (0.001, "毫米 mm"),
        (1000, "千米 公里 km"), (0.3048, "英尺 ft foot feet"));

    private static readonly Dictionary<string, double> Counters = Table(1,
        "人 名 个 位 张 张床 床 床位 所 处 间 座 生 名学生 学生 人次 "
        + "people persons person pupils pupil children students beds places 块 根 条 只 套 副 付 台 具");

    /// <summary>How many metres a unit of length has; <see langword="null"/>: not known.</summary>
    public static double? Metres(string unit) => Lengths.TryGetValue(unit, out var metres) ? metres : null;

    /// <summary>Whether a word counts things: people, places, pieces.</summary>
    public static bool IsCounter(string unit) => Counters.ContainsKey(unit);

    /// <summary>The number that a cell says.</summary>
    /// <param name="text">The cell, as it is compared.</param>
    /// <param name="isLength">Whether it is a length in metres, or a count.</param>
    /// <param name="scale">Metres of the unit that the header names; a unit of the cell itself counts more.</param>
    /// <param name="problem">Why there is none.</param>
    /// <param name="isOdd">Whether it was written otherwise than as a plain number, which is told.</param>
    public static double? Read(string text, bool isLength, double scale, out CellProblem? problem, out bool isOdd)
    {
        problem = null;
        isOdd = false;
        if (TryPlain(text, out var value)) return double.IsFinite(value) ? value * scale : Fail(text, out problem);
        isOdd = true;
        if (Named(text) is { } named)
        {
            problem = named;
            return null;
        }
        if (Separated(text, !isLength, out var separated, out problem)) return separated * scale;
        return problem is null ? Odd(text, isLength, scale, ref problem) : null;
    }

    /// <summary>A number as programs write it.</summary>
    public static bool TryPlain(string text, out double value) => double.TryParse(text,
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
            out value);

    /// <summary>What a cell is that holds no number: words for unknown, an error or a date of the sheet.</summary>
    public static CellProblem? Named(string text)
    {
        var seen = CellProblem.Quote(text);
        if (LedgerCells.SheetError(text) is { } error) return error;
        if (Unknown().IsMatch(text))
            return new("UnknownStated", $"'{seen}' says that it is not known: leave the cell empty",
                $"'{seen}' 表示未知：请将单元格留空");
        if (Nothing().IsMatch(text))
            return new("NothingStated", $"'{seen}' stands for nothing: leave the cell empty",
                $"'{seen}' 表示没有内容：请将单元格留空");
        return SheetDate().IsMatch(text)
            ? new("SheetDate", $"'{seen}' is a date, which sheets make of text such as 1-2: enter the number again",
                $"'{seen}' 是日期，表格软件会把 1-2 之类的内容变成日期：请重新填写数字") : null;
    }

    /// <summary>A number with commas or spaces in it: thousands, or a decimal comma.</summary>
    /// <returns>Whether it was read.</returns>
    public static bool Separated(string text, bool isWhole, out double value, out CellProblem? problem)
    {
        problem = null;
        value = double.NaN;
        var seen = CellProblem.Quote(text);
        var bare = Separators().Replace(text, "");
        if (Thousands().IsMatch(text) && (isWhole || Separators().Count(text) > 1 || text.Contains('.', StringComparison.Ordinal)
            || !text.Contains(',', StringComparison.Ordinal)))
            return TryPlain(bare, out value);
        if (Thousands().IsMatch(text))
            problem = new("CommaAmbiguous", $"'{seen}' may be {bare} or {text.Replace(',', '.')}: write it without the comma",
                $"'{seen}' 可能是 {bare} 或 {text.Replace(',', '.')}：请去掉逗号重写");
        else if (DecimalComma().IsMatch(text))
        {
            var right = text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.').Replace(" ", "", StringComparison.Ordinal);
            problem = new("DecimalComma", $"'{seen}' has a decimal comma: write {right}",
                $"'{seen}' 用逗号作小数点：请写成 {right}");
        }
        return false;
    }

    private static double? Odd(string text, bool isLength, double scale, ref CellProblem? problem)
    {
        var seen = CellProblem.Quote(text);
        if (Range().IsMatch(text))
            problem = new("RangeStated", $"'{seen}' is a range or several numbers: state one number{(isLength ? ", the greatest" : "")}",
                $"'{seen}' 是范围或多个数：请填写一个数{(isLength ? "（填最大值）" : "")}");
        else if (Bound().IsMatch(text))
            problem = new("BoundStated", $"'{seen}' is a bound, not a number: state the number itself",
                $"'{seen}' 是界限，不是数值：请填写数值本身");
        if (problem is not null) return null;
        if (About().Match(text) is { Success: true } about && about.Groups["rest"].Value is { Length: > 0 } rest && rest != text)
        {
            var inner = Read(rest.Trim(), isLength, scale, out problem, out _);
            if (problem is { } p) problem = p with { En = p.En.Replace($"'{rest}'", $"'{seen}'", StringComparison.Ordinal),
                Zh = p.Zh.Replace($"'{rest}'", $"'{seen}'", StringComparison.Ordinal) };
            return inner;
        }
        return WithUnit(text, isLength, scale, ref problem);
    }

    private static double? WithUnit(string text, bool isLength, double scale, ref CellProblem? problem)
    {
        if (isLength && MetresAndMore().Match(text) is { Success: true } parts)
            return Whole(parts, "metres") + (parts.Groups["half"].Success ? 0.5
                : Whole(parts, "more") / (parts.Groups["more"].Length == 2 || parts.Groups["cm"].Success ? 100 : 10));
        var match = NumberAndUnit().Match(text);
        if (!match.Success) return Fail(text, out problem);
        var figure = match.Groups["figure"].Value.Trim().Replace('。', '.').Replace('·', '.');
        var value = TryPlain(figure, out var arabic) ? arabic
            : Separated(figure, !isLength, out var separated, out problem) ? separated : ChineseNumber.Parse(figure);
        if (problem is not null || value is not { } number) return problem is null ? Fail(text, out problem) : null;
        var unit = match.Groups["unit"].Value.TrimEnd('.').Trim();
        if (unit.Length == 0) return number * scale;
        if (isLength && Lengths.TryGetValue(unit, out var metres)) return metres < 1 ? number / Math.Round(1 / metres, 9) : number * metres;
        if (!isLength && Counters.ContainsKey(unit)) return number;
        problem = new("UnitUnknown", $"'{CellProblem.Quote(text)}': {unit} is not a unit that is read here: state "
            + (isLength ? "metres" : "the number alone"), $"'{CellProblem.Quote(text)}'：不识别单位 {unit}，"
            + $"请填写{(isLength ? "米数" : "数字")}");
        return null;
    }

    private static double Whole(Match match, string group) =>
        double.Parse("0" + match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double? Fail(string text, out CellProblem? problem)
    {
        problem = new("NotANumber", $"'{CellProblem.Quote(text)}' is not a number: write digits, such as 2.5",
            $"'{CellProblem.Quote(text)}' 不是数字：请填写数字，如 2.5");
        return null;
    }

    private static Dictionary<string, double> Table(double first, string names, params (double Scale, string Names)[] others)
    {
        var table = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        foreach (var (scale, words) in others.Prepend((first, names)))
            foreach (var word in words.Split(' ')) table.Add(word, scale);
        return table;
    }

    private const RegexOptions Plainly = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"^(不详|未详|不明|未知|不清楚?|不知道?|不确定|待(查|测|定|核实|补充)|未(测|量|测量"
        + @"|统计|填)"
        + @"|无法(测量|测|确定)|暂无|无数据"
        + @"|unknown|unk|n\.?/?a\.?|nan|null|none|nil|not known|not measured|tbd|\?+)$", Plainly, 1000)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"^([-—–―−_/\\.·…~*]+|无|没有|空)$", Plainly, 1000)]
    private static partial Regex Nothing();

    [GeneratedRegex(@"^(\d{1,2}月\d{1,2}日?|\d{4}[年/.-]\d{1,2}([月/.-]\d{1,2}日?)?月?|\d{1,2}[-/]" + Months
        + "|" + Months + @"[-/]\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4})$", Plainly, 1000)]
    private static partial Regex SheetDate();

    [GeneratedRegex(@"^[+-]?\d{1,3}(?<by>[,' ’])\d{3}(\k<by>\d{3})*(\.\d+)?$", Plainly, 1000)]
    private static partial Regex Thousands();

    [GeneratedRegex("[,' ’]", Plainly, 1000)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^[+-]?(\d+|\d{1,3}([. ]\d{3})+),\d+$", Plainly, 1000)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^(约|大约|大概)?\s*" + N + U + @"(-|–|—|―|−|~|∼|〜|至|到|\.{2,}|…|±|、|/|;|和|或|to|and|or)"
        + U + N + U + "$", Plainly, 1000)]
    private static partial Regex Range();

    [GeneratedRegex(@"^(≥|≧|≤|≦|⩾|⩽|[<>]=?|[大小高低多少]于(等于)?|不[大小高低多少]于|至[少多]|最[少多]"
        + @"|超过?|不超过|不足|不到|未超过|over|under|above|below|up to|at least|at most|(more|less) than|min\.?|max\.?)\s*" + N
        + U
        + "$|^" + N + U + @"(以[上下内外]|及以[上下]|多|余|几|\+|or more|or less|and more|and over)" + U
        + "$|^" + N + @"(多|余)[^\d]{1,4}$", Plainly, 1000)]
    private static partial Regex Bound();

    [GeneratedRegex(@"^((约为?|大约|大概|大致|将?近|接近|~|≈|∼|about|around|approx(\.|imately)?|circa|ca?\.|ca"
        + @"|(最大)?水深|最深(处)?|最大|深度?|共|depth)[:为]?\s*(?<rest>.+)"
        + @"|(?<rest>.+?)\s*(左右|上下|许|deep))$", Plainly, 1000)]
    private static partial Regex About();

    [GeneratedRegex(@"^(?<metres>\d+)\s*(米|m)\s*((?<more>\d{1,2})\s*(?<cm>厘米|公分|cm)?|(?<half>半))$", Plainly, 1000)]
    private static partial Regex MetresAndMore();

    [GeneratedRegex(@"^(?<figure>[+-]?\d[\d,' ’]*([.。·]\d+)?"
        + @"|[零〇一二两三四五六七八九十百千万半]+(点[零〇一二三四五六七八九]+)?)\s*(?<unit>[^\d\s].*)?$",
        Plainly, 1000)]
    private static partial Regex NumberAndUnit();
}
