using System.Globalization;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Benchmarks.Tiles;

/// <summary>
/// <c>tiles</c>: tiles from the service over HTTP, drawn anew and from its cache, beside a server that draws every tile with a plain
/// ST_AsMVT and beside MapServer; of the Wenshan sample, and of as many waters as forty such prefectures have.
/// </summary>
/// <remarks>HAZARDMAP_BENCHMARK_WATERS=24900 measures that size alone.</remarks>
internal static class TilesBenchmark
{
    private const int Rounds = 3, SampleWaters = 24_900;

    private static readonly int[] Sizes = [.. (Environment.GetEnvironmentVariable("HAZARDMAP_BENCHMARK_WATERS") ?? "24900,1000000")
        .Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture))];

    private static readonly int[] WaterZooms = [14, 12, 10, 9, 8];
    private static readonly (string Layer, int Zoom)[] OtherViews = [("facilities", 8), ("facilities", 12), ("divisions", 8)];

    public static async Task<Measurements> RunAsync(BenchmarkServer server, CancellationToken stop)
    {
        List<Measurement> rows = [];
        List<string> notes = [];
        foreach (var waters in Sizes) await MeasureAsync(server, waters, rows, notes, stop);
        notes.AddRange(TileNotes.Conditions(Rounds));
        return new Measurements("tiles: drawn anew and cached", rows, notes);
    }

    private static async Task MeasureAsync(BenchmarkServer server, int waters, List<Measurement> rows, List<string> notes,
        CancellationToken stop)
    {
        await using var world = await ODataWorld.BuildAsync(server, waters, stop);
        await SumUpCountsAsync(world.Register, stop);
        var (bareProcess, bareTarget) = await TileEndpoint.StartAsync(world.Address.ConnectionString, stop);
        await using var bare = bareProcess;
        var (mapServerProcesses, mapServerTarget) = await MapServerTiles.StartAsync(world.Address, stop);
        await using var mapServer = mapServerProcesses;
        using var ours = new TileClients(world.Ours);
        using var bareClients = new TileClients(bareTarget);
        using var mapServerClients = new TileClients(mapServerTarget);
        var size = waters.ToString("#,0", CultureInfo.InvariantCulture);
        var views = WaterZooms.Select(zoom => ("hazards", zoom)).Concat(waters == SampleWaters ? OtherViews : []);
        foreach (var (layer, zoom) in views)
        {
            var set = await TileSet.ReadAsync(world.Register, layer, zoom, stop);
            List<Peer> peers = [new(TileEndpoint.Name, bareClients)];
            if (layer == "hazards") peers.Add(new(MapServerTiles.Name, mapServerClients));
            notes.Add($"{size} waters, {await TileNotes.ContentAsync(set, ours, peers, stop)}");
            rows.AddRange(await MeasureAsync(size, set, world.Register, ours, peers, stop));
        }
    }

    // The service does it from time to time; here it is done before, so that no round falls on it.
    private static async Task SumUpCountsAsync(NpgsqlDataSource register, CancellationToken stop)
    {
        await register.ExecuteAsync("select register.fold_map_cells()", stop);
        await register.ExecuteAsync("vacuum analyze register.map_cells", stop);
    }

    private static async Task<IEnumerable<Measurement>> MeasureAsync(
        string size, TileSet set, NpgsqlDataSource register, TileClients ours, IReadOnlyList<Peer> peers, CancellationToken stop)
    {
        // What a change of the layer as a whole leaves behind: the service drops the layer's tiles before it answers again.
        Task ForgetAsync() => register.ExecuteAsync($"insert into register.map_changes (layer) values ('{set.Layer}')", stop);
        TileClients[] all = [ours, .. peers.Select(p => p.Clients)];
        var anew = await BestAsync(all, x => x.AnewAsync(set.Paths, ForgetAsync, ODataBenchmark.Round, stop));
        var again = await BestAsync(all, x => x.AgainAsync(set.Paths, ODataBenchmark.Round, stop));
        return peers.SelectMany((peer, i) => new Measurement[]
        {
            new($"{size} waters, {set.Name}, drawn anew", anew[0], "1/s", peer.Name, anew[i + 1], MoreIsBetter: true),
            new($"{size} waters, {set.Name}, cached", again[0], "1/s", peer.Name, again[i + 1], MoreIsBetter: true),
        });
    }

    // The best of several rounds of each, taken in turn: what else the machine does only ever takes away. The first warms up.
    private static async Task<double[]> BestAsync(TileClients[] all, Func<TileClients, Task<double>> round)
    {
        var best = new double[all.Length];
        for (var i = 0; i <= Rounds; i++)
            for (var which = 0; which < all.Length; which++)
                if (await round(all[which]) is var rate && i > 0) best[which] = Math.Max(best[which], rate);
        return best;
    }
}

/// <summary>A server that the service stands beside.</summary>
internal sealed record Peer(string Name, TileClients Clients);
