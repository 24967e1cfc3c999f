using System.Text;

namespace HazardMap.Benchmarks.Tiles;

/// <summary>What is in tiles: bytes, and features by layer (Mapbox vector tile specification 2.1, section 4.1).</summary>
internal sealed class TileFeatures
{
    private const int Layer = 3, LayerName = 1, LayerFeature = 2;

    private readonly SortedDictionary<string, int> _features = new(StringComparer.Ordinal);

    public long Bytes { get; private set; }

    /// <summary>What a server's tiles of a set hold together.</summary>
    public static async Task<TileFeatures> OfAsync(TileClients clients, TileSet set, CancellationToken stop)
    {
        var features = new TileFeatures();
        foreach (var path in set.Paths) features.Add(await clients.GetAsync(path, stop));
        return features;
    }

    public bool SameAs(TileFeatures other) => _features.SequenceEqual(other._features);

    public override string ToString() => string.Join(" + ", _features.Select(x => FormattableString.Invariant($"{x.Value:#,0} {x.Key}")));

    private void Add(byte[] tile)
    {
        Bytes += tile.Length;
        foreach (var (_, layer) in Fields(tile).Where(x => x.Number == Layer))
        {
            var fields = Fields(layer).ToList();
            var name = Encoding.UTF8.GetString(fields.Single(x => x.Number == LayerName).Body.Span);
            var count = fields.Count(x => x.Number == LayerFeature);
            if (count > 0) _features[name] = _features.GetValueOrDefault(name) + count;
        }
    }

    // A message's fields; of numbers only that they are there.
    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Body)> Fields(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message.Span, ref at);
            var value = Varint(message.Span, ref at);
            var length = (key & 7) switch { 0 => 0, 2 => (int)value, var type => throw new InvalidDataException($"wire type {type}") };
            yield return ((int)(key >> 3), message.Slice(at, length));
            at += length;
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }
}
