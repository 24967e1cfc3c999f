using FsCheck;
using FsCheck.Fluent;
using HazardMap.Network;

namespace HazardMap.Tests.Network;

public class ReachedStretchesTests
{
    [Fact]
    public void A_point_of_an_edge_is_in_a_stretch_exactly_when_one_can_come_there_within_the_limit() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var edges = RandomRoads.Edges(seed);
            var graph = RoadGraph.Of(edges);
            var random = new Random(seed);
            var start = new RoadPlace(random.Next(edges.Count), random.Next(5) / 4.0);
            // Not a multiple of the costs' parts, so that no probe lies on a border.
            var limit = random.Next(0, 7) + 0.3;
            RoadPlace[] probes = [.. from edge in Enumerable.Range(0, edges.Count) from share in new[] { 0.11, 0.37, 0.61, 0.93 }
                select new RoadPlace(edge, share)];
            var reached = new PlaceCosts(graph, probes).Within([start], limit).Select(c => probes[c.To]).ToHashSet();
            var stretches = ReachedStretches.Of(Searched(graph, start, limit), limit, [(start, 0)]);
            foreach (var probe in probes.Where(p => p != start))
                Assert.Equal(reached.Contains(probe),
                    stretches.Any(s => s.Edge == probe.Edge && s.From <= probe.Fraction && probe.Fraction <= s.To));
        }).QuickCheckThrowOnFailure();

    private static RoadSearch Searched(RoadGraph graph, RoadPlace start, double limit)
    {
        var search = new RoadSearch(graph);
        search.SeedAt(start, 0);
        search.Run(limit);
        return search;
    }

    [Fact]
    public void An_edge_is_cut_where_the_limit_is()
    {
        var graph = RoadGraph.Of([new(1, 1, 2, 100, 100), new(2, 2, 3, 100, -1), new(3, 3, 4, 50, 50)]);
        var search = new RoadSearch(graph);
        search.Seed(RandomRoads.Node(graph, 1));
        search.Run(150);
        Assert.Equal([new(0, 0, 1), new(1, 0, 0.5)], ReachedStretches.Of(search, 150));
    }

    [Fact]
    public void Both_ends_of_an_edge_reach_towards_each_other()
    {
        var graph = RoadGraph.Of([new(1, 1, 2, 100, 100)]);
        var search = new RoadSearch(graph);
        search.Seed(RandomRoads.Node(graph, 1));
        search.Seed(RandomRoads.Node(graph, 2), cost: 20);
        search.Run(60);
        Assert.Equal([new(0, 0, 1)], ReachedStretches.Of(search, 60));
        Assert.Equal([new(0, 0, 0.25), new(0, 0.95, 1)], ReachedStretches.Of(search, 25));
    }
}
