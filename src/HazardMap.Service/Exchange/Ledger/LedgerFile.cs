namespace HazardMap.Service.Exchange.Ledger;

/// <summary>A ledger opened for reading: what it holds, its rows one after the other, and what was wrong with cells.</summary>
/// <param name="fileName">For messages.</param>
/// <param name="kind">What the rows are.</param>
/// <param name="columns">Columns that the file has.</param>
internal abstract class LedgerFile(string fileName, ImportKind kind, IReadOnlySet<LedgerColumn> columns)
{
    public string FileName { get; } = fileName;

    public ImportKind Kind { get; } = kind;

    public IReadOnlySet<LedgerColumn> Columns { get; } = columns;

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

    /// <summary>What the rows are: as asked for, else as the columns tell, else as the kinds that occur tell.</summary>
    protected static ImportKind Decide(string fileName, ImportKind? asked, IReadOnlySet<LedgerColumn> columns, IEnumerable<string> kinds)
    {
        if (asked is ImportKind.Osm)
            throw new RefusalException("WrongKind", $"{fileName} is not an OpenStreetMap extract.", $"{fileName} 不是 OpenStreetMap 数据。", "--as");
        if ((asked ?? LedgerHeaders.KindOf(columns)) is { } known) return known;
        foreach (var kind in kinds.Select(k => k.Trim()))
        {
            if (LedgerWords.HazardKinds.ContainsKey(kind)) return ImportKind.Hazards;
            if (LedgerWords.FacilityKinds.ContainsKey(kind)) return ImportKind.Facilities;
        }
        throw new RefusalException("KindUnknown", $"{fileName} does not tell whether it holds hazards, facilities or divisions; say --as hazards, --as facilities or --as divisions.",
            $"{fileName} 无法判断是水域、设施还是区划；请用 --as hazards、--as facilities 或 --as divisions 指明。", "--as");
    }

    /// <summary>Reads one cell into a row, or notes what is wrong.</summary>
    protected void Fill(LedgerRow row, LedgerColumn column, string cell)
    {
        row[column] = LedgerCells.Read(column, cell, Kind, out var problem);
        if (problem is { } p) Problems.Add(new LedgerProblem(row.Number, column, p.Reason, p.En, p.Zh));
    }
}
