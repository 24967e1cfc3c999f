using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Distance;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>One row of a ledger, read but not yet judged. What is <see langword="null"/> was not stated: it stays as it is.</summary>
internal sealed class LedgerRow(int number, LedgerSet set)
{
    // As exports write them: six decimals and more of a degree, or metres of a grid.
    private const double SameDegrees = 1e-5, SameMetres = 1;

    private readonly object?[] _values = new object?[set.Columns.Count];

    /// <summary>Line of the csv file, or number of the feature.</summary>
    public int Number { get; } = number;

    /// <summary>The shape of a GeoJSON feature or of a cell, in the file's own coordinates.</summary>
    public Geometry? Shape { get; set; }

    /// <summary>The code as the file writes it, where that differs from what it means.</summary>
    public string? CodeWritten { get; set; }

    /// <summary>A sheet made a number of the code: only a known one may be meant.</summary>
    public bool MustBeKnown { get; set; }

    public object? this[LedgerColumn column]
    {
        get => _values[column.Index];
        set => _values[column.Index] = value;
    }

    /// <summary>The position as the file has it: the shape, or a point from the two columns. An area of divisions with a point beside it,
    /// its seat, holds both.</summary>
    public Geometry? Position => Shape is null ? Point
        : set.Kind == ImportKind.Divisions && Shape is not NetTopologySuite.Geometries.Point && Point is { } seat
            ? new GeometryCollection([Shape, seat]) : Shape;

    /// <summary>Whether the two columns say another place than the shape of a water: neither can be preferred.</summary>
    public bool IsApart
    {
        get
        {
            if (Shape is null || Point is not { } point || set.Kind == ImportKind.Divisions || !Shape.IsValid) return false;
            var at = DistanceOp.NearestPoints(Shape, Shape.Centroid)[0];
            return at.Distance(point.Coordinate) > (Math.Abs(at.X) > 360 || Math.Abs(at.Y) > 360 ? SameMetres : SameDegrees);
        }
    }

    private Point? Point => this[set.Longitude] is double x && this[set["Latitude"]] is double y ? new Point(x, y) : null;
}

/// <summary>What is wrong with a row.</summary>
/// <param name="Number">Line or feature.</param>
/// <param name="Column">The cell's column, when one cell is wrong.</param>
/// <param name="Reason">Stable code of the reason.</param>
/// <param name="En">What is wrong.</param>
/// <param name="Zh">The same in Chinese.</param>
/// <param name="IsCell">Only the cell is wrong: with it empty the row may still stand.</param>
internal sealed record LedgerProblem(int Number, LedgerColumn? Column, string Reason, string En, string Zh, bool IsCell = false)
{
    /// <summary>A cell that can't be read. Without its code or its place a row is nothing.</summary>
    public static LedgerProblem OfCell(int number, LedgerColumn column, CellProblem problem) =>
        new(number, column, problem.Reason, problem.En, problem.Zh, !column.IsPlace && column.Name != "Code");
}
