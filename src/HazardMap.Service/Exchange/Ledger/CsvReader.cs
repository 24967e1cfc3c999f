using System.Text;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>One record of a csv file.</summary>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Cells">Its cells as they are written, unquoted.</param>
/// <param name="EndsFile">Nothing, not even the end of the line, follows: it may be cut off.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Cells, bool EndsFile = false)
{
    public bool IsBlank => Cells.All(string.IsNullOrWhiteSpace);
}

/// <summary>Reads csv as RFC 4180 has it, with any separator; cells in quotes may span lines.</summary>
/// <param name="text">The file from its first line of cells on.</param>
/// <param name="separator">What separates cells.</param>
/// <param name="fileName">For messages.</param>
/// <param name="firstLine">The number of that line.</param>
internal sealed class CsvReader(TextReader text, char separator, string fileName, int firstLine = 1)
{
    private const int LongestCell = 32 << 20;   // the shape of a long river; a sheet's cell holds 32,767
    private const int MostCells = 500;
    private int _line = firstLine;

    /// <summary>All records, one after the other.</summary>
    /// <exception cref="RefusalException">A quote that is not closed, or text beyond a closing one.</exception>
    public IEnumerable<CsvRecord> Read()
    {
        while (text.Peek() >= 0)
        {
            var line = _line;
            var cells = new List<string>();
            int end;
            do
            {
                if (cells.Count == MostCells) throw Refuse(line, $"more than {MostCells} cells; is the separator right?",
                    $"超过 {MostCells} 个单元格；分隔符是否正确？");
                cells.Add(text.Peek() == '"' ? Quoted() : Plain());
            }
            while ((end = Ends()) == separator);
            yield return new CsvRecord(line, cells, end < 0);
        }
    }

    // Consumes what ends a cell: the separator, or the end of the record.
    private int Ends()
    {
        var c = text.Read();
        if (c == '\r' && text.Peek() == '\n') c = text.Read();
        if (c is '\n' or '\r') _line++;
        return c;
    }

    private string Plain()
    {
        var cell = new StringBuilder();
        while (text.Peek() is var c && c >= 0 && c != separator && c is not ('\n' or '\r')) Append(cell, (char)text.Read());
        return cell.ToString();
    }

    private string Quoted()
    {
        var began = _line;
        var cell = new StringBuilder();
        _ = text.Read(); // the opening quote
        while (true)
        {
            var c = text.Read();
            if (c < 0) throw Refuse(began, "the quote that opens here is never closed; is the file cut off?",
                "此处的引号没有闭合，文件是否被截断？");
            if (c == '\n') _line++;
            if (c != '"') Append(cell, (char)c);
            else if (text.Peek() == '"') Append(cell, (char)text.Read());
            else break;
        }
        if (text.Peek() is var next && next >= 0 && next != separator && next is not ('\n' or '\r'))
            throw Refuse(_line, "text follows a closing quote", "引号闭合后仍有文字");
        return cell.ToString();
    }

    private void Append(StringBuilder cell, char c)
    {
        if (c == '\0') throw Refuse(_line, "a zero byte; this is not a text file", "含有零字节，不是文本文件");
        if (cell.Length == LongestCell) throw Refuse(_line, $"a cell of more than {LongestCell} characters",
            $"单元格超过 {LongestCell} 个字符");
        cell.Append(c);
    }

    private RefusalException Refuse(int line, string why, string whyZh) =>
        new("CsvMalformed", $"{fileName}, line {line}: {why}. Nothing was changed.",
            $"{fileName} 第 {line} 行：{whyZh}。未作任何更改。", fileName);
}
