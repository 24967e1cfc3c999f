using FsCheck;
using FsCheck.Fluent;
using HazardMap.Network;

namespace HazardMap.Tests.Network;

public class WalkSearchTests
{
    [Fact]
    public void Ways_are_the_cheapest_between_any_two_touching_places() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var edges = RandomRoads.Edges(seed);
            var graph = RoadGraph.Of(edges);
            var random = new Random(seed);
            var network = new RoadNetwork(graph, ShapesFor(graph));
            var search = new WalkSearch(network);
            for (var round = 0; round < 3; round++)
            {
                var (water, door, limit) = (Contact(random, edges.Count), Contact(random, edges.Count), random.Next(1, 14));
                var path = Cheapest(graph, door, water);
                search.Towards(water, limit);
                var total = door.AccessMetres + path + water.AccessMetres;
                Assert.Equal(total <= limit ? total : null, search.From(door)?.Metres);
                Assert.Equal(double.IsFinite(path), search.IsJoined(door));
            }
        }).QuickCheckThrowOnFailure();

    // Every end of a stretch tried with every other; where two stretches of an edge overlap there is nothing to walk.
    private static double Cheapest(RoadGraph graph, RoadContact door, RoadContact water)
    {
        RoadPlace[] Ends(RoadContact contact) =>
            [.. contact.Stretches.SelectMany(s => new RoadPlace[] { new(s.Edge, s.From), new(s.Edge, s.To) })];
        if (door.Stretches.Any(d => water.Stretches.Any(w => w.Edge == d.Edge && d.From <= w.To && w.From <= d.To))) return 0;
        return new PlaceCosts(graph, Ends(water)).Within(Ends(door), double.MaxValue).Select(c => c.Cost)
            .DefaultIfEmpty(double.PositiveInfinity).Min();
    }

    private static RoadContact Contact(Random random, int edges) =>
        new(random.Next(3), [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
        {
            int from = random.Next(5), to = random.Next(3) == 0 ? random.Next(from, 5) : from;
            return new RoadStretch(random.Next(edges), from / 4.0, to / 4.0);
        })]);

    private static RoadShapes ShapesFor(RoadGraph graph)
    {
        var shapes = new RoadShapes();
        for (var i = 0; i < graph.EdgeCount; i++) shapes.Add([(0, 0), (0.001, 0)]);
        return shapes;
    }
}
