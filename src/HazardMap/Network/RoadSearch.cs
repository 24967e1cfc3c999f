namespace HazardMap.Network;

/// <summary>Bounded Dijkstra from one start or many, over and over on the same graph without clearing it.</summary>
/// <remarks>
/// Seed the starts, run, read. A node is reached exactly when its cost is at most the limit. Costs are sums taken along
/// the path from the start, as every textbook and pgRouting take them, so they agree to the last digit.
/// One search belongs to one thread; the graph is shared.
/// </remarks>
public sealed class RoadSearch
{
    private const int StopEvery = 4096;
    private readonly RoadGraph _graph;
    private readonly Frontier _frontier = new();
    private readonly double[] _costs;
    private readonly int[] _labels;
    private readonly int[] _settled;
    private readonly int[]? _cameBy;
    private int _settledCount;

    /// <summary>Makes a search on the graph.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="keepPaths">Whether <see cref="PathTo"/> will be asked.</param>
    public RoadSearch(RoadGraph graph, bool keepPaths = false)
    {
        _graph = graph;
        _costs = new double[graph.NodeCount];
        _labels = new int[graph.NodeCount];
        _settled = new int[graph.NodeCount];
        _cameBy = keepPaths ? new int[graph.NodeCount] : null;
        Array.Fill(_costs, double.PositiveInfinity);
    }

    /// <summary>The graph searched.</summary>
    public RoadGraph Graph => _graph;

    /// <summary>Nodes reached, cheapest first.</summary>
    public ReadOnlySpan<int> Reached => _settled.AsSpan(0, _settledCount);

    /// <summary>Arcs looked at in the last run: the measure of work.</summary>
    public long ArcsScanned { get; private set; }

    /// <summary>Cost of the cheapest way to the node; infinity when it was not reached.</summary>
    public double CostTo(int node) => _costs[node];

    /// <summary>Label of the start that the node is reached from most cheaply (the smaller label when tied).</summary>
    public int LabelOf(int node) => _labels[node];

    /// <summary>Forgets the last run.</summary>
    public void Clear()
    {
        foreach (var node in Reached) _costs[node] = double.PositiveInfinity;
        for (var i = 0; i < _frontier.Count; i++) _costs[_frontier[i].Node] = double.PositiveInfinity;
        _frontier.Clear();
        _settledCount = 0;
        ArcsScanned = 0;
    }

    /// <summary>Adds a start.</summary>
    /// <param name="node">Where.</param>
    /// <param name="cost">What it cost to come there; not negative.</param>
    /// <param name="label">Which start this is, when there are several.</param>
    public void Seed(int node, double cost = 0, int label = 0)
    {
        if (!(cost >= 0 && cost < double.PositiveInfinity)) throw new ArgumentOutOfRangeException(nameof(cost), cost, "A start costs nothing or something finite.");
        if (Improves(node, cost, label, cameBy: -1)) _frontier.Push(cost, node, label);
    }

    /// <summary>Adds a start anywhere along an edge, in the directions that the edge allows.</summary>
    /// <param name="place">Where; its access is for the caller to count, in the cost.</param>
    /// <param name="cost">What it cost to come there.</param>
    /// <param name="label">Which start this is.</param>
    public void SeedAt(in RoadPlace place, double cost, int label = 0)
    {
        var ends = place.Leaving(_graph);
        if (double.IsFinite(ends.SourceCost)) Seed(ends.Source, cost + ends.SourceCost, label);
        if (double.IsFinite(ends.TargetCost)) Seed(ends.Target, cost + ends.TargetCost, label);
    }

    /// <summary>Searches outwards from the seeds.</summary>
    /// <param name="limit">Nodes at exactly this cost are reached; nothing beyond.</param>
    /// <param name="backward">Search against the direction of travel: costs are then from the node to the seed.</param>
    /// <param name="stop">Looked at every few thousand nodes.</param>
    public void Run(double limit = double.PositiveInfinity, bool backward = false, CancellationToken stop = default) =>
        Run(limit, backward, default(Everything), stop);

    /// <summary>Searches outwards until the wish is fulfilled.</summary>
    internal void Run<TWish>(double limit, bool backward, TWish wish, CancellationToken stop)
        where TWish : struct, IWish
    {
        if (double.IsNaN(limit)) throw new ArgumentOutOfRangeException(nameof(limit));
        limit = Math.Min(limit, double.MaxValue);   // infinity means not reached, always
        while (_frontier.Count > 0)
        {
            var entry = _frontier.Pop();
            if (entry.Cost != _costs[entry.Node] || entry.Label != _labels[entry.Node]) continue;
            if (entry.Cost > limit) { _costs[entry.Node] = double.PositiveInfinity; continue; }   // a start out of reach
            _settled[_settledCount++] = entry.Node;
            if (_settledCount % StopEvery == 0) stop.ThrowIfCancellationRequested();
            if (wish.IsFulfilledBy(entry.Node)) return;
            Relax(entry, limit, backward);
        }
    }

    /// <summary>The cheapest way to a node that was reached: from the start that it is reached from, edge by edge.</summary>
    /// <remarks>After a backward run the edges lead from the node to the start.</remarks>
    public RoadPath PathTo(int node)
    {
        if (_cameBy is null) throw new InvalidOperationException("This search was not asked to keep paths.");
        if (double.IsInfinity(_costs[node])) throw new ArgumentException("The node was not reached.", nameof(node));
        List<int> nodes = [node], edges = [];
        for (var arc = _cameBy[node]; arc >= 0; arc = _cameBy[nodes[^1]])
        {
            var step = _graph.AllArcs[arc];
            edges.Add(step.Edge);
            nodes.Add(step.IsReverse ? _graph.TargetOf(step.Edge) : _graph.SourceOf(step.Edge));
        }
        nodes.Reverse();
        edges.Reverse();
        return new RoadPath(_costs[node], nodes, edges);
    }

    private void Relax(in Frontier.Entry from, double limit, bool backward)
    {
        var firstArc = _graph.FirstArc[from.Node];
        var arcs = _graph.ArcsOf(from.Node);
        ArcsScanned += arcs.Length;
        for (var i = 0; i < arcs.Length; i++)
        {
            ref readonly var arc = ref arcs[i];
            var step = backward ? arc.In : arc.Out;
            var cost = from.Cost + step;
            if (step >= 0 && cost <= limit && Improves(arc.Head, cost, from.Label, firstArc + i))
                _frontier.Push(cost, arc.Head, from.Label);
        }
    }

    private bool Improves(int node, double cost, int label, int cameBy)
    {
        var known = _costs[node];
        if (!(cost < known || (cost == known && label < _labels[node]))) return false;
        _costs[node] = cost;
        _labels[node] = label;
        if (_cameBy is not null) _cameBy[node] = cameBy;
        return true;
    }
}
