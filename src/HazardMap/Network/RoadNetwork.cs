using System.Collections.Concurrent;

namespace HazardMap.Network;

/// <summary>A graph and where its edges run: what doors and banks are snapped to and searched on.</summary>
public sealed class RoadNetwork
{
    private readonly Lazy<RoadIndex> _index;
    private readonly ConcurrentBag<WalkSearch> _walks = [];
    private readonly Lazy<Islands> _islands, _twoWayIslands;
    private readonly Lazy<double> _leastCostPerMetre;

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
        _leastCostPerMetre = new(FindLeastCostPerMetre);
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

    private double FindLeastCostPerMetre()
    {
        var least = double.PositiveInfinity;
        for (var edge = 0; edge < Graph.EdgeCount; edge++)
        {
            var (cost, reverse) = Graph.CostsOf(edge);
            var cheapest = Math.Min(cost < 0 ? double.PositiveInfinity : cost, reverse < 0 ? double.PositiveInfinity : reverse);
            if (Shapes.Measure(edge, -1, default).Whole is > 0 and var metres) least = Math.Min(least, cheapest / metres);
        }
        return least;
    }
}
