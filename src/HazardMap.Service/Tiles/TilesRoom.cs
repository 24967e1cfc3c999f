using HazardMap.Service.Hosting;

namespace HazardMap.Service.Tiles;

/// <summary>The map's layers as vector tiles.</summary>
internal static class TilesRoom
{
    private const long CacheBytes = 64L << 20;

    public static void Add(House house)
    {
        house.Services.AddSingleton(TimeProvider.System)
            .AddSingleton<TileStore>()
            .AddSingleton(_ => new TileCache(CacheBytes))
            .AddSingleton<TileFreshness>()
            .AddSingleton<LayerCatalogue>();
        house.Routes(TileEndpoints.MapTiles);
    }
}
