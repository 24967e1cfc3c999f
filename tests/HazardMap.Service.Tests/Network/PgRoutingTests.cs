using System.Globalization;
using HazardMap.Network;
using HazardMap.Service.Exchange;
using HazardMap.Service.Network;
using HazardMap.Service.Tests.Exchange;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Network;

/// <summary>The village of Wechel as it is on the shared shelf.</summary>
public sealed class Wechel : EmptyRegister
{
    protected override async Task FillAsync()
    {
        if (SharedData.Find("geodata/osm/wechel.osm.pbf") is { } path)
            await new FileImport(Database, ConnectionString).RunAsync(new ImportRequest(path), CancellationToken.None);
    }
}

/// <summary>The same edges, searched by us and by pgRouting.</summary>
public sealed class PgRoutingTests(Liechtenstein liechtenstein, Wechel wechel) : IClassFixture<Liechtenstein>, IClassFixture<Wechel>
{
    private const int Pairs = 500; // each way: a thousand pairs

    [Theory]
    [InlineData("liechtenstein", "Walk", 500, 1500, 5000)]
    [InlineData("liechtenstein", "Drive", 60, 300, 900)]
    [InlineData("wechel", "Walk", 500, 1500, 5000)]
    [InlineData("wechel", "Drive", 60, 300, 900)]
    public async Task Driving_distances_from_every_school_are_pgRouting_s_to_the_last_node(string place, string mode, params int[] limits)
    {
        var (world, profile) = (World(place), Enum.Parse<RoadProfile>(mode));
        var network = await new RoadStore(world.Database).ReadAsync(profile, CancellationToken.None);
        if (network.IsEmpty) return;
        var schools = await SchoolNodesAsync(world, network);
        Assert.NotEmpty(schools);
        var search = new RoadSearch(network.Graph);
        foreach (var limit in limits)
            foreach (var school in schools)
                Assert.Equal(await DrivingDistanceAsync(world, profile, network.Graph.NodeId(school), limit),
                    Distances(search, school, limit));
    }

    [Theory]
    [InlineData("liechtenstein", "Walk")]
    [InlineData("liechtenstein", "Drive")]
    [InlineData("wechel", "Walk")]
    public async Task A_thousand_random_pairs_cost_what_pgRouting_says(string place, string mode)
    {
        var (world, profile) = (World(place), Enum.Parse<RoadProfile>(mode));
        var graph = await new RoadStore(world.Database).ReadGraphAsync(profile, CancellationToken.None);
        if (graph.EdgeCount == 0) return;
        var random = new Random(5);
        int[] nodes = [.. Enumerable.Range(0, 32).Select(_ => random.Next(graph.NodeCount)).Distinct()];
        var matrix = CostMatrix.Between(graph, nodes, nodes, threads: 2);
        var expected = await MatrixAsync(world, profile, [.. nodes.Select(graph.NodeId)]);
        Assert.True(nodes.Length * (nodes.Length - 1) > Pairs);
        for (var i = 0; i < nodes.Length; i++)
            for (var j = 0; j < nodes.Length; j++)
                if (i != j)
                    Assert.Equal(expected.GetValueOrDefault((graph.NodeId(nodes[i]), graph.NodeId(nodes[j])), double.PositiveInfinity),
                        matrix[i, j], 1e-6);
    }

    [Theory]
    [InlineData("liechtenstein")]
    [InlineData("wechel")]
    public async Task A_thousand_walks_from_doors_to_waters_are_pgRouting_s_to_the_centimetre(string place)
    {
        var world = World(place);
        if (await world.ScalarAsync<long>("select count(*) from register.walk_edges") == 0) return;
        var pairs = await PgRoutingWalks.CompareAsync(world);
        Assert.Equal(1024, pairs.Count);
        Assert.True(pairs.Count(p => p.Theirs is not null) > 500);
        Assert.True(pairs.All(p => p.Agrees), string.Join('\n', pairs.Where(p => !p.Agrees).Take(40)) + pairs.Count(p => !p.Agrees));
    }

    [Theory]
    [InlineData("liechtenstein")]
    [InlineData("wechel")]
    public async Task A_thousand_walks_by_the_best_of_all_points_near_the_water_are_pgRouting_s_to_the_centimetre(string place)
    {
        var world = World(place);
        if (await world.ScalarAsync<long>("select count(*) from register.walk_edges") == 0) return;
        var pairs = await PgRoutingWalks.CompareExitsAsync(world);
        Assert.Equal(1024, pairs.Count);
        Assert.True(pairs.Count(p => p.Theirs is not null) > 400, $"{pairs.Count(p => p.Theirs is not null)} are walked");
        Assert.True(pairs.All(p => p.Agrees), string.Join('\n', pairs.Where(p => !p.Agrees).Take(40)) + pairs.Count(p => !p.Agrees));
    }

    private EmptyRegister World(string place) => place == "wechel" ? wechel : liechtenstein;

    private static SortedDictionary<long, double> Distances(RoadSearch search, int from, double limit)
    {
        search.Clear();
        search.Seed(from);
        search.Run(limit);
        return new(search.Reached.ToArray().ToDictionary(search.Graph.NodeId, search.CostTo));
    }

    private static async Task<int[]> SchoolNodesAsync(EmptyRegister world, RoadNetwork network)
    {
        await using var connection = await world.Database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select st_x(location::geometry), st_y(location::geometry) from register.facilities "
            + "where register.is_school(kind) order by code";
        await using var rows = await command.ExecuteReaderAsync();
        var nodes = new List<int>();
        while (await rows.ReadAsync())
            if (network.Index.Nearest(rows.GetDouble(0), rows.GetDouble(1)) is { } place)
                nodes.Add(place.Fraction < 0.5 ? network.Graph.SourceOf(place.Edge) : network.Graph.TargetOf(place.Edge));
        return [.. nodes.Distinct()];
    }

    private static async Task<SortedDictionary<long, double>> DrivingDistanceAsync(EmptyRegister world, RoadProfile profile,
        long from, double limit)
    {
        await using var connection = await world.Database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select node, agg_cost from pgr_drivingdistance($1, $2, $3, true)";
        command.Parameters.AddWithValue(Edges(profile));
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(limit);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new SortedDictionary<long, double>();
        while (await rows.ReadAsync()) found.Add(rows.GetInt64(0), rows.GetDouble(1));
        return found;
    }

    private static async Task<Dictionary<(long, long), double>> MatrixAsync(EmptyRegister world, RoadProfile profile, long[] nodes)
    {
        await using var connection = await world.Database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select start_vid, end_vid, agg_cost from pgr_dijkstracost($1, $2, $2, true)";
        command.Parameters.AddWithValue(Edges(profile));
        command.Parameters.AddWithValue(nodes);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new Dictionary<(long, long), double>();
        while (await rows.ReadAsync()) found.Add((rows.GetInt64(0), rows.GetInt64(1)), rows.GetDouble(2));
        return found;
    }

    private static string Edges(RoadProfile profile) => string.Create(CultureInfo.InvariantCulture,
        $"select id, source, target, cost, reverse_cost from register.{profile.ToString().ToLowerInvariant()}_edges");
}
