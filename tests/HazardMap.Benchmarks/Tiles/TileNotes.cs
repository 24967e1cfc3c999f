using System.Globalization;

namespace HazardMap.Benchmarks.Tiles;

/// <summary>What is to be known about the figures.</summary>
internal static class TileNotes
{
    /// <summary>What the tiles of a set hold at each: bytes, and whether it is the same features.</summary>
    public static async Task<string> ContentAsync(TileSet set, TileClients ours, IReadOnlyList<Peer> peers, CancellationToken stop)
    {
        var mine = await TileFeatures.OfAsync(ours, set, stop);
        var count = set.Paths.Length;
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{set.Name}: {count} tiles, {set.Holding} with places in them; ours {mine.Bytes / count:#,0} bytes a tile, {mine}");
        foreach (var peer in peers)
        {
            var other = await TileFeatures.OfAsync(peer.Clients, set, stop);
            text += string.Create(CultureInfo.InvariantCulture,
                $"; {peer.Name} {other.Bytes / count:#,0} bytes, {(mine.SameAs(other) ? "the same features" : other)}");
        }
        return text;
    }

    /// <summary>How it was measured.</summary>
    public static IEnumerable<string> Conditions(int rounds) =>
    [
        $"{Load.Connections} kept-alive connections; the load comes from a process of its own, on the same machine; each figure is the "
        + $"best of {rounds} rounds of {ODataBenchmark.Round.TotalSeconds} s, taken in turn; no compression is asked for",
        "drawn anew: before each pass over the tiles a change of the whole layer is announced, so that the service has none of them; "
        + "cached: the same tiles again and again; the peers have no cache and draw every time",
        "below z9 our waters and facilities are counts by cell, the peers' every point; MapServer draws no lines and areas; ours has its "
        + "log-in (a bearer token on every request), its look for changes, ETags, feature ids and the worst on top; the peers have none "
        + "of that",
        $"load average of the machine at the end of the run: {File.ReadAllText("/proc/loadavg").Split(' ')[0]}",
    ];
}
