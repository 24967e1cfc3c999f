namespace HazardMap.Service.Exchange.Ledger;

/// <summary>A ledger as csv, with a line of headers in either language, in any order.</summary>
internal sealed class CsvLedger : LedgerFile
{
    private readonly IEnumerator<CsvRecord> _records;
    private readonly LedgerColumn?[] _headers;
    private readonly CsvRecord _first;

    private CsvLedger(string fileName, ImportKind kind, IReadOnlySet<LedgerColumn> columns, IEnumerator<CsvRecord> records, LedgerColumn?[] headers, CsvRecord first)
        : base(fileName, kind, columns) =>
        (_records, _headers, _first) = (records, headers, first);

    /// <summary>Opens a ledger; refuses one without usable headers.</summary>
    public static CsvLedger Open(byte[] bytes, string fileName, ImportKind? asked)
    {
        var (text, encoding) = LedgerText.Decode(bytes, fileName);
        var records = new CsvReader(new StringReader(text), CsvReader.SeparatorOf(text), fileName).Read().Where(r => !r.IsBlank).GetEnumerator();
        if (!records.MoveNext())
            throw new RefusalException("FileEmpty", $"{fileName} holds no line of headers.", $"{fileName} 没有表头。", fileName);
        var names = records.Current.Cells;
        var headers = names.Select(LedgerHeaders.Find).ToArray();
        var columns = Check(headers, fileName);
        var first = records.MoveNext() ? records.Current : throw new RefusalException("FileEmpty", $"{fileName} holds headers and no row.", $"{fileName} 只有表头，没有数据行。", fileName);
        var at = Array.IndexOf(headers, LedgerColumn.Kind);
        var kind = Decide(fileName, asked, columns, at >= 0 && at < first.Cells.Count ? [first.Cells[at]] : []);
        var ledger = new CsvLedger(fileName, kind, columns, records, headers, first) { Encoding = encoding };
        ledger.IgnoredColumns.AddRange(names.Where((n, i) => headers[i] is null && n.Trim().Length > 0));
        return ledger;
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
        var row = new LedgerRow(record.Line);
        if (record.Cells.Count < _headers.Length || record.Cells.Skip(_headers.Length).Any(c => c.Length > 0))
            Problems.Add(new(record.Line, null, "RowWidth", $"{record.Cells.Count} cells where the headers have {_headers.Length}; is the file cut off, or a cell not quoted?",
                $"有 {record.Cells.Count} 个单元格，而表头有 {_headers.Length} 个；文件是否被截断，或单元格缺少引号？"));
        else
            for (var i = 0; i < _headers.Length; i++)
                if (_headers[i] is { } column) Fill(row, column, CsvCell.Unneutralise(record.Cells[i]));
        return Problems.Count == before ? row : null;
    }

    private static HashSet<LedgerColumn> Check(LedgerColumn?[] headers, string fileName)
    {
        var columns = new HashSet<LedgerColumn>();
        foreach (var header in headers)
            if (header is { } column && !columns.Add(column))
                throw new RefusalException("HeaderTwice", $"{fileName}: the column {LedgerHeaders.Names(column).En} stands there twice.", $"{fileName}：“{LedgerHeaders.Names(column).Zh}”列出现两次。", fileName);
        if (!columns.Contains(LedgerColumn.Code))
            throw new RefusalException("HeaderMissing", $"{fileName}: the first line must be headers and name the column Code (编号). Known headers: {Known(n => n.En)}.",
                $"{fileName}：首行必须是表头并含“编号”列。可用表头：{Known(n => n.Zh)}。", fileName);
        return columns;
    }

    private static string Known(Func<(string En, string Zh), string> name) =>
        string.Join(", ", Enum.GetValues<LedgerColumn>().Select(c => name(LedgerHeaders.Names(c))));
}
