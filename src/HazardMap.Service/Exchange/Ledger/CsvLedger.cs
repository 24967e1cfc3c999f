namespace HazardMap.Service.Exchange.Ledger;

/// <summary>A ledger as csv, with a line of headers in either language, in any order.</summary>
internal sealed class CsvLedger : LedgerFile
{
    private readonly IEnumerator<CsvRecord> _records;
    private readonly LedgerColumn?[] _headers;
    private readonly CsvRecord _first;

    private CsvLedger(string fileName, LedgerSet set, IReadOnlyList<string> names, IEnumerator<CsvRecord> records, CsvRecord first)
        : base(fileName, set)
    {
        (_records, _first) = (records, first);
        _headers = Match(names);
    }

    /// <summary>Opens a ledger; refuses one without usable headers.</summary>
    public static CsvLedger Open(byte[] bytes, string fileName, ImportKind? asked)
    {
        var (text, encoding) = LedgerText.Decode(bytes, fileName);
        var records = new CsvReader(new StringReader(text), CsvReader.SeparatorOf(text), fileName).Read()
            .Where(r => !r.IsBlank).GetEnumerator();
        if (!records.MoveNext())
            throw new RefusalException("FileEmpty", $"{fileName} holds no line of headers.", $"{fileName} 没有表头。", fileName);
        var names = records.Current.Cells;
        NeedCode(names, fileName);
        var first = records.MoveNext() ? records.Current
            : throw new RefusalException("FileEmpty", $"{fileName} holds headers and no row.",
                $"{fileName} 只有表头，没有数据行。", fileName);
        var kinds = names.Select((name, i) => (name, i)).Where(h => LedgerSet.Means(h.name, "Kind") && h.i < first.Cells.Count)
            .Select(h => first.Cells[h.i]);
        return new CsvLedger(fileName, LedgerSet.Decide(fileName, asked, names, kinds), names, records, first) { Encoding = encoding };
    }

    public override IEnumerable<LedgerRow> Rows()
    {
        CsvRecord? record = _first;
        while (record is not null)
        {
            Count++;
            if (ReadRow(record) is { } row) yield return row;
            record = _records.MoveNext() ? _records.Current : null;
        }
    }

    public override (string En, string Zh) Place(int number) => ($"line {number}", $"第 {number} 行");

    private LedgerRow? ReadRow(CsvRecord record)
    {
        var before = Problems.Count;
        var row = new LedgerRow(record.Line, Set);
        if (record.Cells.Count < _headers.Length || record.Cells.Skip(_headers.Length).Any(c => c.Length > 0))
            Problems.Add(new(record.Line, null, "RowWidth",
                $"{record.Cells.Count} cells where the headers have {_headers.Length}; is the file cut off, or a cell not quoted?",
                $"有 {record.Cells.Count} 个单元格，而表头有 {_headers.Length} 个；"
                    + "文件是否被截断，或单元格缺少引号？"));
        else
            for (var i = 0; i < _headers.Length; i++)
                if (_headers[i] is { } column) Fill(row, column, CsvCell.Unneutralise(record.Cells[i]));
        return Problems.Count == before ? row : null;
    }

    private static void NeedCode(IReadOnlyList<string> headers, string fileName)
    {
        if (headers.Any(h => LedgerSet.Means(h, "Code"))) return;
        throw new RefusalException("HeaderMissing",
            $"{fileName}: the first line must be headers and name the column Code (编号). "
                + $"Known headers: {string.Join(", ", LedgerSet.KnownColumns.Select(c => c.Name))}.",
            $"{fileName}：首行必须是表头并含“编号”列。"
                + $"可用表头：{string.Join("、", LedgerSet.KnownColumns.Select(c => c.Zh))}。", fileName);
    }
}
