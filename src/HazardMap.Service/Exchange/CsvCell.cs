using System.Globalization;
using System.Text.RegularExpressions;

namespace HazardMap.Service.Exchange;

/// <summary>Writes cells of csv that a sheet will not run and an import reads back as they were.</summary>
internal static partial class CsvCell
{
    /// <summary>A value as a cell; a text that begins like a formula gets an apostrophe, which the import takes off.</summary>
    public static string Write(object value) => value switch
    {
        DBNull => "",
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateOnly or DateTime => Day(value),
        string text => Quote(NeedsApostrophe(text) ? "'" + text : text),
        _ => Quote(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    /// <summary>A day of the database as files have it, 2026-05-31.</summary>
    public static string Day(object value) =>
        (value is DateTime time ? DateOnly.FromDateTime(time) : (DateOnly)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Takes off the apostrophe that <see cref="Write"/>, or a sheet, put before a text; <c>="text"</c> is the other way to keep
    /// a sheet from making a number or a date of it.</summary>
    public static string Unneutralise(string cell)
    {
        if (cell.Length < 2) return cell;
        if (cell[0] == '\'') return NeedsApostrophe(cell) ? cell[1..] : cell;
        return cell[0] == '=' && TextFormula().Match(cell) is { Success: true } text
            ? text.Groups["text"].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : cell;
    }

    // One that begins like a formula; and one that begins with an apostrophe, which would be taken off, unless it is 'quoted'.
    private static bool NeedsApostrophe(string text) => IsDangerous(text.TrimStart('\'')) || text.Length > 1 && text[0] == '\''
        && text[^1] != '\'';

    private static bool IsDangerous(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r'
        && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",;\"\r\n\t") < 0 && text == text.Trim()
            ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    [GeneratedRegex("^=\\s*(T\\(\\s*)?\"(?<text>([^\"]|\"\")*)\"\\s*\\)?\\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TextFormula();
}
