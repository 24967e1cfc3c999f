namespace HazardMap.Service.Exchange.Ledger;

/// <summary>A ledger as csv, with headers in either language, in any order; a form with a title, units, totals and signatures
/// too.</summary>
internal sealed class CsvLedger : LedgerFile
{
    private readonly IReadOnlyList<CsvRecord> _head;
    private readonly IEnumerator<CsvRecord> _records;
    private readonly CsvHeader _header;
    private readonly (LedgerColumn Column, double Scale)?[] _columns;
    private readonly CsvFurniture _furniture;
    private bool _hasShortRows;

    private CsvLedger(string fileName, LedgerSet set, IReadOnlyList<CsvRecord> head, IEnumerator<CsvRecord> records, CsvHeader header)
        : base(fileName, set)
    {
        (_head, _records, _header) = (head, records, header);
        _columns = Match(header);
        var read = _columns.Select((c, i) => (Column: c?.Column, At: i)).Where(c => c.Column is not null).ToList();
        _furniture = new(header.Names.Concat(header.Texts), [.. read.Where(c => c.Column!.IsPlace).Select(c => c.At)],
            [.. read.Where(c => c.Column!.Property.EnumType is not null).Select(c => (c.At, c.Column!))]);
        for (var i = 0; i < header.Rows.From; i++) LeftOut.Add(head[i].Line, ("above the headers", "表头之前的行"), head[i].Cells);
    }

    /// <summary>Opens a ledger; refuses one without usable headers.</summary>
    public static CsvLedger Open(LedgerSource source, ImportKind? asked)
    {
        var fileName = source.FileName;
        var separator = CsvSeparator.Of(source.Head(), fileName);
        var reader = source.OpenText();
        for (var i = 0; i < separator.Start; i++) _ = reader.Read();
        var records = new CsvReader(reader, separator.Character, fileName, separator.Line).Read().Where(r => !r.IsBlank).GetEnumerator();
        var head = new List<CsvRecord>();
        while (head.Count < CsvHeader.RowsRead && records.MoveNext()) head.Add(records.Current);
        if (head.Count == 0)
            throw new RefusalException("FileEmpty", $"{fileName} holds no line of headers: fill it in. Nothing was changed.",
                $"{fileName} 没有表头：请填写后再导入。未作任何更改。", fileName);
        var header = CsvHeader.Find(head, fileName);
        var rows = head.Skip(header.Rows.From + header.Rows.Count).ToList();
        if (rows.Count == 0)
            throw new RefusalException("FileEmpty", $"{fileName} holds headers (line {header.LastLine}) and no row. Nothing was changed.",
                $"{fileName} 只有表头（第 {header.LastLine} 行），没有数据行。未作任何更改。", fileName);
        var kinds = header.Texts.Select((text, i) => (text, i)).Where(h => LedgerSet.Means(h.text, "Kind"))
            .SelectMany(h => rows.Where(r => h.i < r.Cells.Count).Select(r => r.Cells[h.i]));
        return new CsvLedger(fileName, LedgerSet.Decide(fileName, asked, header.Texts, kinds), head, records,
            header) { Encoding = source.Encoding };
    }

    public override IEnumerable<LedgerRow> Rows()
    {
        var isAtTop = true;
        foreach (var record in Records())
        {
            if (_furniture.Of(record, isAtTop) is { } what)
            {
                LeftOut.Add(record.Line, what, record.Cells);
                continue;
            }
            isAtTop = false;
            Count++;
            // Where cells are not where their headers are, every cell would be told wrong.
            if (Width(record) is { } wrong) Problems.Add(wrong);
            else yield return ReadRow(record);
        }
    }

    public override (string En, string Zh) Place(int number) => ($"line {number}", $"第 {number} 行");

    public override LedgerColumn? PlaceColumn => Set.Longitude;

    public override (string En, string Zh)? Headers => _header is { Rows: { From: 0, Count: 1 } } ? null
        : ($"headers in line {Lines(" to ")}: {string.Join(", ", _header.Names.Where(n => n.Length > 0))}",
            $"表头在第 {Lines(" 至 ")} 行：{string.Join("、", _header.Names.Where(n => n.Length > 0))}");

    private string Lines(string to) => _header.FirstLine == _header.LastLine
        ? _header.FirstLine.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"{_header.FirstLine}{to}{_header.LastLine}";

    private IEnumerable<CsvRecord> Records()
    {
        foreach (var record in _head.Skip(_header.Rows.From + _header.Rows.Count)) yield return record;
        while (_records.MoveNext()) yield return _records.Current;
    }

    // Two headers of one meaning are told by their full names.
    private (LedgerColumn Column, double Scale)?[] Match(CsvHeader header)
    {
        var columns = Match(header.Texts);
        IgnoredColumns.Clear();
        IgnoredColumns.AddRange(header.Names.Where((name, i) => columns[i] is null && name.Length > 0));
        if (States(Set.Longitude) != States(Set["Latitude"])) throw Half();
        return columns;
    }

    private RefusalException Half()
    {
        var (there, missing) = States(Set.Longitude) ? (Set.Longitude, Set["Latitude"]) : (Set["Latitude"], Set.Longitude);
        var (en, zh) = LedgerProblems.Unread(this);
        return new("HalfPosition", $"{FileName}: there is a column {there.Name} ({there.Zh}) and none for {missing.Name} "
            + $"({missing.Zh}): add it, or "
            + $"take the other out to leave positions as they are.{en} Nothing was changed.",
            $"{FileName}：有“{there.Zh}”（{there.Name}）列而没有“{missing.Zh}”（{missing.Name}）列：请补上，"
                + $"或删除前者以保持原位置。{zh}未作任何更改。", FileName);
    }

    private LedgerRow ReadRow(CsvRecord record)
    {
        var row = new LedgerRow(record.Line, Set);
        for (var i = 0; i < _columns.Length && i < record.Cells.Count; i++)
            if (_columns[i] is { } column) FillCell(row, column.Column, column.Scale, record.Cells[i]);
        CheckPlace(row);
        if (row.IsApart)
            Problems.Add(new(row.Number, Set.Longitude, "FollowsShape",
                "longitude and latitude are not where the shape beside them is: correct the shape, or empty its cell",
                "经纬度与同行的形状不符：请改正形状，或将形状单元格留空"));
        return row;
    }

    private void FillCell(LedgerRow row, LedgerColumn column, double scale, string cell)
    {
        if (column.IsShape)
        {
            if (LedgerCells.Trim(cell).Length == 0) return;
            row.Shape = ShapeText.Read(cell, out var problem);
            if (problem is { } p) Problems.Add(LedgerProblem.OfCell(row.Number, column, p));
        }
        else Fill(row, column, column.SqlType == "text" && column != Set.Code ? CsvCell.Unneutralise(cell) : cell, scale);
    }

    // Cells missing at a row's end are empty: sheets leave them out. Only a last row that breaks off where no other did is cut off.
    private LedgerProblem? Width(CsvRecord record)
    {
        var (cells, headers) = (record.Cells.Count, _columns.Length);
        if (cells < headers && !(record.EndsFile && !_hasShortRows))
        {
            _hasShortRows = true;
            return null;
        }
        if (cells < headers)
            return new(record.Line, null, "RowWidth", $"the file ends after {cells} cells where the headers have {headers}; is the file "
                + "cut off? "
                + "If it is whole, end its last line with a line break",
                $"文件在第 {cells} 个单元格后结束，而表头有 {headers} 个；文件是否被截断？如文件完整，"
                    + "请在末行后加换行");
        var beyond = record.Cells.Skip(headers).FirstOrDefault(c => c.Trim().Length > 0);
        return beyond is null ? null : new(record.Line, null, "RowWidth",
            $"{cells} cells where the headers have {headers}: '{CellProblem.Quote(beyond)}' stands beyond them; quote cells that hold the "
                + "separator, and write decimals with a point",
            $"有 {cells} 个单元格，而表头有 {headers} 个：'{CellProblem.Quote(beyond)}' 超出表头；"
                + "请给含分隔符的单元格加引号，小数请用小数点");
    }
}
