using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HazardMap.Network;

/// <summary>Bounded search for cheapest ways from one start or many, over and over on the same graph without clearing it.</summary>
/// <remarks>
/// Seed the starts, run, read. A node is reached exactly when its cost is at most the limit. Costs are sums taken along
/// the path from the start, as every textbook and pgRouting take them, so they agree to the last digit: a sum never falls
/// by another step, so the cheapest sums are the same in whatever order nodes are expanded. Of several equally cheap paths
/// the one by the arc of the lowest number is kept, whatever else was searched for at the same time.
/// One search belongs to one thread; the graph is shared.
/// </remarks>
public sealed class RoadSearch
{
    private const int StopEvery = 4096;
    private readonly RoadGraph _graph;
    private readonly Frontier _frontier;
    private readonly State[] _states;
    private int[] _reached = new int[256];
    private readonly int[]? _cameBy;
    private int _reachedCount;

    /// <summary>Makes a search on the graph.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="keepPaths">Whether <see cref="PathTo"/> will be asked.</param>
    public RoadSearch(RoadGraph graph, bool keepPaths = false)
    {
        _graph = graph;
        _frontier = new(graph.SlotWidth);
        _states = new State[graph.NodeCount];
        _cameBy = keepPaths ? new int[graph.NodeCount] : null;
        Array.Fill(_states, new State { Cost = double.PositiveInfinity });
    }

    /// <summary>The graph searched.</summary>
    public RoadGraph Graph => _graph;

    /// <summary>Nodes reached, in no particular order.</summary>
    public ReadOnlySpan<int> Reached => _reached.AsSpan(0, _reachedCount);

    /// <summary>Cost of the cheapest way to the node; infinity when it was not reached.</summary>
    public double CostTo(int node) => _states[node].Cost;

    /// <summary>Label of the start that the node is reached from most cheaply (the smaller label when tied).</summary>
    public int LabelOf(int node) => _states[node].Label;

    /// <summary>Forgets the last run.</summary>
    public void Clear()
    {
        foreach (var node in Reached) _states[node].Cost = double.PositiveInfinity;
        _frontier.Clear();
        _reachedCount = 0;
    }

    /// <summary>Adds a start.</summary>
    /// <param name="node">Where.</param>
    /// <param name="cost">What it cost to come there; not negative.</param>
    /// <param name="label">Which start this is, when there are several.</param>
    public void Seed(int node, double cost = 0, int label = 0)
    {
        if (!(cost >= 0 && cost < double.PositiveInfinity))
            throw new ArgumentOutOfRangeException(nameof(cost), cost, "A start costs nothing or something finite.");
        if (Improves(ref _states[node], node, cost, label, cameBy: -1)) _frontier.Push(cost, node);
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

    /// <summary>Adds an end anywhere along an edge, for a backward run: costs are then from a node to this place.</summary>
    /// <param name="place">Where; its access is for the caller to count, in the cost.</param>
    /// <param name="cost">What it costs from there on.</param>
    /// <param name="label">Which end this is.</param>
    public void SeedEndAt(in RoadPlace place, double cost, int label = 0)
    {
        var ends = place.Arriving(_graph);
        if (double.IsFinite(ends.SourceCost)) Seed(ends.Source, cost + ends.SourceCost, label);
        if (double.IsFinite(ends.TargetCost)) Seed(ends.Target, cost + ends.TargetCost, label);
    }

    /// <summary>Searches outwards from the seeds.</summary>
    /// <param name="limit">Nodes at exactly this cost are reached; nothing beyond.</param>
    /// <param name="backward">Search against the direction of travel: costs are then from the node to the seed.</param>
    /// <param name="stop">Looked at every few thousand nodes.</param>
    public void Run(double limit = double.PositiveInfinity, bool backward = false, CancellationToken stop = default) =>
        Run(limit, backward, null, stop);

    /// <summary>Searches outwards, and no farther than the dearest of the wanted nodes once all were seen.</summary>
    internal void Run(double limit, bool backward, int[]? wanted, CancellationToken stop)
    {
        if (double.IsNaN(limit)) throw new ArgumentOutOfRangeException(nameof(limit));
        limit = Math.Min(limit, double.MaxValue);   // infinity means not reached, always
        DropStartsBeyond(limit);
        for (var expanded = 1; _frontier.TryPop(out var cost, out var node); expanded++)
        {
            if (cost != _states[node].Cost || cost > limit) continue;
            if (expanded % StopEvery == 0)
            {
                stop.ThrowIfCancellationRequested();
                if (wanted is not null) limit = Math.Min(limit, DearestOf(wanted));
            }
            if (backward) RelaxBackward(node, cost, limit);
            else Relax(node, cost, limit);
        }
    }

    /// <summary>The cheapest way to a node that was reached: from the start that it is reached from, edge by edge.</summary>
    /// <remarks>After a backward run the edges lead from the node to the start.</remarks>
    public RoadPath PathTo(int node)
    {
        if (_cameBy is null) throw new InvalidOperationException("This search was not asked to keep paths.");
        if (double.IsInfinity(CostTo(node))) throw new ArgumentException("The node was not reached.", nameof(node));
        List<int> nodes = [node], edges = [];
        for (var arc = _cameBy[node]; arc >= 0; arc = _cameBy[nodes[^1]])
        {
            var step = _graph.AllArcs[arc];
            edges.Add(step.Edge);
            nodes.Add(step.IsReverse ? _graph.TargetOf(step.Edge) : _graph.SourceOf(step.Edge));
        }
        nodes.Reverse();
        edges.Reverse();
        return new RoadPath(CostTo(node), nodes, edges);
    }

    private void Relax(int node, double cost, double limit)
    {
        var (first, end) = _graph.ArcRange(node);
        var arcs = _graph.AllArcs;
        var label = _states[node].Label;
        for (var i = first; i < end; i++)
        {
            ref readonly var arc = ref arcs[i];
            Offer(arc.Head, cost, arc.Out, limit, label, i);
        }
    }

    private void RelaxBackward(int node, double cost, double limit)
    {
        var (first, end) = _graph.ArcRange(node);
        var arcs = _graph.AllArcs;
        var arriving = _graph.Arriving;
        var label = _states[node].Label;
        for (var i = first; i < end; i++) Offer(arcs[i].Head, cost, arriving[i], limit, label, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Offer(int node, double before, double step, double limit, int label, int cameBy)
    {
        var cost = before + step;
        if (!(step >= 0 && cost <= limit)) return;
        ref var state = ref _states[node];
        if (Improves(ref state, node, cost, label, cameBy)) _frontier.Push(cost, node);
        else if (_cameBy is not null && cost == state.Cost && label == state.Label && before < cost)
            _cameBy[node] = Math.Min(_cameBy[node], cameBy);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Improves(ref State state, int node, double cost, int label, int cameBy)
    {
        var known = state.Cost;
        if (!(cost < known || (cost == known && label < state.Label))) return false;
        if (double.IsPositiveInfinity(known)) AddReached(node);
        state.Cost = cost;
        state.Label = label;
        if (_cameBy is not null) _cameBy[node] = cameBy;
        return true;
    }

    private void AddReached(int node)
    {
        if (_reachedCount == _reached.Length) Array.Resize(ref _reached, 2 * _reachedCount);
        _reached[_reachedCount++] = node;
    }

    private void DropStartsBeyond(double limit)
    {
        var kept = 0;
        for (var i = 0; i < _reachedCount; i++)
        {
            if (_states[_reached[i]].Cost <= limit) _reached[kept++] = _reached[i];
            else _states[_reached[i]].Cost = double.PositiveInfinity;
        }
        _reachedCount = kept;
    }

    private double DearestOf(int[] wanted)
    {
        var dearest = 0.0;
        foreach (var node in wanted) dearest = Math.Max(dearest, _states[node].Cost);
        return dearest;
    }

    /// <summary>What is known of a node; what is read together stands together.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        public double Cost;
        public int Label;
    }
}
