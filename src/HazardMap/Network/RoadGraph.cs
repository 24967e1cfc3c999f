namespace HazardMap.Network;

/// <summary>A road network in memory, made for searching: at most 100 bytes an edge.</summary>
/// <remarks>
/// Invariant: nodes and edges are numbered from 0; the arcs of a node stand together, each carrying the cost of leaving
/// along it and of arriving along it, so that one copy serves searches in both directions. A cost is never NaN, and
/// negative exactly when that direction does not exist. Nothing changes after it is built: searches share it freely.
/// </remarks>
public sealed class RoadGraph
{
    private readonly int[] _firstArc;
    private readonly Arc[] _arcs;
    private readonly double[] _arriving;
    private readonly NodeIds _nodes;
    private readonly long[] _edgeIds;
    private readonly int[] _ends;

    internal RoadGraph(int[] firstArc, Arc[] arcs, double[] arriving, NodeIds nodes, long[] edgeIds, int[] ends)
    {
        (_firstArc, _arcs, _arriving, _nodes, _edgeIds, _ends) = (firstArc, arcs, arriving, nodes, edgeIds, ends);
        SlotWidth = HalfAnEdge(arcs);
    }

    /// <summary>Junctions.</summary>
    public int NodeCount => _nodes.Count;

    /// <summary>Edges, also those that no direction of which exists.</summary>
    public int EdgeCount => _edgeIds.Length;

    /// <summary>Bytes that the graph holds.</summary>
    public long Bytes => 4L * _firstArc.Length + (long)Arc.Bytes * _arcs.Length + _nodes.Bytes + 8L * _edgeIds.Length + 4L * _ends.Length;

    /// <summary>What half an edge costs on the average: how finely a search sorts what it has seen.</summary>
    internal double SlotWidth { get; }

    internal Arc[] AllArcs => _arcs;

    /// <summary>Beside each arc the cost of arriving along it; negative: not allowed.</summary>
    internal double[] Arriving => _arriving;

    /// <summary>Builds the graph in one pass over the edges.</summary>
    /// <param name="edges">In any order; parallel edges and loops are allowed.</param>
    /// <param name="directed">False: whatever direction exists may be used both ways, at the cheaper cost.</param>
    /// <exception cref="RefusalException">A cost is not finite; the target is its place, such as <c>edges[3].cost</c>.</exception>
    public static RoadGraph Of(IEnumerable<RoadEdge> edges, bool directed = true)
    {
        var builder = new RoadGraphBuilder(directed);
        foreach (var edge in edges) builder.Add(edge);
        return builder.Build();
    }

    /// <summary>The junction's own number.</summary>
    public long NodeId(int node) => _nodes.Id(node);

    /// <summary>Finds a junction by its own number.</summary>
    public bool TryFindNode(long id, out int node) => _nodes.TryFind(id, out node);

    /// <summary>The edge's own number.</summary>
    public long EdgeId(int edge) => _edgeIds[edge];

    /// <summary>Edges that meet at the junction.</summary>
    public int DegreeOf(int node) => _firstArc[node + 1] - _firstArc[node];

    /// <summary>Where the edge begins.</summary>
    public int SourceOf(int edge) => _ends[2 * edge];

    /// <summary>Where the edge ends.</summary>
    public int TargetOf(int edge) => _ends[2 * edge + 1];

    /// <summary>Costs of the edge from source to target and back; negative: that direction does not exist.</summary>
    public (double Cost, double ReverseCost) CostsOf(int edge)
    {
        var (first, end) = ArcRange(SourceOf(edge));
        for (var i = first; i < end; i++)
            if (_arcs[i].Edge == edge && !_arcs[i].IsReverse) return (_arcs[i].Out, _arriving[i]);
        return (-1, -1);
    }

    internal (int First, int End) ArcRange(int node) => (_firstArc[node], _firstArc[node + 1]);

    internal ReadOnlySpan<Arc> ArcsOf(int node) => _arcs.AsSpan(_firstArc[node].._firstArc[node + 1]);

    private static double HalfAnEdge(Arc[] arcs)
    {
        double sum = 0;
        var count = 0;
        foreach (ref readonly var arc in arcs.AsSpan())
            if (arc.Out > 0) (sum, count) = (sum + arc.Out / arcs.Length, count + 1);
        var mean = count == 0 ? 1 : sum / count * arcs.Length;
        return double.IsNormal(mean / 2) ? mean / 2 : 1;
    }
}
