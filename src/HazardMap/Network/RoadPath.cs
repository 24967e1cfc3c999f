namespace HazardMap.Network;

/// <summary>A way through the network, in the order of the search.</summary>
/// <param name="Cost">What it costs, the cost of the start included.</param>
/// <param name="Nodes">Junctions, the start first: one more than edges.</param>
/// <param name="Edges">Edges between them.</param>
public sealed record RoadPath(double Cost, IReadOnlyList<int> Nodes, IReadOnlyList<int> Edges);
