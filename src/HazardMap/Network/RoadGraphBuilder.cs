using System.Globalization;
using System.Runtime.InteropServices;

namespace HazardMap.Network;

/// <summary>Takes edges one by one, as they stream from a table or a file, and lays them out as a <see cref="RoadGraph"/>.</summary>
/// <param name="directed">False: whatever direction exists may be used both ways, at the cheaper cost.</param>
public sealed class RoadGraphBuilder(bool directed = true)
{
    private const int MostEdges = 1 << 29;
    private readonly Dictionary<long, int> _numbers = [];
    private readonly List<int> _ends = [];
    private readonly List<long> _edgeIds = [];
    private readonly List<(double Cost, double Reverse)> _costs = [];

    /// <summary>Edges taken so far.</summary>
    public int Count => _edgeIds.Count;

    /// <summary>Takes one edge.</summary>
    /// <exception cref="RefusalException">A cost is not finite, or there are too many edges.</exception>
    public void Add(in RoadEdge edge)
    {
        CheckCost(edge.Cost, "cost");
        CheckCost(edge.ReverseCost, "reverseCost");
        if (Count == MostEdges)
            throw new RefusalException("NetworkTooLarge", $"More than {MostEdges} edges.", $"路网边数超过 {MostEdges}。", "edges");
        _edgeIds.Add(edge.Id);
        _ends.Add(NumberOf(edge.Source));
        _ends.Add(NumberOf(edge.Target));
        _costs.Add(directed ? (edge.Cost, edge.ReverseCost) : BothWays(edge.Cost, edge.ReverseCost));
    }

    /// <summary>Lays the edges out. The builder is done with after this.</summary>
    public RoadGraph Build()
    {
        var numbers = NodeOrder.Of(CountArcs(), Heads());
        for (var i = 0; i < _ends.Count; i++) _ends[i] = numbers[_ends[i]];
        var firstArc = CountArcs();
        var arcs = new Arc[firstArc[^1]];
        var arriving = new double[arcs.Length];
        var next = firstArc[..^1];
        for (var edge = 0; edge < Count; edge++)
        {
            var (cost, reverse) = _costs[edge];
            if (cost < 0 && reverse < 0) continue;
            int source = _ends[2 * edge], target = _ends[2 * edge + 1];
            (arcs[next[source]], arriving[next[source]++]) = (new Arc(target, edge, isReverse: false, cost), reverse);
            (arcs[next[target]], arriving[next[target]++]) = (new Arc(source, edge, isReverse: true, reverse), cost);
        }
        return new RoadGraph(firstArc, arcs, arriving, new NodeIds(IdsByNode(numbers)), [.. _edgeIds], [.. _ends]);
    }

    private int[] Heads()
    {
        var next = CountArcs();
        var heads = new int[next[^1]];
        for (var edge = 0; edge < Count; edge++)
        {
            if (_costs[edge] is { Cost: < 0, Reverse: < 0 }) continue;
            heads[next[_ends[2 * edge]]++] = _ends[2 * edge + 1];
            heads[next[_ends[2 * edge + 1]]++] = _ends[2 * edge];
        }
        return heads;
    }

    private int NumberOf(long id)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, id, out var known);
        if (!known) number = _numbers.Count - 1;
        return number;
    }

    private long[] IdsByNode(int[] numbers)
    {
        var ids = new long[_numbers.Count];
        foreach (var (id, node) in _numbers) ids[numbers[node]] = id;
        return ids;
    }

    // firstArc[n] .. firstArc[n + 1]: room for the arcs of node n. An edge without any direction gets none.
    private int[] CountArcs()
    {
        var firstArc = new int[_numbers.Count + 1];
        for (var i = 0; i < _ends.Count; i++)
            if (_costs[i / 2] is { Cost: >= 0 } or { Reverse: >= 0 }) firstArc[_ends[i] + 1]++;
        for (var node = 0; node < _numbers.Count; node++) firstArc[node + 1] += firstArc[node];
        return firstArc;
    }

    // pgRouting's meaning of an undirected graph: each direction that exists serves both ways.
    private static (double, double) BothWays(double cost, double reverse)
    {
        var cheaper = cost < 0 ? reverse : reverse < 0 ? cost : Math.Min(cost, reverse);
        return (cheaper, cheaper);
    }

    private void CheckCost(double cost, string name)
    {
        if (double.IsFinite(cost)) return;
        var place = string.Create(CultureInfo.InvariantCulture, $"edges[{Count}].{name}");
        throw new RefusalException("CostNotFinite", $"{place} must be a finite number; negative where the direction does not exist.",
            $"{place} 必须是有限数；负数表示该方向不存在。", place);
    }
}
