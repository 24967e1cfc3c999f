using System.Buffers;
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
    private readonly char[] _piece = new char[1 << 16];   // what is read of the text
    private readonly StringBuilder _cell = new();
    private readonly SearchValues<char> _ends = SearchValues.Create([separator, '\r', '\n', '\0']);
    private int _at, _length, _line = firstLine;

    /// <summary>All records, one after the other.</summary>
    /// <exception cref="RefusalException">A quote that is not closed, or text beyond a closing one.</exception>
    public IEnumerable<CsvRecord> Read()
    {
        while (Peek() >= 0)
        {
            var line = _line;
            var cells = new List<string>();
            int end;
            do
            {
                if (cells.Count == MostCells) throw Refuse(line, $"more than {MostCells} cells; is the separator right?",
                    $"超过 {MostCells} 个单元格；分隔符是否正确？");
                cells.Add(Peek() == '"' ? Quoted() : Plain());
            }
            while ((end = Ends()) == separator);
            yield return new CsvRecord(line, cells, end < 0);
        }
    }

    // The next character, -1 at the end.
    private int Peek()
    {
        if (_at < _length) return _piece[_at];
        (_at, _length) = (0, text.Read(_piece));
        return _length == 0 ? -1 : _piece[0];
    }

    private int Next()
    {
        var c = Peek();
        if (c >= 0) _at++;
        return c;
    }

    // Consumes what ends a cell: the separator, or the end of the record.
    private int Ends()
    {
        var c = Next();
        if (c == '\r' && Peek() == '\n') c = Next();
        if (c is '\n' or '\r') _line++;
        return c;
    }

    private string Plain()
    {
        _cell.Clear();
        while (Peek() >= 0)
        {
            var rest = _piece.AsSpan(_at, _length - _at);
            var end = rest.IndexOfAny(_ends);
            if (end == 0 && rest[0] != '\0') break;
            if (end > 0 && _cell.Length == 0 && rest[end] != '\0' && end <= LongestCell)
            {
                _at += end;
                return rest[..end].ToString();
            }
            // A cell that goes on in the next piece, or one that is refused.
            Append(rest[..(end < 0 ? rest.Length : Math.Max(end, 1))]);
        }
        return _cell.ToString();
    }

    private string Quoted()
    {
        var began = _line;
        _cell.Clear();
        _ = Next(); // the opening quote
        while (true)
        {
            if (Peek() < 0) throw Refuse(began, "the quote that opens here is never closed; is the file cut off?",
                "此处的引号没有闭合，文件是否被截断？");
            var rest = _piece.AsSpan(_at, _length - _at);
            var end = rest.IndexOf('"');
            var inside = end < 0 ? rest : rest[..end];
            _line += inside.Count('\n');
            Append(inside);
            if (end < 0) continue;
            _ = Next();
            if (Peek() != '"') break;
            Append("\"");
        }
        if (Peek() is var next && next >= 0 && next != separator && next is not ('\n' or '\r'))
            throw Refuse(_line, "text follows a closing quote", "引号闭合后仍有文字");
        return _cell.ToString();
    }

    // Consumes the characters into the cell.
    private void Append(ReadOnlySpan<char> characters)
    {
        if (characters.Contains('\0')) throw Refuse(_line, "a zero byte; this is not a text file", "含有零字节，不是文本文件");
        if (_cell.Length + characters.Length > LongestCell)
            throw Refuse(_line, $"a cell of more than {LongestCell} characters", $"单元格超过 {LongestCell} 个字符");
        _cell.Append(characters);
        _at += characters.Length;
    }

    private RefusalException Refuse(int line, string why, string whyZh) =>
        new("CsvMalformed", $"{fileName}, line {line}: {why}. Nothing was changed.",
            $"{fileName} 第 {line} 行：{whyZh}。未作任何更改。", fileName);
}
