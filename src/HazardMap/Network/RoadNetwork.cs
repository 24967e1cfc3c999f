namespace HazardMap.Network;

/// <summary>A graph and where its edges run: what doors and banks are snapped to and searched on.</summary>
public sealed class RoadNetwork
{
    private readonly Lazy<RoadIndex> _index;

    /// <summary>Joins the two.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="shapes">Of its edges, in the same order.</param>
    public RoadNetwork(RoadGraph graph, RoadShapes shapes)
    {
        if (graph.EdgeCount != shapes.Count) throw new ArgumentException("There must be one shape for each edge.", nameof(shapes));
        (Graph, Shapes) = (graph, shapes);
        _index = new(() => new RoadIndex(shapes));
    }

    /// <summary>The graph.</summary>
    public RoadGraph Graph { get; }

    /// <summary>Where its edges run.</summary>
    public RoadShapes Shapes { get; }

    /// <summary>Finds the nearest road; made when first asked for.</summary>
    public RoadIndex Index => _index.Value;

    /// <summary>Whether there are no roads at all: then only straight lines can be measured.</summary>
    public bool IsEmpty => Graph.EdgeCount == 0;
}
