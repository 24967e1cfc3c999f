using System.Globalization;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Benchmarks.Tiles;

/// <summary>
/// <c>tiles</c>: the Wenshan sample's tiles from the service over HTTP, drawn anew and from its cache, beside a server that draws every
/// tile with a plain ST_AsMVT.
/// </summary>
internal static class TilesBenchmark
{
    private const int Waters = 24_900, Rounds = 3;

    private static readonly (string Layer, int Zoom)[] Views =
        [("hazards", 6), ("hazards", 10), ("hazards", 13), ("facilities", 8), ("facilities", 12), ("divisions", 8)];

    public static async Task<Measurements> RunAsync(BenchmarkServer server, CancellationToken stop)
    {
        await using var world = await ODataWorld.BuildAsync(server, Waters, stop);
        await SumUpCountsAsync(world.Register, stop);
        var (process, target) = await TileEndpoint.StartAsync(world.Address.ConnectionString, stop);
        await using var peer = process;
        using var ours = new TileClients(world.Ours);
        using var theirs = new TileClients(target);
        List<Measurement> rows = [];
        List<string> notes = [];
        foreach (var (layer, zoom) in Views)
        {
            var set = await TileSet.ReadAsync(world.Register, layer, zoom, stop);
            notes.Add(await TileNotes.ContentAsync(set, ours, theirs, stop));
            rows.AddRange(await MeasureAsync(set, world.Register, ours, theirs, stop));
        }
        notes.AddRange(TileNotes.Conditions(Rounds));
        return new Measurements($"tiles: Wenshan sample, {Waters.ToString("#,0", CultureInfo.InvariantCulture)} waters", rows, notes);
    }

    // The service does it from time to time; here it is done before, so that no round falls on it.
    private static async Task SumUpCountsAsync(NpgsqlDataSource register, CancellationToken stop)
    {
        await register.ExecuteAsync("select register.fold_map_cells()", stop);
        await register.ExecuteAsync("vacuum analyze register.map_cells", stop);
    }

    private static async Task<Measurement[]> MeasureAsync(
        TileSet set, NpgsqlDataSource register, TileClients ours, TileClients theirs, CancellationToken stop)
    {
        // What a change of the layer as a whole leaves behind: the service drops the layer's tiles before it answers again.
        Task ForgetAsync() => register.ExecuteAsync($"insert into register.map_changes (layer) values ('{set.Layer}')", stop);
        var anew = await BestAsync(ours, theirs, x => x.AnewAsync(set.Paths, ForgetAsync, ODataBenchmark.Round, stop));
        var again = await BestAsync(ours, theirs, x => x.AgainAsync(set.Paths, ODataBenchmark.Round, stop));
        return
        [
            new($"{set.Name}, drawn anew", anew.Ours, "1/s", TileEndpoint.Name, anew.Theirs, MoreIsBetter: true),
            new($"{set.Name}, cached", again.Ours, "1/s", TileEndpoint.Name, again.Theirs, MoreIsBetter: true),
        ];
    }

    // The best of several rounds of each, taken in turn: what else the machine does only ever takes away. The first warms up.
    private static async Task<(double Ours, double Theirs)> BestAsync(
        TileClients ours, TileClients theirs, Func<TileClients, Task<double>> round)
    {
        var best = (Ours: 0d, Theirs: 0d);
        for (var i = 0; i <= Rounds; i++)
        {
            var (first, second) = (await round(ours), await round(theirs));
            if (i > 0) best = (Math.Max(best.Ours, first), Math.Max(best.Theirs, second));
        }
        return best;
    }
}
