using System.Collections.Concurrent;

namespace HazardMap.Service.Tiles;

/// <summary>
/// Which layers there are, and how each is drawn. A layer is a function of schema <c>tiles</c> and a folder of <c>tiles/</c>.
/// </summary>
internal sealed class LayerCatalogue(TileStore store, TimeProvider clock, ILogger<LayerCatalogue> log)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, LayerStyle> _styles = new(StringComparer.Ordinal);
    private (HashSet<string> Names, long ReadAt)? _known;

    /// <summary>Whether the layer exists. The database is asked again now and then, never for each wrong name.</summary>
    public async ValueTask<bool> HasAsync(string layer, CancellationToken stop) =>
        _known?.Names.Contains(layer) == true || (await NamesAsync(stop)).Contains(layer);

    /// <summary>The layer's style; null when it has none that can be used. Only for a layer that <see cref="HasAsync"/>: the name becomes
    /// a path.</summary>
    public Tile? Style(string layer) => Usable(layer)?.Sent;

    /// <summary>The entity set whose entities the layer shows; null: none.</summary>
    public string? Set(string layer) => Usable(layer)?.Set;

    /// <summary>
    /// Every layer that has a style, in drawing order, as JSON. One that can't be used is left out: the others are still a map.
    /// </summary>
    public async ValueTask<Tile> AllAsync(CancellationToken stop) =>
        new(LayerStyle.Document((await NamesAsync(stop)).Select(Usable).OfType<LayerStyle>()));

    private LayerStyle? Usable(string layer)
    {
        try
        {
            return StyleOf(layer);
        }
        catch (InvalidDataException wrong)
        {
            log.LogError(wrong, "The layer {Layer} is left out", layer);
            return null;
        }
    }

    private LayerStyle? StyleOf(string layer) =>
        _styles.TryGetValue(layer, out var known) ? known : LayerStyle.Read(layer) is { } read ? _styles.GetOrAdd(layer, read) : null;

    private async ValueTask<HashSet<string>> NamesAsync(CancellationToken stop)
    {
        if (_known is { } last && clock.GetElapsedTime(last.ReadAt) < Rest)
            return last.Names;
        var names = await store.ReadLayersAsync(stop);
        _known = (names, clock.GetTimestamp());
        return names;
    }
}
