using HazardMap.Network;
using HazardMap.OData;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Service.Network;

/// <summary>Reads the road network out of the register: one binary stream, one pass.</summary>
internal sealed class RoadStore(NpgsqlDataSource database)
{
    /// <summary>The graph alone, for searching between junctions.</summary>
    public async Task<RoadGraph> ReadGraphAsync(RoadProfile profile, CancellationToken stop)
    {
        var builder = new RoadGraphBuilder();
        await using var connection = await database.OpenPatientlyAsync(stop);
        await CopyAsync(connection,
            $"copy (select id, source, target, cost, reverse_cost from {View(profile)} order by id) to stdout (format binary)",
            async rows => builder.Add(await ReadEdgeAsync(rows, stop)), stop);
        return builder.Build();
    }

    /// <summary>The graph and where its edges run, for doors and banks.</summary>
    public async Task<RoadNetwork> ReadAsync(RoadProfile profile, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        return await ReadAsync(connection, profile, stop);
    }

    /// <summary>The same as one connection sees it, in its transaction.</summary>
    public static async Task<RoadNetwork> ReadAsync(NpgsqlConnection connection, RoadProfile profile, CancellationToken stop)
    {
        var builder = new RoadGraphBuilder();
        var shapes = new RoadShapes();
        await CopyAsync(connection,
            $"copy (select id, source, target, cost, reverse_cost, geom from {View(profile)} order by id) to stdout (format binary)",
            async rows =>
            {
                builder.Add(await ReadEdgeAsync(rows, stop));
                shapes.Add(Vertices(await rows.ReadAsync<LineString>(stop)));
            }, stop);
        return new RoadNetwork(builder.Build(), shapes);
    }

    private static string View(RoadProfile profile) => profile == RoadProfile.Walk ? "register.walk_edges" : "register.drive_edges";

    private static async Task CopyAsync(NpgsqlConnection connection, string copy,
        Func<NpgsqlBinaryExporter, Task> readRow, CancellationToken stop)
    {
        await using var rows = await connection.BeginBinaryExportAsync(copy, stop);
        while (await rows.StartRowAsync(stop) >= 0) await readRow(rows);
    }

    private static async ValueTask<RoadEdge> ReadEdgeAsync(NpgsqlBinaryExporter rows, CancellationToken stop) => new(
        await rows.ReadAsync<long>(NpgsqlDbType.Bigint, stop),
        await rows.ReadAsync<long>(NpgsqlDbType.Bigint, stop),
        await rows.ReadAsync<long>(NpgsqlDbType.Bigint, stop),
        await rows.ReadAsync<double>(NpgsqlDbType.Double, stop),
        await rows.ReadAsync<double>(NpgsqlDbType.Double, stop));

    private static (double Longitude, double Latitude)[] Vertices(LineString line)
    {
        var vertices = new (double, double)[line.NumPoints];
        for (var i = 0; i < vertices.Length; i++)
            vertices[i] = (line.CoordinateSequence.GetX(i), line.CoordinateSequence.GetY(i));
        return vertices;
    }
}
