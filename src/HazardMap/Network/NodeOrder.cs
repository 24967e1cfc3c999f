namespace HazardMap.Network;

/// <summary>Numbers junctions so that neighbours on the road are neighbours in memory: a search then stays in the cache.</summary>
/// <remarks>Clusters grown breadth-first, one beside the other: no positions are needed, and it takes one pass.</remarks>
internal static class NodeOrder
{
    private const int ClusterSize = 64;

    /// <summary>The new number of each node.</summary>
    /// <param name="firstArc">Where the arcs of each node begin.</param>
    /// <param name="heads">The other end of each arc.</param>
    public static int[] Of(int[] firstArc, int[] heads)
    {
        var count = firstArc.Length - 1;
        var numbers = new int[count];
        Array.Fill(numbers, -1);
        var (next, begin) = (0, new Stack<int>());
        var cluster = new Queue<int>();
        for (var root = 0; root < count; root++)
        {
            begin.Push(root);
            while (begin.TryPop(out var node))
                if (numbers[node] < 0) next = Grow(node, next, firstArc, heads, numbers, cluster, begin);
        }
        return numbers;
    }

    private static int Grow(int from, int next, int[] firstArc, int[] heads, int[] numbers, Queue<int> cluster, Stack<int> begin)
    {
        var end = next + ClusterSize;
        numbers[from] = next++;
        cluster.Enqueue(from);
        while (cluster.TryDequeue(out var node))
            for (var arc = firstArc[node]; arc < firstArc[node + 1]; arc++)
            {
                var head = heads[arc];
                if (numbers[head] >= 0) continue;
                if (next >= end) begin.Push(head);
                else
                {
                    numbers[head] = next++;
                    cluster.Enqueue(head);
                }
            }
        return next;
    }
}
