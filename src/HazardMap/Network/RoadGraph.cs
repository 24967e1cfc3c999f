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
    private readonly NodeIds _nodes;
    private readonly long[] _edgeIds;
    private readonly int[] _ends;

    internal RoadGraph(int[] firstArc, Arc[] arcs, NodeIds nodes, long[] edgeIds, int[] ends) =>
        (_firstArc, _arcs, _nodes, _edgeIds, _ends) = (firstArc, arcs, nodes, edgeIds, ends);

    /// <summary>Junctions.</summary>
    public int NodeCount => _nodes.Count;

    /// <summary>Edges, also those that no direction of which exists.</summary>
    public int EdgeCount => _edgeIds.Length;

    /// <summary>Bytes that the graph holds.</summary>
    public long Bytes => 4L * _firstArc.Length + (long)Arc.Bytes * _arcs.Length + _nodes.Bytes + 8L * _edgeIds.Length + 4L * _ends.Length;

    internal ReadOnlySpan<int> FirstArc => _firstArc;

    internal ReadOnlySpan<Arc> AllArcs => _arcs;

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

    /// <summary>Where the edge begins.</summary>
    public int SourceOf(int edge) => _ends[2 * edge];

    /// <summary>Where the edge ends.</summary>
    public int TargetOf(int edge) => _ends[2 * edge + 1];

    /// <summary>Costs of the edge from source to target and back; negative: that direction does not exist.</summary>
    public (double Cost, double ReverseCost) CostsOf(int edge)
    {
        foreach (ref readonly var arc in ArcsOf(SourceOf(edge)))
            if (arc.Edge == edge && !arc.IsReverse) return (arc.Out, arc.In);
        return (-1, -1);
    }

    internal ReadOnlySpan<Arc> ArcsOf(int node) => _arcs.AsSpan(_firstArc[node].._firstArc[node + 1]);
}
