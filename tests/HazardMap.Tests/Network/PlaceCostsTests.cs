using FsCheck;
using FsCheck.Fluent;
using HazardMap.Network;

namespace HazardMap.Tests.Network;

public class PlaceCostsTests
{
    /// <summary>The same network with every place made a junction and every access an edge: then brute force knows the answer.</summary>
    private static double[,] Cut(List<RoadEdge> edges, RoadPlace[] places)
    {
        var cut = new List<RoadEdge>();
        long PlaceNode(int i) => 1_000_000 + i;
        for (var e = 0; e < edges.Count; e++)
        {
            var edge = edges[e];
            var (from, at) = (edge.Source, 0.0);
            foreach (var i in Enumerable.Range(0, places.Length).Where(i => places[i].Edge == e).OrderBy(i => places[i].Fraction))
            {
                var here = places[i].Fraction switch { 0 => edge.Source, 1 => edge.Target, var share =>
                    2_000_000L + e * 10 + (long)(share * 4) };
                if (here >= 2_000_000L && here != from)
                {
                    cut.Add(Part(edge, from, here, places[i].Fraction - at));
                    (from, at) = (here, places[i].Fraction);
                }
                cut.Add(new RoadEdge(0, PlaceNode(i), here, places[i].AccessMetres, -1));
                cut.Add(new RoadEdge(0, here, PlaceNode(i) + 5000, places[i].AccessMetres, -1));
            }
            cut.Add(Part(edge, from, edge.Target, 1 - at));
        }
        var graph = RoadGraph.Of(cut);
        var all = RandomRoads.AllCosts(graph, cut);
        var costs = new double[places.Length, places.Length];
        for (var i = 0; i < places.Length; i++)
            for (var j = 0; j < places.Length; j++)
                costs[i, j] = all[RandomRoads.Node(graph, PlaceNode(i)), RandomRoads.Node(graph, PlaceNode(j) + 5000)];
        return costs;
    }

    private static RoadEdge Part(RoadEdge edge, long from, long to, double share) =>
        new(edge.Id, from, to, edge.Cost < 0 ? -1 : edge.Cost * share, edge.ReverseCost < 0 ? -1 : edge.ReverseCost * share);

    [Fact]
    public void Ways_between_places_are_what_brute_force_finds_on_the_network_cut_at_them() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var edges = RandomRoads.Edges(seed);
            var random = new Random(seed);
            RoadPlace[] places = [.. Enumerable.Range(0, random.Next(1, 7))
                .Select(_ => new RoadPlace(random.Next(edges.Count), random.Next(5) / 4.0, random.Next(3)))];
            var expected = Cut(edges, places);
            var limit = random.Next(1, 12);
            var found = new PlaceCosts(RoadGraph.Of(edges), places).Within(places, limit, threads: 1 + random.Next(2));
            var wanted = from i in Enumerable.Range(0, places.Length)
                         from j in Enumerable.Range(0, places.Length)
                         where expected[i, j] <= limit
                         select new PlaceCost(i, j, expected[i, j]);
            Assert.Equal(wanted, found);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_way_to_the_road_is_never_counted_as_nothing()
    {
        var graph = RoadGraph.Of([new(1, 1, 2, 100, 100)]);
        var cost = Assert.Single(new PlaceCosts(graph, [new(0, 0.75, 40)], accessCostPerMetre: 2).Within([new(0, 0.25, 10)], limit: 1000));
        Assert.Equal(2 * 10 + 50 + 2 * 40, cost.Cost);
        Assert.Empty(new PlaceCosts(graph, [new(0, 0.75, 40)]).Within([new(0, 0.25, 10)], limit: 99.999));
        Assert.Single(new PlaceCosts(graph, [new(0, 0.75, 40)]).Within([new(0, 0.25, 10)], limit: 100));
    }

    [Fact]
    public void A_one_way_street_is_driven_round_even_for_the_house_next_door()
    {
        RoadEdge[] ring = [new(1, 1, 2, 100, -1), new(2, 2, 3, 100, -1), new(3, 3, 1, 100, -1)];
        RoadPlace[] doors = [new(0, 0.25), new(0, 0.75)];
        Assert.Equal([0, 50, 250, 0], new PlaceCosts(RoadGraph.Of(ring), doors).Within(doors, limit: 1000).Select(c => c.Cost));
    }
}
