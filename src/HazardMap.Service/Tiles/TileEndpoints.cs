using System.Text.Json.Nodes;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Hosting;
using Npgsql;

namespace HazardMap.Service.Tiles;

/// <summary>Vector tiles, their TileJSON, their styles, and the list of layers: <c>/tiles/...</c>.</summary>
internal static class TileEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapTiles(IEndpointRouteBuilder routes)
    {
        var tiles = routes.MapGroup("/tiles").OpenTo(Roles.Everybody);
        tiles.MapMethods("/layers.json", Reading, GetLayersAsync); // before the pattern: no layer can be called "layers"
        tiles.MapMethods("/{layer}.json", Reading, GetTileJsonAsync);
        tiles.MapMethods("/{layer}/style.json", Reading, GetStyleAsync);
        tiles.MapMethods("/{layer}/{z}/{x}/{y}.mvt", Reading, GetTileAsync);
    }

    private static async Task GetLayersAsync(HttpContext http, LayerCatalogue layers) =>
        await TileAnswer.WriteAsync(http, await layers.AllAsync(http.RequestAborted), "application/json");

    private static async Task GetTileAsync(
        string layer, string z, string x, string y, string? properties, HttpContext http,
        ODataModel model, LayerCatalogue layers, TileFreshness freshness, TileCache cache, TileStore store)
    {
        TileAddress address;
        string? asked;
        try
        {
            address = TileAddress.Parse(layer, z, x, y);
            asked = string.IsNullOrEmpty(properties) || !await layers.HasAsync(layer, http.RequestAborted)
                ? null : AskedProperties.Parse(properties, model, layers.Set(layer));
        }
        catch (RefusalException wrong)
        {
            await Errors.WriteAsync(http, 400, wrong.Code, wrong.Message, wrong.MessageZh, wrong.Target);
            return;
        }
        if (await KnowsAsync(http, layers, layer) && await DrawAsync(http, address, asked, freshness, cache, store) is { } tile)
            await TileAnswer.WriteAsync(http, tile, TileAnswer.VectorTile);
    }

    private static async Task GetTileJsonAsync(
        string layer, HttpContext http, LayerCatalogue layers, TileFreshness freshness, TileCache cache, TileStore store)
    {
        if (!await KnowsAsync(http, layers, layer))
            return;
        if (await DrawAsync(http, TileAddress.About(layer), null, freshness, cache, store) is not { } about)
            return;
        var json = JsonNode.Parse(about.Bytes)!.AsObject();
        json["tilejson"] = "3.0.0";
        json["scheme"] = "xyz";
        var root = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}";
        json["tiles"] = new JsonArray($"{root}/tiles/{layer}/{{z}}/{{x}}/{{y}}.mvt");
        await TileAnswer.WriteAsync(http, new Tile(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())), "application/json");
    }

    private static async Task GetStyleAsync(string layer, HttpContext http, LayerCatalogue layers)
    {
        if (!await KnowsAsync(http, layers, layer))
            return;
        if (layers.Style(layer) is { } style)
            await TileAnswer.WriteAsync(http, style, "application/json");
        else
            await Errors.WriteAsync(http, 404, "NoStyle", $"The layer {layer} has no style.", "该图层没有样式。", layer);
    }

    private static async Task<bool> KnowsAsync(HttpContext http, LayerCatalogue layers, string layer)
    {
        if (await layers.HasAsync(layer, http.RequestAborted))
            return true;
        await Errors.WriteAsync(http, 404, "NoSuchLayer", "There is no such map layer.", "没有该地图图层。", "layer");
        return false;
    }

    private static async Task<Tile?> DrawAsync(
        HttpContext http, TileAddress address, string? asked, TileFreshness freshness, TileCache cache, TileStore store)
    {
        if (asked is null) await freshness.CatchUpAsync(http.RequestAborted);
        try
        {
            // With properties of the client's choice a tile is drawn for him alone: changes of columns that no layer shows drop no tile.
            var territory = Areas.Of(http).Of(Roles.Everybody);
            return asked is null
                ? await cache.GetAsync(address with { Territory = territory.Key },
                    (_, stop) => store.DrawAsync(address, territory, null, stop), http.RequestAborted)
                : await store.DrawAsync(address, territory, asked, http.RequestAborted);
        }
        catch (PostgresException failed) when (DatabaseFault.Of(failed) is null && !IsFull(failed))
        {
            await RefuseAsync(http, address, failed);
            return null;
        }
    }

    // The server has no room: nothing is wrong with this tile.
    private static bool IsFull(PostgresException failed) => failed.SqlState is ['5', '3', ..];

    private static Task RefuseAsync(HttpContext http, TileAddress address, PostgresException failed)
    {
        if (failed.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            http.Response.Headers.RetryAfter = "2";
            return Errors.WriteAsync(http, 503, "TooSlow",
                $"The tile {address} took longer than allowed.", $"瓦片 {address} 绘制超时。", address.ToString());
        }
        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TileEndpoints))
            .LogError(failed, "The tile {Tile} can't be drawn", address);
        return Errors.WriteAsync(http, 500, "TileFailed",
            $"The tile {address} can't be drawn ({failed.SqlState}); the reason is in the log.",
            $"无法绘制瓦片 {address}（{failed.SqlState}），原因见日志。", address.ToString());
    }
}
