using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace HazardMap.Benchmarks;

/// <summary>What the reference stack can be asked: no shapes, the same URLs to both.</summary>
internal static class StackPages
{
    private const string Select =
        "$select=Id,Code,Name,Kind,DivisionCode,DepthMetres,HasSign,OwnerUnit,Status,RiskScore,RiskLevel,LastInspectedAt,Version";
    private static readonly string[] Counties = ["532601", "532622", "532623", "532624", "532625", "532626", "532627", "532628"];
    private static readonly string[] WaterKinds = ["River", "Stream", "Reservoir", "Pond", "Canal"];

    private static readonly (string What, string[] Paths)[] Questions =
    [
        ("page of 100 of a kind in a county", [.. Counties.SelectMany(
            c => WaterKinds.Select(k => $"/odata/Hazards?$filter=Kind eq '{k}' and startswith(DivisionCode,'{c}')&$top=100&{Select}"))]),
        ("page of 100 in the order of the key", [$"/odata/Hazards?$orderby=Id&$top=100&{Select}"]),
        ("count of a kind", [.. WaterKinds.Select(k => $"/odata/Hazards?$filter=Kind eq '{k}'&$count=true&$top=0")]),
        ("groupby kind and level, counted", ["/odata/Hazards?$apply=groupby((Kind,RiskLevel),aggregate($count as N))"]),
        ("page of 100 with the division of each", [$"/odata/Hazards?$top=100&{Select}&$expand=Division($select=Code,Name,Level)"]),
    ];

    public static async Task MeasureAsync(ODataWorld world, string size, List<Measurement> rows, List<string> notes, CancellationToken stop)
    {
        var (process, theirs) = await ReferencePeer.StartAsync(world.Address, stop);
        await using var _ = process;
        foreach (var (what, paths) in Questions)
        {
            string[] urls = [.. paths.Select(x => x.Replace(" ", "%20", StringComparison.Ordinal))];
            var results = await Load.CompareAsync([(world.Ours, urls), (theirs, urls)], ODataBenchmark.Round, stop);
            rows.Add(new($"{size}: {what}", results[0].PerSecond, "1/s", theirs.Name, results[1].PerSecond, MoreIsBetter: true));
            if (results.Any(x => x.Failures > 0))
                notes.Add($"{size}: {what}: {results[0].Failures} of ours and {results[1].Failures} of theirs FAILED");
        }
        foreach (var (by, key) in new[] { ("the key", "Id"), ("depth, which no index serves", "DepthMetres desc") })
        {
            var path = $"/odata/Hazards?{Select}&$orderby={Uri.EscapeDataString(key)}";
            var (mine, other) = (await WalkAsync(world.Ours, path, stop), await WalkAsync(theirs, path, stop));
            rows.Add(new($"{size}: all rows through nextLinks, ordered by {by}", mine.PerSecond, "rows/s", theirs.Name,
                other.PerSecond, MoreIsBetter: true));
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"{size}: through nextLinks ordered by {by}: {world.Ours.Name} gives {mine.Distinct:#,0} of the rows "
                    + $"and repeats {mine.Repeated:#,0}; {theirs.Name} gives {other.Distinct:#,0} and repeats {other.Repeated:#,0}"));
        }
    }

    // The second walk counts; a walk that comes back to where it was is ended.
    private static async Task<(double PerSecond, int Distinct, int Repeated)> WalkAsync(Target target, string path, CancellationToken stop)
    {
        using var http = new HttpClient();
        if (target.Token is { } token) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await OnceAsync(http, new Uri(target.Addresses[0], path), [], stop);
        var watch = Stopwatch.StartNew();
        var met = new HashSet<string>(StringComparer.Ordinal);
        var rows = await OnceAsync(http, new Uri(target.Addresses[0], path), met, stop);
        return (met.Count / watch.Elapsed.TotalSeconds, met.Count, rows - met.Count);
    }

    private static async Task<int> OnceAsync(HttpClient http, Uri first, HashSet<string> met, CancellationToken stop)
    {
        var (rows, pages) = (0, 0);
        for (var next = first; next is not null && pages < 200; pages++)
        {
            using var page = JsonDocument.Parse(await http.GetByteArrayAsync(next, stop));
            foreach (var row in page.RootElement.GetProperty("value").EnumerateArray()) met.Add(row.GetProperty("Id").GetString()!);
            rows += page.RootElement.GetProperty("value").GetArrayLength();
            next = page.RootElement.TryGetProperty("@odata.nextLink", out var link) ? new Uri(link.GetString()!) : null;
        }
        return rows;
    }
}
