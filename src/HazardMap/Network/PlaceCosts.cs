using System.Runtime.InteropServices;

namespace HazardMap.Network;

/// <summary>What it costs from one place to another, access at both ends included.</summary>
/// <param name="From">Which start.</param>
/// <param name="To">Which end.</param>
/// <param name="Cost">The cheapest way.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct PlaceCost(int From, int To, double Cost);

/// <summary>Cheapest ways between places anywhere along the edges, not only between junctions.</summary>
/// <remarks>One-way edges are obeyed on the first and the last stretch too; two places on one edge may be joined along it.</remarks>
public sealed class PlaceCosts
{
    private readonly RoadGraph _graph;
    private readonly IReadOnlyList<RoadPlace> _to;
    private readonly double _accessCostPerMetre;
    private readonly bool _backward;
    private readonly ILookup<int, int> _onEdge;
    private readonly int[] _firstArrival;
    private readonly (int To, double Cost)[] _arrivals;

    /// <summary>Prepares the ends.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="to">The ends.</param>
    /// <param name="accessCostPerMetre">What a metre between door and road costs: 1 when costs are metres walked.</param>
    /// <param name="backward">Costs are of the way from <paramref name="to"/> to the places asked about: of people to a facility.</param>
    public PlaceCosts(RoadGraph graph, IReadOnlyList<RoadPlace> to, double accessCostPerMetre = 1, bool backward = false)
    {
        if (!(accessCostPerMetre >= 0 && double.IsFinite(accessCostPerMetre)))
            throw new ArgumentOutOfRangeException(nameof(accessCostPerMetre));
        (_graph, _to, _accessCostPerMetre, _backward) = (graph, to, accessCostPerMetre, backward);
        _onEdge = Enumerable.Range(0, to.Count).ToLookup(i => to[i].Edge);
        var arrivals = Arrivals().OrderBy(a => a.Node).ToArray();
        _arrivals = Array.ConvertAll(arrivals, a => (a.To, a.Cost));
        _firstArrival = new int[graph.NodeCount + 1];
        foreach (var arrival in arrivals) _firstArrival[arrival.Node + 1]++;
        for (var node = 0; node < graph.NodeCount; node++) _firstArrival[node + 1] += _firstArrival[node];
    }

    /// <summary>All pairs within the limit, by start and then by end.</summary>
    /// <param name="from">The starts.</param>
    /// <param name="limit">A pair at exactly this cost is in.</param>
    /// <param name="threads">Searches at the same time; the answer does not depend on it.</param>
    /// <param name="stop">Looked at every few thousand nodes.</param>
    public IReadOnlyList<PlaceCost> Within(IReadOnlyList<RoadPlace> from, double limit, int threads = 1, CancellationToken stop = default)
    {
        var found = new List<PlaceCost>[from.Count];
        using var best = new ThreadLocal<double[]>(() => NewBest(_to.Count));
        ManySearches.Run(_graph, from.Count, threads, stop, (search, i) => found[i] = From(search, i, from[i], limit, best.Value!, stop));
        return [.. found.SelectMany(list => list)];
    }

    private List<PlaceCost> From(RoadSearch search, int index, in RoadPlace from, double limit, double[] best, CancellationToken stop)
    {
        var access = from.AccessMetres * _accessCostPerMetre;
        if (_backward) search.SeedEndAt(from, access);
        else search.SeedAt(from, access);
        search.Run(limit, _backward, stop);
        var reached = new List<int>();
        foreach (var to in _onEdge[from.Edge])
            Offer(to, access + (_backward ? _to[to].Along(_graph, from) : from.Along(_graph, _to[to]))
                + _to[to].AccessMetres * _accessCostPerMetre, limit, best, reached);
        foreach (var node in search.Reached)
            foreach (var (to, cost) in _arrivals.AsSpan(_firstArrival[node].._firstArrival[node + 1]))
                Offer(to, search.CostTo(node) + cost, limit, best, reached);
        reached.Sort();
        var found = reached.ConvertAll(to => new PlaceCost(index, to, best[to]));
        foreach (var to in reached) best[to] = double.PositiveInfinity;
        return found;
    }

    private static void Offer(int to, double cost, double limit, double[] best, List<int> reached)
    {
        if (!(cost <= limit && cost < best[to])) return;
        if (double.IsInfinity(best[to])) reached.Add(to);
        best[to] = cost;
    }

    private IEnumerable<(int Node, int To, double Cost)> Arrivals()
    {
        for (var to = 0; to < _to.Count; to++)
        {
            var access = _to[to].AccessMetres * _accessCostPerMetre;
            var ends = _backward ? _to[to].Leaving(_graph) : _to[to].Arriving(_graph);
            if (double.IsFinite(ends.SourceCost)) yield return (ends.Source, to, ends.SourceCost + access);
            if (double.IsFinite(ends.TargetCost)) yield return (ends.Target, to, ends.TargetCost + access);
        }
    }

    private static double[] NewBest(int count)
    {
        var best = new double[count];
        Array.Fill(best, double.PositiveInfinity);
        return best;
    }
}
