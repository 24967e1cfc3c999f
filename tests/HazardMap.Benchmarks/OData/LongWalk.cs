using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace HazardMap.Benchmarks;

/// <summary>Every row through nextLinks: does memory stay, is the last page as fast as the first?</summary>
internal static class LongWalk
{
    public static async Task MeasureAsync(ODataWorld world, string size, List<Measurement> rows, CancellationToken stop)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", world.Ours.Token);
        // The first hundred pages are the warm-up: what the service grows to anyway it has grown to.
        await WalkAsync(http, world, 100, stop);
        var before = world.ResidentBytes;
        var walk = await WalkAsync(http, world, int.MaxValue, stop);
        rows.Add(new($"{size} rows through nextLinks, pages of 1,000: rows read", walk.Rows, "rows"));
        rows.Add(new($"{size} rows through nextLinks: the service's memory grows by at most", (walk.Peak - before) / 1e6, "MB"));
        rows.Add(new($"{size} rows through nextLinks: median of the first 20 pages",
            Median(walk.Milliseconds[..Math.Min(20, walk.Milliseconds.Count)]), "ms"));
        rows.Add(new($"{size} rows through nextLinks: median of all pages", Median(walk.Milliseconds), "ms"));
        rows.Add(new($"{size} rows through nextLinks: median of the last 20 full pages",
            Median(walk.Milliseconds[Math.Max(0, walk.Milliseconds.Count - 21)..^1]), "ms"));
        rows.Add(new($"{size} rows through nextLinks: bytes", walk.Bytes / 1e6, "MB"));
    }

    private static async Task<(int Rows, long Bytes, long Peak, List<double> Milliseconds)> WalkAsync(HttpClient http, ODataWorld world,
        int pages, CancellationToken stop)
    {
        var (rows, bytes, peak) = (0, 0L, 0L);
        var times = new List<double>();
        for (var next = new Uri(world.Ours.Addresses[0], "/odata/Hazards"); next is not null && times.Count < pages;)
        {
            var watch = Stopwatch.StartNew();
            var body = await http.GetByteArrayAsync(next, stop);
            times.Add(watch.Elapsed.TotalMilliseconds);
            peak = Math.Max(peak, world.ResidentBytes);
            using var page = JsonDocument.Parse(body);
            rows += page.RootElement.GetProperty("value").GetArrayLength();
            bytes += body.Length;
            next = page.RootElement.TryGetProperty("@odata.nextLink", out var link) ? new Uri(link.GetString()!) : null;
        }
        return (rows, bytes, peak, times);
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
