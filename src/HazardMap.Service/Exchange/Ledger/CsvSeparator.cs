using System.Text.RegularExpressions;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>What separates the cells of a csv file: as a line <c>sep=;</c> says, which Excel puts first; else as its first lines
/// show.</summary>
/// <param name="Character">The separator.</param>
/// <param name="Start">Where the first line of cells begins in the text.</param>
/// <param name="Line">Its number, from 1.</param>
internal readonly partial record struct CsvSeparator(char Character, int Start, int Line)
{
    private const int LinesRead = 40;
    private static readonly char[] Candidates = [',', ';', '\t', '|', '，', '；'];

    /// <summary>Finds it.</summary>
    /// <exception cref="RefusalException">The line names none that can separate cells.</exception>
    public static CsvSeparator Of(string text, string fileName)
    {
        var first = text.AsSpan(0, Math.Min(text.Length, 64));
        if (first.IndexOfAny('\r', '\n') is >= 0 and var end) first = first[..end];
        if (Stated().Match(first.ToString()) is not { Success: true } stated) return new(Shown(text), 0, 1);
        var named = stated.Groups["by"].Value;
        if (named == "\\t") named = "\t";
        if (named.Length != 1 || char.IsLetterOrDigit(named[0]) || named[0] is '"' or '\'' or '.')
            throw new RefusalException("SeparatorRefused",
                $"{fileName}, line 1: '{first.Trim()}' names no character that can separate cells; write sep=, or sep=; or take the "
                    + "line out.",
                $"{fileName} 第 1 行：'{first.Trim()}' 不是可用的分隔符；请写成 sep=, 或 sep=;，或删除该行。",
                    fileName);
        var start = first.Length;
        if (start < text.Length && text[start] == '\r') start++;
        if (start < text.Length && text[start] == '\n') start++;
        return new(named[0], start, 2);
    }

    // The one under which a line has most known headers; where none has two, the one that the lines use most outside quotes.
    private static char Shown(string text)
    {
        var lines = Lines(text).ToList();
        var best = Candidates.Select(c => (By: c, Known: lines.Max(line => Known(line, c)))).MaxBy(c => c.Known);
        return best.Known >= 2 ? best.By : Candidates.MaxBy(c => lines.Sum(line => Outside(line, c)));
    }

    private static int Known(string line, char by) => line.Contains(by, StringComparison.Ordinal)
        ? line.Split(by).Select(cell => cell.Trim().Trim('"')).Where(LedgerSet.IsKnown).Distinct(StringComparer.Ordinal).Count() : 0;

    private static int Outside(string line, char by)
    {
        var (count, isQuoted) = (0, false);
        foreach (var c in line)
        {
            if (c == '"') isQuoted = !isQuoted;
            else if (c == by && !isQuoted) count++;
        }
        return count;
    }

    private static IEnumerable<string> Lines(string text)
    {
        var reader = new StringReader(text);
        for (var i = 0; i < LinesRead && reader.ReadLine() is { } line; i++) yield return line;
    }

    [GeneratedRegex("^\\uFEFF?\"?sep=(?<by>\\\\t|[^\\r\\n\"]?[^\\r\\n\"]*?)\"?[,;\\t ]*$",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Stated();
}
