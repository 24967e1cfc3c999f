namespace HazardMap.Network;

/// <summary>Cheapest costs from many nodes to many nodes: what siting and patrols are computed from.</summary>
public sealed class CostMatrix
{
    private readonly double[] _costs;

    private CostMatrix(int rows, int columns) => (Rows, Columns, _costs) = (rows, columns, NewCells(rows, columns));

    /// <summary>Starts.</summary>
    public int Rows { get; }

    /// <summary>Ends.</summary>
    public int Columns { get; }

    /// <summary>Cost from a start to an end, by their places in the lists; infinity where there is no way within the limit.</summary>
    public double this[int row, int column] => _costs[(long)row * Columns + column];

    /// <summary>Costs from one start to all ends.</summary>
    public ReadOnlySpan<double> Row(int row) => _costs.AsSpan(row * Columns, Columns);

    /// <summary>Computes the matrix: one search for each start, or for each end when those are fewer.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="from">Starts; may repeat.</param>
    /// <param name="to">Ends; may repeat.</param>
    /// <param name="limit">Costs beyond it are not looked for.</param>
    /// <param name="threads">Searches at the same time; the answer does not depend on it.</param>
    /// <param name="stop">Looked at every few thousand nodes.</param>
    public static CostMatrix Between(RoadGraph graph, IReadOnlyList<int> from, IReadOnlyList<int> to,
        double limit = double.PositiveInfinity, int threads = 1, CancellationToken stop = default)
    {
        var matrix = new CostMatrix(from.Count, to.Count);
        var backward = to.Count < from.Count;
        var (starts, ends) = backward ? (to, from) : (from, to);
        int[] wanted = [.. ends.Distinct()];
        ManySearches.Run(graph, starts.Count, threads, stop, (search, start) =>
        {
            search.Seed(starts[start]);
            search.Run(limit, backward, wanted, stop);
            for (var end = 0; end < ends.Count; end++)
                matrix._costs[backward ? end * (long)matrix.Columns + start : start * (long)matrix.Columns + end] =
                    search.CostTo(ends[end]);
        });
        return matrix;
    }

    private static double[] NewCells(int rows, int columns)
    {
        if ((long)rows * columns <= Array.MaxLength) return new double[(long)rows * columns];
        throw new RefusalException("MatrixTooLarge", $"A matrix of {rows} x {columns} costs does not fit in memory.",
            $"{rows} × {columns} 的成本矩阵过大。");
    }
}
