using System.Globalization;

namespace HazardMap.Benchmarks.Tiles;

/// <summary>What is to be known about the figures.</summary>
internal static class TileNotes
{
    /// <summary>What the tiles of a set hold at either: bytes, and whether it is the same features.</summary>
    public static async Task<string> ContentAsync(TileSet set, TileClients ours, TileClients theirs, CancellationToken stop)
    {
        var (mine, other) = (await TileFeatures.OfAsync(ours, set, stop), await TileFeatures.OfAsync(theirs, set, stop));
        var count = set.Paths.Length;
        var bytes = string.Create(CultureInfo.InvariantCulture,
            $"{mine.Bytes / count:#,0} bytes a tile ours, {other.Bytes / count:#,0} theirs");
        var features = mine.SameAs(other) ? $"{mine}, the same at both" : $"{mine} ours, {other} theirs";
        return $"{set.Name}: {count} tiles, {set.Holding} with places in them; {bytes}; features: {features}";
    }

    /// <summary>How it was measured.</summary>
    public static IEnumerable<string> Conditions(int rounds) =>
    [
        $"{Load.Connections} kept-alive connections; the load comes from a process of its own, on the same machine; each figure is the "
        + $"best of {rounds} rounds of {ODataBenchmark.Round.TotalSeconds} s, taken in turn; no compression is asked for",
        "drawn anew: before each pass over the tiles a change of the whole layer is announced, so that the service has none of them; "
        + "cached: the same tiles again and again; the peer has no cache and draws every time",
        "below z9 our waters and facilities are counts by cell, the peer's every point; ours has its log-in (a bearer token on every "
        + "request), its look for changes, ETags, feature ids and the worst on top; the peer has none of that",
        $"load average of the machine at the end of the run: {File.ReadAllText("/proc/loadavg").Split(' ')[0]}",
    ];
}
