using System.Globalization;
using System.Text.RegularExpressions;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// Tells the rows of a form that are no rows of the ledger: totals, signatures, notes, the headers again on the next page, units, column
/// numbers. Only rows that state neither a place nor a kind can be such.
/// </summary>
/// <param name="headers">The headers as they stand.</param>
/// <param name="places">The columns of the position.</param>
/// <param name="kinds">The columns of choices, and what they hold.</param>
internal sealed partial class CsvFurniture(IEnumerable<string> headers, IReadOnlyList<int> places,
    IReadOnlyList<(int At, LedgerColumn Column)> kinds)
{
    private const int LongestTotal = 16;
    private const int LongestPosition = 64;
    private const double FarthestMetres = 1e8;
    private readonly HashSet<string> _headers = new(headers.Where(h => h.Length > 0), StringComparer.Ordinal);
    private bool _hasEnded;

    /// <summary>What a row is instead of a row of the ledger; <see langword="null"/>: a row of the ledger.</summary>
    /// <param name="record">The row.</param>
    /// <param name="isAtTop">Whether only such rows stand between it and the headers.</param>
    public (string En, string Zh)? Of(CsvRecord record, bool isAtTop)
    {
        if (IsHeaderAgain(record)) return ("the headers again", "重复的表头");
        if (isAtTop && record.Cells.Count(c => LedgerCells.Trim(c).Length > 0) > 1
            && record.Cells.All(c => LedgerCells.Trim(c).Length == 0 || LedgerHeaders.IsUnit(c))) return ("units", "单位行");
        if (isAtTop && IsNumbering(record)) return ("column numbers", "列号行");
        if (places.Any(i => i < record.Cells.Count && IsPlace(record.Cells[i]))) return null;
        var what = Form(record);
        _hasEnded |= what is not null;
        return what;
    }

    private (string En, string Zh)? Form(CsvRecord record)
    {
        var (first, stated) = ("", 0);
        foreach (var cell in record.Cells)
        {
            if (LedgerCells.Trim(cell) is not { Length: > 0 } trimmed) continue;
            if (stated++ == 0 || IsRunning(first)) first = Blanks().Replace(InvisibleText.Plain(trimmed), "");
        }
        if (first.Length <= LongestTotal && Total().IsMatch(first)) return ("a total", "合计行");
        if (kinds.Any(k => k.At < record.Cells.Count && LedgerCells.WordOf(k.Column, record.Cells[k.At]) is not null)) return null;
        return Signature().IsMatch(first) ? ("a signature", "签字行")
            : Note().IsMatch(first) ? ("a note", "说明行")
            : Page().IsMatch(first) ? ("the end of a page", "页尾")
            : _hasEnded && stated == 1 ? ("text behind the table", "表后文字") : null;
    }

    // A total may have a running number in front.
    private static bool IsRunning(string first) => first.Length is > 0 and < 6 && first.All(char.IsAsciiDigit);

    // A signature's date or a phone may stand under the headers of the position.
    private static bool IsPlace(string cell)
    {
        var trimmed = LedgerCells.Trim(cell);
        if (trimmed.Length is 0 or > LongestPosition) return trimmed.Length > 0;
        return AngleText.Read(trimmed, isLongitude: true, out var problem, out _) is { } degrees
            ? Math.Abs(degrees) < FarthestMetres : problem is { Reason: "AxesSwapped" or "DecimalComma" or "TwoNumbers" };
    }

    private bool IsHeaderAgain(CsvRecord record)
    {
        var stated = record.Cells.Select(c => c.Trim()).Where(c => c.Length > 0);
        return _headers.Contains(stated.FirstOrDefault() ?? "") && stated.Take(4).Count() > 1 && stated.Take(4).All(_headers.Contains);
    }

    // 1, 2, 3, ... or (1), (2), (3) under the headers.
    private static bool IsNumbering(CsvRecord record)
    {
        var (stated, last) = (0, 0);
        foreach (var cell in record.Cells)
        {
            var plain = InvisibleText.Plain(cell).Trim('(', ')', '栏');
            if (plain.Length == 0 || plain is "甲" or "乙" or "丙" or "丁") continue;
            if (!int.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number != last + 1
                && last != 0) return false;
            last = number;
            stated++;
        }
        return stated >= 4;
    }

    private const RegexOptions Plainly = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"^.{0,8}(合计|总计|小计|共计|累计|总数)[:：]?(\(.*\)|\d.*)?$"
        + @"|^(grand|sub)?-?totals?[:：]?(\(.*\)|\d.*)?$|^sum[:：]?$", Plainly, 1000)]
    private static partial Regex Total();

    [GeneratedRegex(@"^(填表|填报|制表|编制|审核|复核|审批|批准|校核|核对|统计|经办|报送|上报|签字|签名"
        + @"|盖章"
        + @"|负责|单位|部门|分管|主管|主要|联系|领导|日期|时间)"
        + @"(人|员|者|单位|部门|日期|时间|负责人|领导|签字|签名|盖章|电话|方式|\(.{1,8}\))*[:：].*$"
        + @"|^(填表|填报|制表|编制|审核|复核|审批|批准|签字|签名|盖章|单位负责|经办)"
        + @"(人|单位|日期|签字|签名)?(\(.{1,8}\))?$"
        + @"|^(prepared|checked|approved|reviewed|signed|compiled|reported)\s?by[:：]?.*$|^(signature|date)[:：].*$", Plainly, 1000)]
    private static partial Regex Signature();

    [GeneratedRegex(@"^(注|备注|附注|说明|填表说明|填报说明|注意事项|注意|note|notes|remarks?)(\d*|[一二三四"
        + @"五])[:：.、].*$"
        + @"|^[*※].{6,}$|^(说明|备注|填表说明)$", Plainly, 1000)]
    private static partial Regex Note();

    [GeneratedRegex(@"^(\(?以下(空白|无正文)\)?|第\d+页.*|共\d+页.*|续表.*|page\d+.*|[-—=_]{3,})$", Plainly, 1000)]
    private static partial Regex Page();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blanks();
}
