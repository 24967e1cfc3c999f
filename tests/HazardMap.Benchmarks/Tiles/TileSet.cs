using System.Reflection;
using Npgsql;

namespace HazardMap.Benchmarks.Tiles;

/// <summary>Different tiles of a layer at a zoom, where the sample is.</summary>
/// <param name="Name">Layer and zoom.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Paths">The tiles' paths; the same at the service and at the peer.</param>
/// <param name="Holding">How many of them have a place of the layer in them; the others lie around these.</param>
internal sealed record TileSet(string Name, string Layer, string[] Paths, int Holding)
{
    private const int Tiles = 20;

    public static async Task<TileSet> ReadAsync(NpgsqlDataSource register, string layer, int zoom, CancellationToken stop)
    {
        await using var command = register.CreateCommand(Sql("TileSet"));
        foreach (object value in (object[])[layer, zoom, Tiles]) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(stop);
        var (paths, holding) = (new List<string>(), 0);
        while (await reader.ReadAsync(stop))
        {
            paths.Add($"/tiles/{layer}/{zoom}/{reader.GetInt32(0)}/{reader.GetInt32(1)}.mvt");
            if (reader.GetBoolean(2)) holding++;
        }
        return new TileSet($"{layer} z{zoom}", layer, [.. paths], holding);
    }

    /// <summary>A statement beside this file.</summary>
    public static string Sql(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"HazardMap.Benchmarks.Tiles.{name}.sql")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
