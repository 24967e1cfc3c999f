using System.Globalization;

namespace HazardMap.Benchmarks;

/// <summary>The OData service as a process, beside those who do the same on the same tables.</summary>
internal static class ODataBenchmark
{
    /// <summary>Pages in a box, what the reference stack can be asked too, distance filters, writing JSON,
    /// a million rows through nextLinks.</summary>
    public static async Task<Measurements> RunAsync(BenchmarkServer server, CancellationToken stop)
    {
        List<Measurement> rows = [];
        List<string> notes = [];
        foreach (var waters in Sizes())
        {
            await using var world = await ODataWorld.BuildAsync(server, waters, stop);
            if (Wants("boxes")) await BoxPages.MeasureAsync(world, Size(waters), rows, notes, stop);
            if (Wants("stack") && waters == Sizes()[0]) await StackPages.MeasureAsync(world, Size(waters), rows, notes, stop);
            if (!Wants("rest")) continue;
            await Distances.MeasureAsync(world, Size(waters), rows, stop);
            if (waters == Sizes()[0]) await JsonWriting.MeasureAsync(world, rows, notes, stop);
            if (waters == Sizes()[^1]) await LongWalk.MeasureAsync(world, Size(waters), rows, stop);
        }
        notes.Add($"{Load.Connections} kept-alive connections; the load comes from a process of its own, on the same machine; "
            + $"each figure is the best of three rounds of {Round.TotalSeconds} s, taken in turn");
        notes.Add("ours has its log-in (a bearer token on every request), its URL parser, limits, ETags and context; "
            + "the peers have none of that");
        notes.Add($"load average of the machine at the end of the run: {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
        return new Measurements("odata: pages, distances, JSON, paging", rows, notes);
    }

    /// <summary>How long a server is loaded at a time.</summary>
    public static TimeSpan Round { get; } =
        TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("HAZARDMAP_BENCHMARK_SECONDS") ?? "3",
            CultureInfo.InvariantCulture));

    // HAZARDMAP_BENCHMARK_PARTS=stack measures that part alone.
    private static bool Wants(string part) => (Environment.GetEnvironmentVariable("HAZARDMAP_BENCHMARK_PARTS") ?? "boxes,stack,rest")
        .Split(',').Contains(part, StringComparer.Ordinal);

    private static int[] Sizes() => [.. (Environment.GetEnvironmentVariable("HAZARDMAP_BENCHMARK_WATERS") ?? "24900,1000000").Split(',')
        .Select(x => int.Parse(x, CultureInfo.InvariantCulture))];

    private static string Size(int waters) => waters.ToString("#,0", CultureInfo.InvariantCulture);
}
