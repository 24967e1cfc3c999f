namespace HazardMap.Network;

/// <summary>The network cut into parts between which there is no way.</summary>
/// <remarks>Parts are numbered by size, the largest 0; equal ones by their first node.</remarks>
public sealed class Islands
{
    private readonly int[] _partOf;
    private readonly int[] _sizes;

    private Islands(int[] partOf, int count)
    {
        _sizes = new int[count];
        foreach (var part in partOf) _sizes[part]++;
        var order = Enumerable.Range(0, count).OrderByDescending(part => _sizes[part]).ToArray();
        var rank = new int[count];
        for (var i = 0; i < count; i++) rank[order[i]] = i;
        for (var node = 0; node < partOf.Length; node++) partOf[node] = rank[partOf[node]];
        _partOf = partOf;
        Array.Sort(_sizes, (a, b) => b.CompareTo(a));
    }

    /// <summary>How many nodes each part has, largest first.</summary>
    public IReadOnlyList<int> Sizes => _sizes;

    /// <summary>The part a node is in.</summary>
    public int PartOf(int node) => _partOf[node];

    /// <summary>Parts that no edge joins, whatever its direction.</summary>
    public static Islands Unconnected(RoadGraph graph)
    {
        var partOf = new int[graph.NodeCount];
        Array.Fill(partOf, -1);
        var count = 0;
        var open = new Stack<int>();
        for (var node = 0; node < graph.NodeCount; node++)
        {
            if (partOf[node] >= 0) continue;
            partOf[node] = count;
            for (open.Push(node); open.TryPop(out var at);)
                foreach (ref readonly var arc in graph.ArcsOf(at))
                    if (partOf[arc.Head] < 0) { partOf[arc.Head] = count; open.Push(arc.Head); }
            count++;
        }
        return new Islands(partOf, count);
    }

    /// <summary>Parts within which one can go from anywhere to anywhere and back: what is outside the largest is a one-way trap.</summary>
    public static Islands OneWayTraps(RoadGraph graph)
    {
        var components = new StrongComponents(graph);
        return new Islands(components.PartOf, components.Count);
    }
}
