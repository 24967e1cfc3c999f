using System.Collections.Concurrent;
using HazardMap.Geodesy;

namespace HazardMap.Network;

/// <summary>A graph and where its edges run: what doors and banks are snapped to and searched on.</summary>
public sealed class RoadNetwork
{
    private readonly Lazy<RoadIndex> _index;
    private readonly ConcurrentBag<WalkSearch> _walks = [];
    private readonly Lazy<Islands> _islands, _twoWayIslands;
    private readonly Lazy<double> _leastCostPerMetre;
    private readonly Lazy<HashSet<int>> _cheaperThanLong;
    private readonly Lazy<bool> _isAsDrawn;

    /// <summary>Joins the two.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="shapes">Of its edges, in the same order.</param>
    public RoadNetwork(RoadGraph graph, RoadShapes shapes)
    {
        if (graph.EdgeCount != shapes.Count) throw new ArgumentException("There must be one shape for each edge.", nameof(shapes));
        (Graph, Shapes) = (graph, shapes);
        _index = new(() => new RoadIndex(shapes));
        _islands = new(() => Network.Islands.Unconnected(graph));
        _twoWayIslands = new(() => Network.Islands.OneWayTraps(graph));
        _leastCostPerMetre = new(() => Edges().Select(edge => Cheapest(CostPerMetre(edge))).DefaultIfEmpty(double.PositiveInfinity).Min());
        _isAsDrawn = new(() => _cheaperThanLong!.Value.Count == 0 && DoEndsMeet());
        _cheaperThanLong = new(() => [.. Edges().Where(edge => Cheapest(CostPerMetre(edge)) < 1 - 1e-6)]);
    }

    /// <summary>The graph.</summary>
    public RoadGraph Graph { get; }

    /// <summary>Where its edges run.</summary>
    public RoadShapes Shapes { get; }

    /// <summary>Finds the nearest road; made when first asked for.</summary>
    public RoadIndex Index => _index.Value;

    /// <summary>Parts that no edge joins; made when first asked for.</summary>
    public Islands Islands => _islands.Value;

    /// <summary>Parts within which one can go from anywhere to anywhere and back; made when first asked for.</summary>
    public Islands TwoWayIslands => _twoWayIslands.Value;

    /// <summary>What the cheapest edge costs for a metre of its length:
    /// no way of a known cost leads farther than that allows, however wrong a stated length is.</summary>
    public double LeastCostPerMetre => _leastCostPerMetre.Value;

    /// <summary>Whether there are no roads at all: then only straight lines can be measured.</summary>
    public bool IsEmpty => Graph.EdgeCount == 0;

    /// <summary>A search for one thread: its arrays are as long as the network and are used again and again.</summary>
    internal WalkSearch BorrowWalk() => _walks.TryTake(out var walk) ? walk : new WalkSearch(this);

    internal void GiveBack(WalkSearch walk) => _walks.Add(walk);

    /// <summary>Where ways to a water may leave the network, when that may be at any point of it within some metres of the water;
    /// <see langword="null"/> when there is none.</summary>
    /// <param name="water">The water, or one reach of it.</param>
    /// <param name="withinMetres">At most 50 km; exactly at it is within.</param>
    public RoadExits? Exits(ShapeIndex water, double withinMetres)
    {
        if (!(withinMetres is >= 0 and <= RoadIndex.FarthestMetres))
            throw new ArgumentOutOfRangeException(nameof(withinMetres), withinMetres, "At most 50 km.");
        return new ExitSearch(this, water, withinMetres).Find();
    }

    /// <summary>Whether an edge costs less than its length in metres, in some direction: its length is stated wrong.</summary>
    internal bool IsCheaperThanLong(int edge) => _cheaperThanLong.Value.Contains(edge);

    /// <summary>Whether no edge costs less than it is long, and edges that meet in a junction meet where they are drawn: then nobody comes
    /// nearer to anything by a metre of road than by a metre.</summary>
    internal bool IsAsDrawn => _isAsDrawn.Value;

    /// <summary>What an edge costs for a metre of its length, in each direction; infinity where there is no such direction or no
    /// length.</summary>
    internal (double Forward, double Backward) CostPerMetre(int edge)
    {
        var ((cost, reverse), metres) = (Graph.CostsOf(edge), Shapes.Measure(edge, -1, default).Whole);
        double Of(double cost) => cost >= 0 && metres > 0 ? cost / metres : double.PositiveInfinity;
        return (Of(cost), Of(reverse));
    }

    private bool DoEndsMeet()
    {
        const double Apart = 1e-9;   // degrees: a tenth of a millimetre
        var at = new (double Longitude, double Latitude)?[Graph.NodeCount];
        foreach (var edge in Edges())
        {
            var vertices = Shapes.Of(edge);
            foreach (var (node, end) in ((int, (double Longitude, double Latitude))[])
                [(Graph.SourceOf(edge), vertices[0]), (Graph.TargetOf(edge), vertices[^1])])
            {
                var known = at[node] ??= end;
                if (Math.Abs(known.Longitude - end.Longitude) > Apart || Math.Abs(known.Latitude - end.Latitude) > Apart) return false;
            }
        }
        return true;
    }

    private static double Cheapest((double Forward, double Backward) cost) => Math.Min(cost.Forward, cost.Backward);

    private IEnumerable<int> Edges() => Enumerable.Range(0, Graph.EdgeCount);
}
