using System.Globalization;

namespace HazardMap.Benchmarks;

/// <summary>Filters and orderings by distance: how long one client waits.</summary>
internal static class Distances
{
    public static async Task MeasureAsync(ODataWorld world, string size, List<Measurement> rows, CancellationToken stop)
    {
        var places = await Boxes.PlacesAsync(world.Register, stop);
        foreach (var (what, options) in new[] { ("", ""), (", counted", "&$count=true"), (", nearest first", "&$orderby=") })
        {
            string[] paths = [.. places.Select((at, i) => Path(at, Metres(i), options))];
            await Load.RoundAsync(world.Ours, paths, 1, ODataBenchmark.Round, stop);
            var result = await Load.RoundAsync(world.Ours, paths, 1, ODataBenchmark.Round * 2, stop);
            rows.Add(new($"{size}: geo.distance le 100 m to 20 km, page of 100{what}: "
                + $"p95{(result.Failures > 0 ? $" ({result.Failures} FAILED)" : "")}", result.P95Ms, "ms"));
        }
    }

    // From 100 m to 20 km, evenly on a logarithmic scale.
    private static double Metres(int i) => Math.Round(100 * Math.Pow(200, i % 20 / 19.0));

    private static string Path((double Longitude, double Latitude) at, double metres, string options)
    {
        var distance = string.Create(CultureInfo.InvariantCulture,
            $"geo.distance(Location,geography'SRID=4326;Point({at.Longitude} {at.Latitude})')");
        return "/odata/Hazards?$filter="
            + Uri.EscapeDataString(string.Create(CultureInfo.InvariantCulture, $"{distance} le {metres}")) + "&$top=100"
            + options + (options.EndsWith('=') ? Uri.EscapeDataString(distance) : "");
    }
}
