namespace HazardMap.Service.Exchange.Ledger;

/// <summary>A ledger opened for reading: what it holds, its rows one after the other, and what was wrong with cells.</summary>
/// <param name="fileName">For messages.</param>
/// <param name="set">What the rows are.</param>
internal abstract class LedgerFile(string fileName, LedgerSet set)
{
    public string FileName { get; } = fileName;

    /// <summary>What the rows are.</summary>
    public LedgerSet Set { get; } = set;

    /// <summary>Headers that are no column of ours: not read, and said so.</summary>
    public List<string> IgnoredColumns { get; } = [];

    /// <summary>How the text is encoded.</summary>
    public string? Encoding { get; init; }

    /// <summary>What is wrong with rows; grows while they are read.</summary>
    public List<LedgerProblem> Problems { get; } = [];

    /// <summary>The rows that could be read. Rows with a problem are left out and counted in <see cref="Count"/>.</summary>
    public abstract IEnumerable<LedgerRow> Rows();

    /// <summary>Rows met so far, good and bad.</summary>
    public int Count { get; protected set; }

    /// <summary>Where a row stands, in both languages.</summary>
    public abstract (string En, string Zh) Place(int number);

    /// <summary>The columns that headers name; a header that names none is told as not read.</summary>
    /// <exception cref="RefusalException">Two headers name one column.</exception>
    protected LedgerColumn?[] Match(IReadOnlyList<string> headers)
    {
        Set.RefuseTwice(headers, FileName);
        var columns = headers.Select(Set.Find).ToArray();
        IgnoredColumns.AddRange(headers.Where((h, i) => columns[i] is null && h.Trim().Length > 0));
        return columns;
    }

    /// <summary>Reads one cell into a row, or notes what is wrong.</summary>
    protected void Fill(LedgerRow row, LedgerColumn column, string cell)
    {
        row[column] = LedgerCells.Read(column, cell, out var problem);
        if (problem is { } p) Problems.Add(new LedgerProblem(row.Number, column, p.Reason, p.En, p.Zh));
    }
}
