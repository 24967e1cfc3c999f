using NetTopologySuite.Geometries;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>One row of a ledger, read but not yet judged. What is <see langword="null"/> was not stated: it stays as it is.</summary>
internal sealed class LedgerRow(int number, LedgerSet set)
{
    private readonly object?[] _values = new object?[set.Columns.Count];

    /// <summary>Line of the csv file, or number of the feature.</summary>
    public int Number { get; } = number;

    /// <summary>The shape of a GeoJSON feature, in the file's own coordinates.</summary>
    public Geometry? Shape { get; set; }

    public object? this[LedgerColumn column]
    {
        get => _values[column.Index];
        set => _values[column.Index] = value;
    }

    /// <summary>The position as the file has it: a point from the two columns, or the feature's shape.</summary>
    public Geometry? Position => Shape
        ?? (this[set.Longitude] is double x && this[set["Latitude"]] is double y ? new Point(x, y) : null);
}

/// <summary>What is wrong with a row.</summary>
/// <param name="Number">Line or feature.</param>
/// <param name="Column">The cell's column, when one cell is wrong.</param>
/// <param name="Reason">Stable code of the reason.</param>
/// <param name="En">What is wrong.</param>
/// <param name="Zh">The same in Chinese.</param>
internal sealed record LedgerProblem(int Number, LedgerColumn? Column, string Reason, string En, string Zh);
