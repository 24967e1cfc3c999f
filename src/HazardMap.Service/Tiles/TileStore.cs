using System.Data;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Tiles;

/// <summary>The <c>tiles</c> schema: a layer is a function (z, x, y) with a description.</summary>
internal sealed class TileStore(NpgsqlDataSource database)
{
    private const string StatementTimeout = "4s";

    /// <summary>The layers that the database has.</summary>
    public async Task<HashSet<string>> ReadLayersAsync(CancellationToken stop) => (await database.RowsAsync("""
        select f.proname::text
        from pg_proc f join pg_proc about on about.proname = f.proname || '_about' and about.pronamespace = f.pronamespace
        where f.pronamespace = 'tiles'::regnamespace and f.prorettype = 'bytea'::regtype
          and f.proargtypes = '23 23 23'::oidvector
        """, row => row.GetString(0), stop)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Draws a tile, or the layer's description as JSON. The layer must be one of <see cref="ReadLayersAsync"/>.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="territory">What its reader may see.</param>
    /// <param name="asked">Further properties, from <see cref="AskedProperties.Parse"/>.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Tile> DrawAsync(TileAddress tile, Territory territory, string? asked, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        // One round trip: the time limit holds for the batch's implicit transaction.
        await using var batch = new NpgsqlBatch(connection) { Timeout = 5 };
        batch.BatchCommands.Add(new($"select set_config('statement_timeout', '{StatementTimeout}', true)"));
        if (!territory.IsEverywhere) batch.BatchCommands.Add(territory.Confining());
        if (asked is not null)
            batch.BatchCommands.Add(new("select set_config('tiles.properties', $1, true)") { Parameters = { new() { Value = asked } } });
        batch.BatchCommands.Add(Draw(tile));
        await using var rows = await batch.ExecuteReaderAsync(CommandBehavior.Default, stop);
        for (var settings = batch.BatchCommands.Count - 1; settings > 0; settings--) await rows.NextResultAsync(stop);
        await rows.ReadAsync(stop);
        return new Tile(rows.IsDBNull(0) ? [] : rows.GetFieldValue<byte[]>(0));
    }

    private static NpgsqlBatchCommand Draw(TileAddress tile)
    {
        var function = new NpgsqlCommandBuilder().QuoteIdentifier(tile.Z < 0 ? $"{tile.Layer}_about" : tile.Layer);
        if (tile.Z < 0)
            return new($"select convert_to(tiles.{function}()::text, 'UTF8')");
        return new($"select tiles.{function}($1, $2, $3)")
        {
            Parameters = { new() { Value = tile.Z }, new() { Value = tile.X }, new() { Value = tile.Y } },
        };
    }
}
