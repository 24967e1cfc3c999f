using HazardMap.Network;

namespace HazardMap.Tests.Network;

/// <summary>Small random networks with everything roads have: one-ways, loops, parallel edges, islands, dead edges, equal costs.</summary>
internal static class RandomRoads
{
    public static List<RoadEdge> Edges(int seed)
    {
        var random = new Random(seed);
        var nodes = random.Next(2, 12);
        long Node() => -5 - random.Next(nodes) * 7_000_000_000L;
        double Cost() => random.Next(5) == 0 ? -1 : random.Next(0, 6);
        return [.. Enumerable.Range(0, random.Next(1, 25)).Select(id => new RoadEdge(id, Node(), Node(), Cost(), Cost()))];
    }

    /// <summary>All cheapest costs, by Floyd and Warshall: nothing in common with the search under test.</summary>
    public static double[,] AllCosts(RoadGraph graph, IEnumerable<RoadEdge> edges, bool directed = true)
    {
        var n = graph.NodeCount;
        var costs = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) costs[i, j] = i == j ? 0 : double.PositiveInfinity;
        void Take(int from, int to, double cost)
        {
            if (cost >= 0) costs[from, to] = Math.Min(costs[from, to], cost);
        }
        foreach (var (_, source, target, cost, reverse) in edges)
        {
            int a = Node(graph, source), b = Node(graph, target);
            Take(a, b, cost);
            Take(b, a, reverse);
            if (!directed) { Take(b, a, cost); Take(a, b, reverse); }
        }
        for (var k = 0; k < n; k++)
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++) costs[i, j] = Math.Min(costs[i, j], costs[i, k] + costs[k, j]);
        return costs;
    }

    public static int Node(RoadGraph graph, long id) =>
        graph.TryFindNode(id, out var node) ? node : throw new KeyNotFoundException($"{id}");
}
