using FsCheck;
using FsCheck.Fluent;
using HazardMap.Network;

namespace HazardMap.Tests.Network;

public class RoadSearchTests
{
    private static void ForAllNetworks(Action<RoadGraph, double[,], Random> holds) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var edges = RandomRoads.Edges(seed);
            foreach (var directed in new[] { true, false })
            {
                var graph = RoadGraph.Of(edges, directed);
                holds(graph, RandomRoads.AllCosts(graph, edges, directed), new Random(seed));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_search_finds_what_brute_force_finds_and_nothing_beyond_the_limit() => ForAllNetworks((graph, costs, random) =>
    {
        var search = new RoadSearch(graph);
        for (var source = 0; source < graph.NodeCount; source++)
        {
            var limit = random.Next(4) == 0 ? double.PositiveInfinity : random.Next(0, 9);
            var backward = random.Next(2) == 0;
            search.Clear();
            search.Seed(source);
            search.Run(limit, backward);
            for (var node = 0; node < graph.NodeCount; node++)
            {
                var cost = backward ? costs[node, source] : costs[source, node];
                Assert.Equal(cost <= limit ? cost : double.PositiveInfinity, search.CostTo(node));
                Assert.Equal(double.IsFinite(search.CostTo(node)), search.Reached.Contains(node));
            }
            Assert.Equal(search.Reached.Length, search.Reached.ToArray().Distinct().Count());
        }
    });

    [Fact]
    public void Each_node_belongs_to_the_nearest_start_and_to_the_earlier_one_when_tied() => ForAllNetworks((graph, costs, random) =>
    {
        var starts = Enumerable.Range(0, random.Next(1, 5))
            .Select(_ => (Node: random.Next(graph.NodeCount), Cost: (double)random.Next(3))).ToArray();
        var search = new RoadSearch(graph);
        for (var i = 0; i < starts.Length; i++) search.Seed(starts[i].Node, starts[i].Cost, i);
        search.Run(limit: 6);
        for (var node = 0; node < graph.NodeCount; node++)
        {
            var (cost, label) = starts.Select((s, i) => (Cost: s.Cost + costs[s.Node, node], Label: i)).Min();
            Assert.Equal(cost <= 6 ? cost : double.PositiveInfinity, search.CostTo(node));
            if (cost <= 6) Assert.Equal(label, search.LabelOf(node));
        }
    });

    [Fact]
    public void A_path_is_made_of_edges_that_join_and_cost_what_it_says() => ForAllNetworks((graph, costs, random) =>
    {
        var search = new RoadSearch(graph, keepPaths: true);
        var source = random.Next(graph.NodeCount);
        search.Seed(source);
        search.Run();
        foreach (var node in search.Reached)
        {
            var path = search.PathTo(node);
            Assert.Equal(source, path.Nodes[0]);
            Assert.Equal(node, path.Nodes[^1]);
            Assert.Equal(costs[source, node],
                path.Edges.Select((edge, i) => StepCost(graph, edge, path.Nodes[i], path.Nodes[i + 1])).Sum());
        }
    });

    private static double StepCost(RoadGraph graph, int edge, int from, int to)
    {
        var (cost, reverse) = graph.CostsOf(edge);
        var ways = new List<double>();
        if (graph.SourceOf(edge) == from && graph.TargetOf(edge) == to && cost >= 0) ways.Add(cost);
        if (graph.TargetOf(edge) == from && graph.SourceOf(edge) == to && reverse >= 0) ways.Add(reverse);
        return ways.Min();
    }

    [Fact]
    public void A_matrix_agrees_with_brute_force_whatever_its_shape_and_threads() => ForAllNetworks((graph, costs, random) =>
    {
        int[] from = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(graph.NodeCount))];
        int[] to = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(graph.NodeCount))];
        var matrix = CostMatrix.Between(graph, from, to, threads: 1 + random.Next(3));
        for (var i = 0; i < from.Length; i++)
            for (var j = 0; j < to.Length; j++) Assert.Equal(costs[from[i], to[j]], matrix[i, j]);
    });

    [Fact]
    public void Islands_are_what_cannot_be_walked_between() => ForAllNetworks((graph, costs, _) =>
    {
        var strong = Islands.OneWayTraps(graph);
        var weak = Islands.Unconnected(graph);
        for (var a = 0; a < graph.NodeCount; a++)
            for (var b = 0; b < graph.NodeCount; b++)
            {
                var bothWays = double.IsFinite(costs[a, b]) && double.IsFinite(costs[b, a]);
                Assert.Equal(bothWays, strong.PartOf(a) == strong.PartOf(b));
                if (double.IsFinite(costs[a, b])) Assert.Equal(weak.PartOf(a), weak.PartOf(b));
            }
        Assert.Equal(graph.NodeCount, strong.Sizes.Sum());
        Assert.Equal(strong.Sizes.OrderDescending(), strong.Sizes);
    });

    [Fact]
    public void A_search_that_is_told_to_stop_stops_and_can_be_used_again()
    {
        var graph = RoadGraph.Of(Enumerable.Range(0, 20_000).Select(i => new RoadEdge(i, i, i + 1, 1, 1)));
        var search = new RoadSearch(graph);
        search.Seed(RandomRoads.Node(graph, 0));
        Assert.Throws<OperationCanceledException>(() => search.Run(stop: new CancellationToken(canceled: true)));
        search.Clear();
        search.Seed(RandomRoads.Node(graph, 20_000));
        search.Run(limit: 3);
        Assert.Equal([19_997, 19_998, 19_999, 20_000], search.Reached.ToArray().Select(graph.NodeId).Order());
    }

    [Fact]
    public void A_seed_that_is_out_of_reach_or_dearer_does_no_harm()
    {
        var graph = RoadGraph.Of([new(1, 1, 2, 5, 5)]);
        var search = new RoadSearch(graph);
        search.Seed(RandomRoads.Node(graph, 1), cost: 7);
        search.Seed(RandomRoads.Node(graph, 2), cost: 1);
        search.Run(limit: 5);
        Assert.Equal([2L], search.Reached.ToArray().Select(graph.NodeId));
        Assert.Equal(double.PositiveInfinity, search.CostTo(RandomRoads.Node(graph, 1)));
    }

    [Fact]
    public void An_edge_takes_at_most_a_hundred_bytes()
    {
        // The worst case: no two edges share a junction.
        var graph = RoadGraph.Of(Enumerable.Range(0, 10_000).Select(i => new RoadEdge(i, 2 * i, 2 * i + 1, 1, 1)));
        Assert.InRange((double)graph.Bytes / graph.EdgeCount, 1, 100);
        var road = RoadGraph.Of(Enumerable.Range(0, 10_000).Select(i => new RoadEdge(i, i, i + 1, 1, 1)));
        Assert.InRange((double)road.Bytes / road.EdgeCount, 1, 100);
    }

    [Theory]
    [InlineData(double.NaN, 1, "edges[1].cost")]
    [InlineData(1, double.PositiveInfinity, "edges[1].reverseCost")]
    [InlineData(double.NegativeInfinity, 1, "edges[1].cost")]
    public void A_cost_that_is_no_number_is_refused_with_its_place(double cost, double reverse, string place)
    {
        RoadEdge[] edges = [new(1, 1, 2, 1, 1), new(2, 2, 3, cost, reverse)];
        Assert.Equal(place, Assert.Throws<RefusalException>(() => RoadGraph.Of(edges)).Target);
    }
}
