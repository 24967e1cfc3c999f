using System.Globalization;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>Cells that were read from another writing than a plain value, by column, with the first of them.</summary>
internal sealed class CellReadings
{
    private const int Told = 5;
    private readonly Dictionary<LedgerColumn, (int Count, List<(int Number, string Cell, object Value)> First)> _byColumn = [];

    public void Add(int number, LedgerColumn column, string cell, object value)
    {
        var (count, first) = _byColumn.TryGetValue(column, out var so) ? so : (0, []);
        if (first.Count < Told) first.Add((number, CellProblem.Quote(cell.Trim()), value));
        _byColumn[column] = (count + 1, first);
    }

    /// <summary>For the report.</summary>
    /// <param name="place">Where a row stands.</param>
    public IReadOnlyList<CellReading>? ForReport(Func<int, (string En, string Zh)> place) => _byColumn.Count == 0 ? null :
        [.. _byColumn.OrderBy(c => c.Key.Index).Select(c => new CellReading(c.Key.Name, c.Key.Zh, c.Value.Count,
            [.. c.Value.First.Select(f => $"{place(f.Number).En}: '{f.Cell}' = "
                + $"{Convert.ToString(f.Value, CultureInfo.InvariantCulture)}")]))];
}

/// <summary>Rows of a file that are none of the ledger, with the first of them.</summary>
internal sealed class LeftOutRows
{
    private const int Told = 100;
    private readonly List<LeftOutRow> _first = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<LeftOutRow> First => _first;

    public void Add(int line, (string En, string Zh) what, IEnumerable<string> cells)
    {
        Count++;
        if (_first.Count < Told)
            _first.Add(new(line, what.En, what.Zh, CellProblem.Quote(string.Join(" | ",
                cells.Select(c => c.Trim()).Where(c => c.Length > 0)))));
    }
}
