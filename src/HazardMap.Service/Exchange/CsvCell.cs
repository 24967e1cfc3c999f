using System.Globalization;

namespace HazardMap.Service.Exchange;

/// <summary>Writes cells of csv that a sheet will not run and an import reads back as they were.</summary>
internal static class CsvCell
{
    /// <summary>A value as a cell; a text that begins like a formula gets an apostrophe, which the import takes off.</summary>
    public static string Write(object value) => value switch
    {
        DBNull => "",
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        string text => Quote(IsDangerous(text.TrimStart('\'')) ? "'" + text : text),
        _ => Quote(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    /// <summary>Takes off the apostrophe that <see cref="Write"/> put before a formula.</summary>
    public static string Unneutralise(string cell) =>
        cell.StartsWith('\'') && IsDangerous(cell.TrimStart('\'')) ? cell[1..] : cell;

    private static bool IsDangerous(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r'
        && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",;\"\r\n\t") < 0 && text == text.Trim()
            ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
