namespace HazardMap.Service.Exchange.Ledger;

/// <summary>Numbers in Chinese characters: 三, 十二, 两百零五, 一点五, 半.</summary>
internal static class ChineseNumber
{
    private const string Digits = "零一二三四五六七八九";

    /// <summary>The number; <see langword="null"/> when the characters make none.</summary>
    public static double? Parse(string text)
    {
        if (text == "半") return 0.5;
        var parts = text.Replace('〇', '零').Replace('两', '二').Split('点');
        if (parts.Length > 2 || Whole(parts[0]) is not { } whole) return null;
        if (parts.Length == 1) return whole;
        double value = whole, place = 1;
        foreach (var c in parts[1])
        {
            if (Digits.IndexOf(c, StringComparison.Ordinal) is not (>= 0 and var digit)) return null;
            value += digit * (place /= 10);
        }
        return Math.Round(value, parts[1].Length);
    }

    // 一千二百零三: digits weigh as the unit behind them says; 万 closes a section of four.
    private static double? Whole(string text)
    {
        double total = 0, section = 0;
        var digit = -1;
        foreach (var c in text)
        {
            if (Digits.IndexOf(c, StringComparison.Ordinal) is >= 0 and var d)
            {
                if (digit > 0) return null;   // 二三: a list, or digits one by one
                digit = d;
                continue;
            }
            double? unit = c switch { '十' => 10, '百' => 100, '千' => 1000, '万' => 10_000, _ => null };
            if (unit is null) return null;
            if (unit == 10_000)
            {
                total = (total + section + Math.Max(digit, 0)) * 10_000;
                section = 0;
            }
            else section += (digit < 0 ? 1 : digit) * unit.Value;
            digit = -1;
        }
        return text.Length == 0 ? null : total + section + Math.Max(digit, 0);
    }
}
