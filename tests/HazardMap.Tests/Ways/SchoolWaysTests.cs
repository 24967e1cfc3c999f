using System.Globalization;
using HazardMap.Geodesy;
using HazardMap.Network;
using HazardMap.Ways;
using NetTopologySuite.Geometries;

namespace HazardMap.Tests.Ways;

public class SchoolWaysTests
{
    // Metres east and north of 104E 0N, where a degree is 111,320 m east and 110,574 m north.
    private static (double Longitude, double Latitude) At(double east, double north) => (104 + east / 111_319.49, north / 110_574.28);

    private static RoadNetwork Roads(params ((double, double) From, (double, double) To)[] edges) => Roads(null, edges);

    private static RoadNetwork Roads(Func<double>? statedMetres, params ((double, double) From, (double, double) To)[] edges)
    {
        var (shapes, builder, numbers) = (new RoadShapes(), new RoadGraphBuilder(), new Dictionary<(double, double), long>());
        foreach (var (from, to) in edges)
        {
            var (a, b) = (At(from.Item1, from.Item2), At(to.Item1, to.Item2));
            foreach (var end in new[] { from, to }) numbers.TryAdd(end, numbers.Count + 1);
            var metres = statedMetres?.Invoke() ?? Geodesic.Distance(a.Longitude, a.Latitude, b.Longitude, b.Latitude);
            builder.Add(new RoadEdge(shapes.Count, numbers[from], numbers[to], metres, metres));
            shapes.Add([a, b]);
        }
        return new RoadNetwork(builder.Build(), shapes);
    }

    private static WaySchool School(double east, double north, double children) =>
        At(east, north) is var (x, y) ? new(x, y, children) : default;

    private static WayOrigin Village(double east, double north, double weight) =>
        At(east, north) is var (x, y) ? new(x, y, weight) : default;

    [Fact]
    public void A_village_walks_to_its_nearest_school_round_the_corner()
    {
        var roads = Roads(((0, 0), (1000, 0)), ((1000, 0), (1000, 500)));
        var way = Assert.Single(SchoolWays.Find(roads, [School(1010, 400, 90)], [Village(100, 20, 7)], 5000));
        Assert.Equal(20, way.DoorMetres, 0.1);
        Assert.Equal(900 + 400, way.PathMetres, 0.5);
        Assert.Equal(10, way.GateMetres, 0.1);
        Assert.Equal(90, way.Children);
        Assert.Equal(3, way.Path.Count);
        Assert.Equal(way.PathMetres, Length(way.Path), 0.01);
    }

    [Fact]
    public void Children_are_shared_out_by_the_weight_of_villages_and_no_school_stays_without_a_way()
    {
        var roads = Roads(((0, 0), (4000, 0)));
        // The second school is nearest to nobody; a village 6 km off walks to none.
        var ways = SchoolWays.Find(roads, [School(1000, 0, 100), School(3900, 0, 40)],
            [Village(900, 0, 30), Village(1200, 0, 10), Village(0, 6000, 9)], 5000);
        Assert.Equal([(0, 0, 75.0), (0, 1, 25.0), (1, 1, 40.0)], ways.Select(w => (w.School, w.Origin, Math.Round(w.Children, 9))));
        Assert.Equal(2700, ways[2].Metres, 1.0);
        Assert.Empty(SchoolWays.Find(roads, [School(1000, 0, 100)], [Village(900, 5100, 30)], 5000));
        Assert.Empty(SchoolWays.Find(new RoadNetwork(RoadGraph.Of([]), new RoadShapes()), [School(0, 0, 1)], [Village(0, 0, 1)], 5000));
    }

    [Fact]
    public void In_any_network_ways_are_as_long_as_their_paths_and_lead_to_the_nearest_school()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            (double, double) Corner() => (random.Next(5) * 300, random.Next(5) * 300);
            var roads = Roads([.. Enumerable.Range(0, 25).Select(_ => (From: Corner(), To: Corner())).Where(e => e.From != e.To)]);
            var schools = Enumerable.Range(0, 4).Select(_ => School(random.Next(1300), random.Next(1300), 50)).ToList();
            var villages = Enumerable.Range(0, 12).Select(_ => Village(random.Next(1300), random.Next(1300), random.Next(3))).ToList();
            RoadPlace Place(double x, double y) => roads.Index.Nearest(x, y)!.Value;
            var costs = new PlaceCosts(roads.Graph, [.. schools.Select(s => Place(s.Longitude, s.Latitude))])
                .Within([.. villages.Select(v => Place(v.Longitude, v.Latitude))], 5000).ToLookup(c => c.From);
            var ways = SchoolWays.Find(roads, schools, villages, 5000);
            foreach (var way in ways)
            {
                Assert.Equal(way.PathMetres, Length(way.Path), 0.01);
                Assert.Equal(costs[way.Origin].Single(c => c.To == way.School).Cost, way.Metres, 1e-6);
            }
            foreach (var village in Enumerable.Range(0, villages.Count).Where(v => costs[v].Any()))
                Assert.Contains(ways, w => w.Origin == village && Math.Abs(w.Metres - costs[village].Min(c => c.Cost)) < 1e-6);
            Assert.All(ways.GroupBy(w => w.School), g => Assert.Equal(50, g.Sum(w => w.Children), 1e-9));
        }
    }

    [Fact]
    public void Asked_about_one_school_among_its_neighbours_its_ways_are_to_the_last_digit_those_among_all()
    {
        // A grid whose edges are as long as straight or some tens of metres longer: many ways have others just as long beside them.
        var corners = Enumerable.Range(0, 144).Select(i => (East: i % 12 * 100.0, North: i / 12 * 100.0)).ToList();
        var turns = new Random(7);
        var roads = Roads(() => 100 + 10 * turns.Next(9),
            [.. from a in corners from b in corners where Apart(a, b) == 100 && (a.East < b.East || a.North < b.North) select (a, b)]);
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            (double East, double North) Anywhere() =>
                random.Next(2) == 0 ? corners[random.Next(144)] : (random.Next(1100), random.Next(1100));
            var (schools, villages) = (Enumerable.Range(0, 25).Select(_ => Anywhere()).ToList(),
                Enumerable.Range(0, 60).Select(_ => Anywhere()).ToList());
            var all = Find(roads, schools, villages, _ => true);
            foreach (var asked in schools.Distinct())
            {
                var near = villages.Where(v => Apart(v, asked) < 620).ToList();
                var rivals = schools.Where(s => near.Exists(v => Apart(v, s) < 620)).ToList();
                Assert.Equal(string.Join('\n', all.Where(w => schools[w.School] == asked).Select(w => Text(w, schools, villages))),
                    string.Join('\n', Find(roads, rivals, near, s => rivals[s] == asked).Select(w => Text(w, rivals, near))));
            }
        }
        Assert.Equal(1, roads.LeastCostPerMetre, 1e-4);
    }

    private static IReadOnlyList<SchoolWay> Find(RoadNetwork roads, List<(double East, double North)> schools,
        List<(double East, double North)> villages, Predicate<int> isAsked) =>
            SchoolWays.Find(roads, schools.ConvertAll(s => School(s.East, s.North, 70)),
                villages.ConvertAll(v => Village(v.East, v.North, 1 + v.East % 3)), 600, isAsked);

    private static double Apart((double East, double North) a, (double East, double North) b) =>
        double.Hypot(a.East - b.East, a.North - b.North);

    private static string Text(SchoolWay way, List<(double East, double North)> schools, List<(double East, double North)> villages) =>
        string.Create(CultureInfo.InvariantCulture, $"{schools[way.School]} {villages[way.Origin]} {way.Children:r} "
            + $"{way.DoorMetres:r} {way.PathMetres:r} {way.GateMetres:r} {string.Join(' ', way.Path)}");

    [Fact]
    public void A_way_that_passes_a_pond_is_near_it_for_as_long_as_geometry_says()
    {
        var pond = ShapeIndex.Of(At(500, 30).Longitude, At(500, 30).Latitude);
        var beside = WaterBesideWay.Measure([At(0, 0), At(1000, 0)], pond, 50);
        Assert.Equal(2 * 40, beside.Metres, 10.0);
        Assert.Equal(30, beside.NearestMetres, 0.5);
        Assert.Equal(0, WaterBesideWay.Measure([At(0, 0), At(1000, 0)], pond, 29).Metres);
        var stream = ShapeIndex.Of(GeoJson.Factory.CreateLineString(
            [.. new[] { At(-100, 20), At(300, 20), At(300, 400) }.Select(p => new Coordinate(p.Longitude, p.Latitude))]));
        Assert.Equal(300 + 45.8, WaterBesideWay.Measure([At(0, 0), At(1000, 0)], stream, 50).Metres, 10.0);
    }

    private static double Length(IReadOnlyList<(double Longitude, double Latitude)> path) =>
        path.Zip(path.Skip(1)).Sum(p => Geodesic.Distance(p.First.Longitude, p.First.Latitude, p.Second.Longitude, p.Second.Latitude));
}
