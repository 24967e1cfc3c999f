using HazardMap.Benchmarks;
using HazardMap.Benchmarks.Tiles;

// Peers of the benchmarks are this program, as processes of their own.
if (args is [JsonAggEndpoint.Argument, var plan]) return await JsonAggEndpoint.ServeAsync(plan);
if (args is [ReferencePeer.Argument]) return await ReferencePeer.ServeAsync();
if (args is [TileEndpoint.Argument]) return await TileEndpoint.ServeAsync();

// dotnet run -c Release --project tests/HazardMap.Benchmarks -- NAME [--json FILE]
Dictionary<string, Func<BenchmarkServer, CancellationToken, Task<Measurements>>> benchmarks = new(StringComparer.Ordinal)
{
    ["import"] = ImportBenchmark.RunAsync,
    ["nation"] = NationBenchmark.RunAsync,
    ["coverage"] = NetworkBenchmark.RunAsync,
    ["odata"] = ODataBenchmark.RunAsync,
    ["risk"] = RiskBenchmark.RunAsync,
    ["trips"] = TripBenchmark.RunAsync,
    ["tiles"] = TilesBenchmark.RunAsync,
    ["walk"] = WalkBenchmark.RunAsync,
};
if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var run))
{
    await Console.Error.WriteLineAsync($"usage: -- NAME [--json FILE] with NAME one of {string.Join(", ", benchmarks.Keys)}");
    return 2;
}
await using var server = await BenchmarkServer.OpenAsync(CancellationToken.None);
var measured = await run(server, CancellationToken.None);
Console.WriteLine(measured.ToMarkdown());
if (Array.IndexOf(args, "--json") is var at and > 0 && at + 1 < args.Length)
    await File.WriteAllTextAsync(args[at + 1], measured.ToJson());
return 0;
