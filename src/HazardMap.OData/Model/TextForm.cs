using System.Text;

namespace HazardMap.OData;

/// <summary>What a text may be made of, besides its length.</summary>
public enum TextForm
{
    /// <summary>Anything that JSON can carry.</summary>
    Any,

    /// <summary>Something that can be seen, on as many lines as wanted; no control characters but tabs and line breaks.</summary>
    Prose,

    /// <summary>Something that can be seen, on one line: no tabs, line breaks, control characters, nor characters that turn the direction
    /// of writing.</summary>
    Line,

    /// <summary>One word, such as a code: no blanks and nothing that cannot be seen, for two words that look alike must be one.</summary>
    Word,
}

/// <summary>Whether a text has the form that its property wants.</summary>
/// <remarks>A database that checks the same has these characters too; <see cref="Blanks"/> and <see cref="Controls"/> say which.</remarks>
public static class TextForms
{
    /// <summary>Blanks, and characters that leave no ink: first and last of each range.</summary>
    public static IReadOnlyList<(int First, int Last)> Blanks { get; } =
    [
        (0x20, 0x20), (0xA0, 0xA0), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x1680, 0x1680), (0x17B4, 0x17B5),
        (0x180B, 0x180F), (0x2000, 0x200F), (0x202F, 0x202F), (0x205F, 0x2065), (0x206A, 0x206F), (0x2800, 0x2800), (0x3000, 0x3000),
        (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0xE0000, 0xE0FFF),
    ];

    /// <summary>Control characters, separators of lines, and what turns the direction of writing: first and last of each range.</summary>
    public static IReadOnlyList<(int First, int Last)> Controls { get; } =
        [(0x01, 0x1F), (0x7F, 0x9F), (0x2028, 0x2029), (0x202A, 0x202E), (0x2066, 0x2069)];

    /// <summary>Whether a text has a form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="form">The form.</param>
    public static bool Has(string text, TextForm form)
    {
        if (form == TextForm.Any) return true;
        var isVisible = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var isControl = IsIn(rune, Controls) && !(form == TextForm.Prose && rune.Value is '\t' or '\n' or '\r');
            var leavesInk = !IsIn(rune, Blanks) && !IsIn(rune, Controls);
            if (isControl || form == TextForm.Word && !leavesInk) return false;
            isVisible |= leavesInk;
        }
        return isVisible;
    }

    /// <summary>What a form wants, for whoever sent something else, in English and Chinese.</summary>
    /// <param name="form">The form.</param>
    public static (string English, string Chinese) Wanted(TextForm form) => form switch
    {
        TextForm.Word => ("needs one word: no blanks, line breaks or characters that cannot be seen",
            "应为一个词：不能有空格、换行或不可见字符"),
        TextForm.Line => ("needs something that can be seen, on one line: no tabs, line breaks or other control characters",
            "应为单行可见文字：不能只有空白，不能有制表符、换行等控制字符"),
        TextForm.Prose => ("needs something that can be seen, without control characters other than tabs and line breaks",
            "应为可见文字：不能只有空白，除制表符和换行外不能有控制字符"),
        _ => ("may be any text", "可为任意文字"),
    };

    private static bool IsIn(Rune rune, IReadOnlyList<(int First, int Last)> ranges)
    {
        foreach (var (first, last) in ranges)
        {
            if (rune.Value < first) return false;
            if (rune.Value <= last) return true;
        }
        return false;
    }
}
