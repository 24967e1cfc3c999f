using HazardMap.Geodesy;
using HazardMap.Network;
using HazardMap.Service.Database;
using HazardMap.Service.Network;
using HazardMap.Service.Tests.Worlds;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Tests.Network;

/// <summary>Ways from doors to waters, by us and by pgRouting: nothing is shared but the edges and their costs.</summary>
internal static class PgRoutingWalks
{
    internal sealed record Pair(int Door, int Water, double Ours, double? Theirs)
    {
        // No way: infinity with us, no row with pgRouting.
        public bool Agrees => Theirs is { } theirs ? Math.Abs(Ours - theirs) <= 0.01 : double.IsInfinity(Ours);
    }

    /// <summary>Doors within some hundred metres of a road; waters of the register, and points where there are too few. The waters
    /// where the network is nearest to them.</summary>
    internal static async Task<List<Pair>> CompareAsync(EmptyRegister world)
    {
        await using var connection = await world.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var parts = await PartsAsync("pgrouting_walks");
        await RunAsync(connection, parts[..2]);
        return await CompareAsync(connection, parts[2], (network, search, water) =>
        {
            search.Towards(network.Index.Contact(water)!, 1e9);
            return true;
        });
    }

    /// <summary>The same doors and waters, by any point of the network within 250 m of the water.</summary>
    internal static async Task<List<Pair>> CompareExitsAsync(EmptyRegister world)
    {
        await using var connection = await world.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var (walks, exits) = (await PartsAsync("pgrouting_walks"), await PartsAsync("pgrouting_exits"));
        await RunAsync(connection, [.. walks[..2], exits[0]]);
        return await CompareAsync(connection, exits[1], (network, search, water) =>
        {
            if (network.Exits(water, 250) is not { } found) return false;
            search.Towards(found, 1e9);
            return true;
        });
    }

    private static async Task<string[]> PartsAsync(string name) =>
        (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, $"Network/{name}.sql"))).Split("-- part --");

    private static async Task RunAsync(Npgsql.NpgsqlConnection connection, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
            await using var command = connection.Command(statement);
            command.CommandTimeout = 600;
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<List<Pair>> CompareAsync(Npgsql.NpgsqlConnection connection, string question,
        Func<RoadNetwork, WalkSearch, ShapeIndex, bool> head)
    {
        var network = await RoadStore.ReadAsync(connection, RoadProfile.Walk, CancellationToken.None);
        var theirs = new Dictionary<(int, int), double>();
        await using (var command = connection.Command(question))
        {
            command.CommandTimeout = 600;
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync()) theirs[(rows.GetInt32(0), rows.GetInt32(1))] = rows.GetDouble(2);
        }
        return Ours(network, await ShapesAsync(connection, "doors"), await ShapesAsync(connection, "waters"), theirs, head);
    }

    private static List<Pair> Ours(RoadNetwork network, List<ShapeIndex> doors, List<ShapeIndex> waters,
        Dictionary<(int, int), double> theirs, Func<RoadNetwork, WalkSearch, ShapeIndex, bool> head)
    {
        var contacts = doors.ConvertAll(door => network.Index.Contact(door)!);
        var search = new WalkSearch(network);
        var pairs = new List<Pair>();
        for (var w = 0; w < waters.Count; w++)
        {
            var hasWays = head(network, search, waters[w]);
            for (var d = 0; d < doors.Count; d++)
                pairs.Add(new Pair(d + 1, w + 1, (hasWays ? search.From(contacts[d])?.Metres : null) ?? double.PositiveInfinity,
                    theirs.TryGetValue((d + 1, w + 1), out var metres) ? metres : null));
        }
        return pairs;
    }

    private static async Task<List<ShapeIndex>> ShapesAsync(Npgsql.NpgsqlConnection connection, string table)
    {
        var shapes = new List<ShapeIndex>();
        await using var command = connection.Command($"select shape from {table} order by id");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) shapes.Add(ShapeIndex.Of(rows.GetFieldValue<Geometry>(0)));
        return shapes;
    }
}
