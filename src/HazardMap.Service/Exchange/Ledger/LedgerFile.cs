using HazardMap.Geodesy.Crs;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>A ledger opened for reading: what it holds, its rows one after the other, and what was wrong with cells.</summary>
/// <param name="fileName">For messages.</param>
/// <param name="set">What the rows are.</param>
internal abstract class LedgerFile(string fileName, LedgerSet set)
{
    private readonly HashSet<LedgerColumn> _stated = [];

    public string FileName { get; } = fileName;

    /// <summary>What the rows are.</summary>
    public LedgerSet Set { get; } = set;

    /// <summary>Headers that are no column of ours: not read, and said so.</summary>
    public List<string> IgnoredColumns { get; } = [];

    /// <summary>How the text is encoded.</summary>
    public string? Encoding { get; init; }

    /// <summary>The reference system that the file itself names, and its name for it.</summary>
    public (CoordinateSystem System, string Name)? StatedCrs { get; init; }

    /// <summary>What is wrong with rows; grows while they are read.</summary>
    public List<LedgerProblem> Problems { get; } = [];

    /// <summary>Cells that were read from another writing than a plain value; grows while they are read.</summary>
    public CellReadings Readings { get; } = new();

    /// <summary>Rows that are none of the ledger: titles, totals, signatures.</summary>
    public LeftOutRows LeftOut { get; } = new();

    /// <summary>The rows that have a code, read as far as they can be. Those with a problem are in <see cref="Problems"/> too.</summary>
    public abstract IEnumerable<LedgerRow> Rows();

    /// <summary>Rows met so far, good and bad.</summary>
    public int Count { get; protected set; }

    /// <summary>Where a row stands, in both languages.</summary>
    public abstract (string En, string Zh) Place(int number);

    /// <summary>The column that the problem of a position is told of; null: the geometry is no column.</summary>
    public virtual LedgerColumn? PlaceColumn => null;

    /// <summary>Where the headers stand, where that is not plain.</summary>
    public virtual (string En, string Zh)? Headers => null;

    /// <summary>Whether a header names this column.</summary>
    public bool States(LedgerColumn column) => _stated.Contains(column);

    /// <summary>Whether the file's own headers place rows.</summary>
    public virtual bool StatesPlaces =>
        Set.Shape is { } shape && States(shape) || States(Set.Longitude) && States(Set["Latitude"]);

    /// <summary>Whether the row that was read last has a problem in this column.</summary>
    public bool IsTold(int number, LedgerColumn column)
    {
        for (var i = Problems.Count - 1; i >= 0 && Problems[i].Number == number; i--)
            if (Problems[i].Column == column) return true;
        return false;
    }

    /// <summary>The columns that headers name; a header that names none is told as not read.</summary>
    /// <exception cref="RefusalException">Two headers name one column.</exception>
    protected (LedgerColumn Column, double Scale)?[] Match(IReadOnlyList<string> headers)
    {
        Set.RefuseTwice(headers, FileName);
        var columns = Set.FindAll(headers);
        _stated.UnionWith(columns.Where(c => c is not null).Select(c => c!.Value.Column));
        IgnoredColumns.AddRange(headers.Where((h, i) => columns[i] is null && h.Trim().Length > 0));
        return columns;
    }

    /// <summary>Reads one cell into a row, or notes what is wrong.</summary>
    protected void Fill(LedgerRow row, LedgerColumn column, string cell, double scale = 1)
    {
        CellProblem? problem;
        if (column == Set.Code)
        {
            if (LedgerCells.Trim(cell).Length == 0) return;
            var code = CodeText.Read(cell, out problem);
            if (code is { Written: not null } dressed) Readings.Add(row.Number, column, cell, dressed.Code);
            (row[column], row.CodeWritten, row.MustBeKnown) = (code?.Code is { Length: > 0 } c ? c : null, code?.Written, code?.MustBeKnown
                ?? false);
        }
        else
        {
            row[column] = LedgerCells.Read(column, cell, scale, out problem, out var isOdd);
            if (isOdd && row[column] is { } value) Readings.Add(row.Number, column, cell, value);
        }
        if (problem is { } p) Problems.Add(LedgerProblem.OfCell(row.Number, column, p));
    }

    /// <summary>A position has two halves.</summary>
    protected void CheckPlace(LedgerRow row)
    {
        var (longitude, latitude) = (Set.Longitude, Set["Latitude"]);
        if (row.Shape is not null || row[longitude] is null == row[latitude] is null || !States(longitude) || !States(latitude)) return;
        var (missing, there) = row[longitude] is null ? (longitude, latitude) : (latitude, longitude);
        // A half that can't be read was told as such.
        if (IsTold(row.Number, missing)) return;
        Problems.Add(new(row.Number, missing, "HalfPosition",
            $"the row states {there.Name} {row[there]} and no {missing.Name}: state both, or neither to leave the position as it is",
            $"该行有“{there.Zh}”{row[there]} 而无“{missing.Zh}”：请两者都填，或都留空（保持原位置）"));
    }
}
