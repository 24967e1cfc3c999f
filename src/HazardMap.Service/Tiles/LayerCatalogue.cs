using System.Collections.Concurrent;
using HazardMap.Service.Database;

namespace HazardMap.Service.Tiles;

/// <summary>Which layers there are, and how each is drawn (<c>tiles/LAYER/style.json</c>).</summary>
internal sealed class LayerCatalogue(TileStore store, TimeProvider clock)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Tile?> styles = new(StringComparer.Ordinal);
    private (HashSet<string> Names, long ReadAt)? known;

    /// <summary>Whether the layer exists. The database is asked again now and then, never for each wrong name.</summary>
    public async ValueTask<bool> HasAsync(string layer, CancellationToken stop)
    {
        if (known is { } last && (last.Names.Contains(layer) || clock.GetElapsedTime(last.ReadAt) < Rest))
            return last.Names.Contains(layer);
        var names = await store.ReadLayersAsync(stop);
        known = (names, clock.GetTimestamp());
        return names.Contains(layer);
    }

    /// <summary>The layer's style; null when it has none. Only for a layer that <see cref="HasAsync"/>: the name becomes a path.</summary>
    public Tile? Style(string layer) => styles.GetOrAdd(layer, static name =>
        ContentPath.Of(Path.Combine("tiles", name, "style.json")) is var file && File.Exists(file) ? new Tile(File.ReadAllBytes(file)) : null);
}
