using HazardMap.Service.Changes;

namespace HazardMap.Service.Tiles;

/// <summary>
/// Tiles by address, bounded in bytes, least recently used out first. Requests for the same tile share one drawing; it
/// is cancelled when the last of them has gone.
/// </summary>
/// <remarks>
/// A drawing is in the cache from its start, so a change that drops its address also keeps its result, which may be
/// older than the change, from being given to anyone who asks later.
/// </remarks>
internal sealed class TileCache(long budgetBytes)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TileAddress, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _size;

    /// <summary>Bytes held.</summary>
    public long Size { get { lock (_gate) return _size; } }

    /// <summary>Tiles held or being drawn.</summary>
    public int Count { get { lock (_gate) return _entries.Count; } }

    /// <summary>The tile from the cache, or drawn by <paramref name="draw"/>.</summary>
    public async Task<Tile> GetAsync(TileAddress address, Func<TileAddress, CancellationToken, Task<Tile>> draw, CancellationToken stop)
    {
        var entry = Join(address, draw);
        try
        {
            return await entry.Drawing.WaitAsync(stop);
        }
        finally
        {
            Leave(entry);
        }
    }

    /// <summary>Drops the tiles that these changes may show in.</summary>
    public void Drop(IReadOnlyCollection<MapChange> changes)
    {
        var byLayer = changes.ToLookup(c => c.Layer, StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (var node in _entries.Values.Where(n => byLayer[n.Value.Address.Layer].Any(c => Shows(n.Value.Address, c))).ToList())
                Remove(node);
        }
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            foreach (var node in _entries.Values.ToList())
                Remove(node);
        }
    }

    private static bool Shows(TileAddress tile, MapChange change) =>
        change.Box is not { } b || tile.Shows(b.West, b.South, b.East, b.North);

    private Entry Join(TileAddress address, Func<TileAddress, CancellationToken, Task<Tile>> draw)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(address, out var node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
            }
            else
            {
                var entry = new Entry(address);
                _entries.Add(address, node = _byUse.AddFirst(entry));
                entry.Drawing = Task.Run(() => DrawAsync(node, draw));
            }
            node.Value.Waiting++;
            return node.Value;
        }
    }

    private void Leave(Entry entry)
    {
        lock (_gate)
        {
            if (--entry.Waiting > 0 || entry.Drawing.IsCompleted)
                return;
            if (_entries.TryGetValue(entry.Address, out var node) && node.Value == entry)
                Remove(node);
        }
        entry.Abandoned.Cancel();
    }

    private async Task<Tile> DrawAsync(LinkedListNode<Entry> node, Func<TileAddress, CancellationToken, Task<Tile>> draw)
    {
        try
        {
            var tile = await draw(node.Value.Address, node.Value.Abandoned.Token);
            lock (_gate)
                Keep(node, tile.Size);
            return tile;
        }
        catch
        {
            lock (_gate)
                Remove(node); // the next one tries again
            throw;
        }
    }

    private void Keep(LinkedListNode<Entry> node, long bytes)
    {
        if (node.List is null)
            return; // dropped while it was drawn
        node.Value.Size = bytes;
        _size += bytes;
        for (var last = _byUse.Last; _size > budgetBytes && last is not null;)
        {
            var candidate = last;
            last = last.Previous;
            if (candidate.Value.Size > 0)
                Remove(candidate);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        if (node.List is null)
            return;
        _byUse.Remove(node);
        _entries.Remove(node.Value.Address);
        _size -= node.Value.Size;
    }

    private sealed class Entry(TileAddress address)
    {
        public TileAddress Address { get; } = address;

        public Task<Tile> Drawing { get; set; } = Task.FromCanceled<Tile>(new CancellationToken(canceled: true));

        public CancellationTokenSource Abandoned { get; } = new();

        public int Waiting { get; set; }

        public long Size { get; set; }
    }
}
