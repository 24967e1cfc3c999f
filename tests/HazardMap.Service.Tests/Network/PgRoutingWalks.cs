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

    /// <summary>Doors within some hundred metres of a road; waters of the register, and points where there are too few.</summary>
    internal static async Task<List<Pair>> CompareAsync(EmptyRegister world)
    {
        await using var connection = await world.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var sql = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Network/pgrouting_walks.sql"));
        var parts = sql.Split("-- part --");
        await using (var prepare = connection.Command(parts[0])) { prepare.CommandTimeout = 300; await prepare.ExecuteNonQueryAsync(); }
        await using (var snap = connection.Command(parts[1])) { snap.CommandTimeout = 300; await snap.ExecuteNonQueryAsync(); }
        var network = await RoadStore.ReadAsync(connection, RoadProfile.Walk, CancellationToken.None);
        var theirs = new Dictionary<(int, int), double>();
        await using (var command = connection.Command(parts[2]))
        {
            command.CommandTimeout = 300;
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync()) theirs[(rows.GetInt32(0), rows.GetInt32(1))] = rows.GetDouble(2);
        }
        var (d, w) = (await ShapesAsync(connection, "doors"), await ShapesAsync(connection, "waters"));
        return Ours(network, d, w, theirs);
    }

    private static List<Pair> Ours(RoadNetwork network, List<ShapeIndex> doors, List<ShapeIndex> waters,
        Dictionary<(int, int), double> theirs)
    {
        var contacts = doors.ConvertAll(door => network.Index.Contact(door)!);
        var search = new WalkSearch(network);
        var pairs = new List<Pair>();
        for (var w = 0; w < waters.Count; w++)
        {
            search.Towards(network.Index.Contact(waters[w])!, 1e9);
            for (var d = 0; d < doors.Count; d++)
                pairs.Add(new Pair(d + 1, w + 1, search.From(contacts[d])?.Metres ?? double.PositiveInfinity,
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
