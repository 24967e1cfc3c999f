using System.Globalization;
using System.Text;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// Characters that nobody sees: they come from web pages, chat programs and right-to-left marks, and make two codes of one. Dropped
/// from codes, headers, words and numbers; a name keeps what it has.
/// </summary>
internal static class InvisibleText
{
    /// <summary>The text without them; the same text when it has none.</summary>
    public static string Strip(string text)
    {
        if (Ascii.IsValid(text) || !text.EnumerateRunes().Any(IsInvisible)) return text;
        var seen = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (!IsInvisible(rune)) seen.Append(rune);
        return seen.ToString();
    }

    /// <summary>The text as it is compared: without them, compatibility forms (full-width digits and letters) as the usual ones,
    /// trimmed.</summary>
    public static string Plain(string text) =>
        Ascii.IsValid(text) ? text.Trim() : Strip(text).Normalize(NormalizationForm.FormKC).Trim();

    /// <summary>The text on one line: a line break or a tab (Alt+Enter in a sheet) is a blank, marks of the direction of writing
    /// go.</summary>
    public static string OneLine(string text)
    {
        if (text.AsSpan().IndexOfAny(Breaks) < 0 && text.AsSpan().IndexOfAny(Turns) < 0) return text;
        return string.Join(' ', string.Concat(text.Where(c => !Turns.Contains(c))).Split(
            Breaks.ToCharArray(), StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private const string Breaks = "\t\n\u000B\u000C\r\u0085\u2028\u2029";

    private const string Turns = "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    // All format characters (soft hyphen, zero-width space, direction marks, byte order mark), and what Unicode calls ignorable besides:
    // joiners of combining marks, Hangul fillers, variation selectors.
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value is
        0x034F or 0x115F or 0x1160 or (>= 0x17B4 and <= 0x17B5) or (>= 0x180B and <= 0x180F) or 0x3164 or 0xFFA0
        or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF);
}
