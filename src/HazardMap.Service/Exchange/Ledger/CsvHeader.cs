namespace HazardMap.Service.Exchange.Ledger;

/// <summary>The headers of a csv file: in its first line, or below a title, in one row or in two that belong together.</summary>
/// <param name="Names">The name of each column as it is told: of two rows <c>位置/经度</c>.</param>
/// <param name="Texts">What is matched with the register's columns: of two rows the lower one, where it says anything.</param>
/// <param name="FirstLine">The line of the first row.</param>
/// <param name="LastLine">The line of the last.</param>
/// <param name="Rows">Which of the records read are the headers' rows: from, count.</param>
internal sealed record CsvHeader(IReadOnlyList<string> Names, IReadOnlyList<string> Texts, int FirstLine, int LastLine,
    (int From, int Count) Rows)
{
    /// <summary>So many rows are looked at for headers.</summary>
    public const int RowsRead = 40;

    private const int MostTitleRows = 20;

    /// <summary>Finds the row, or the two, three rows, of which most cells are headers.</summary>
    /// <exception cref="RefusalException">None has two headers of the register.</exception>
    public static CsvHeader Find(IReadOnlyList<CsvRecord> head, string fileName)
    {
        CsvHeader? best = null;
        var most = 0;
        // One row before two, two before three: a row more must tell more.
        for (var rows = 1; rows <= 3; rows++)
            for (var i = 0; i < MostTitleRows && i + rows <= head.Count; i++)
            {
                var header = Join(head, i, rows);
                var known = header.Known();
                if (known > most) (best, most) = (header, known);
            }
        return most >= 2 || best is { Rows.From: 0 } && best.Texts.Any(t => LedgerSet.Means(t, "Code")) ? best!
            : throw Missing(head, fileName);
    }

    private int Known() => Texts.Where(LedgerSet.IsKnown).Select(LedgerHeaders.Simplify).Distinct(StringComparer.Ordinal).Count();

    // A cell that spans several columns stands in the first of them; one that spans two rows, in the upper.
    private static CsvHeader Join(IReadOnlyList<CsvRecord> head, int from, int rows)
    {
        var names = head[from].Cells.Select(Cleaned).ToList();
        var texts = names.ToList();
        for (var row = from + 1; row < from + rows; row++)
        {
            var lower = head[row].Cells.Select(Cleaned).ToList();
            var above = "";
            for (var i = 0; i < Math.Max(lower.Count, names.Count); i++)
            {
                if (i == names.Count)
                {
                    names.Add("");
                    texts.Add("");
                }
                if (names[i].Length > 0) above = names[i];
                if (i >= lower.Count || lower[i].Length == 0) continue;
                if (names[i].Length > 0 && LedgerHeaders.IsUnit(lower[i]))
                {
                    // 水深 over 米
                    names[i] = texts[i] = $"{names[i]}({InvisibleText.Plain(lower[i]).Trim('(', ')')})";
                    continue;
                }
                names[i] = above.Length == 0 || above == lower[i] ? lower[i] : $"{above}/{lower[i]}";
                texts[i] = lower[i];
            }
        }
        return new(names, texts, head[from].Line, head[from + rows - 1].Line, (from, rows));
    }

    private static string Cleaned(string cell) => InvisibleText.Strip(CsvCell.Unneutralise(cell)).Replace('\n', ' ').Replace("\r", "",
        StringComparison.Ordinal).Trim();

    private static RefusalException Missing(IReadOnlyList<CsvRecord> head, string fileName)
    {
        var seen = CellProblem.Quote(string.Join(", ", head[0].Cells.Select(Cleaned).Where(c => c.Length > 0)));
        return new RefusalException("HeaderMissing",
            $"{fileName}: none of the first {Math.Min(head.Count, MostTitleRows)} rows holds the headers; line {head[0].Line} reads "
                + $"'{seen}'. "
                + "Name the columns in one row, among them Code (编号). "
                + $"Known headers: {string.Join(", ", LedgerSet.KnownColumns.Select(c => c.Name))}. Nothing was changed.",
            $"{fileName}：前 {Math.Min(head.Count, MostTitleRows)} 行中没有表头；第 {head[0].Line} 行为 '{seen}'。"
                + "请在一行中写明列名，其中须有“编号”（Code）。"
                + $"可用表头：{string.Join("、", LedgerSet.KnownColumns.Select(c => c.Zh))}。未作任何更改。", fileName);
    }
}
