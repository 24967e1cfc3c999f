using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace HazardMap.Benchmarks;

/// <summary>What a server is asked for, and how it is reached.</summary>
/// <param name="Name">Whom.</param>
/// <param name="Addresses">One address, or one for each process of it; the connections are dealt out among them.</param>
/// <param name="Token">Bearer token; null: none is asked for.</param>
internal sealed record Target(string Name, IReadOnlyList<Uri> Addresses, string? Token = null);

/// <summary>What came of a round.</summary>
internal sealed record LoadResult(double PerSecond, double MedianMs, double P95Ms, double BytesEach, int Failures);

/// <summary>Many clients, each on its own kept-alive connection, one request after the other.
/// Every answer is read to its end; one that is not 200 and JSON is a failure, which is said and not counted as an answer.</summary>
internal static class Load
{
    /// <summary>Connections at a time; enough to keep every server busy.</summary>
    public const int Connections = 8;

    /// <summary>The best of several rounds of each target, taken in turn: what else the machine does only ever takes away.</summary>
    public static async Task<List<LoadResult>> CompareAsync(IReadOnlyList<(Target Target, string[] Paths)> contest,
        TimeSpan round, CancellationToken stop)
    {
        foreach (var (target, paths) in contest) await RoundAsync(target, paths, Connections, round, stop);
        var best = new LoadResult?[contest.Count];
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < contest.Count; j++)
            {
                var result = await RoundAsync(contest[j].Target, contest[j].Paths, Connections, round, stop);
                if (best[j] is null || result.PerSecond > best[j]!.PerSecond) best[j] = result;
            }
        }
        return [.. best.Select(x => x!)];
    }

    /// <summary>One round.</summary>
    public static async Task<LoadResult> RoundAsync(Target target, string[] paths, int connections, TimeSpan length, CancellationToken stop)
    {
        using var handler =
            new SocketsHttpHandler { MaxConnectionsPerServer = connections, AutomaticDecompression = DecompressionMethods.None };
        using var http = new HttpClient(handler);
        if (target.Token is { } token) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var watch = Stopwatch.StartNew();
        var clients = Enumerable.Range(0, connections).Select(i =>
            Task.Run(() => ClientAsync(http, target.Addresses[i % target.Addresses.Count], paths, i * 7919, watch, length, stop), stop));
        var answers = (await Task.WhenAll(clients)).SelectMany(x => x).ToList();
        var seconds = watch.Elapsed.TotalSeconds;
        var failures = answers.RemoveAll(x => x.Bytes < 0);
        double[] times = [.. answers.Select(x => x.Milliseconds).Order()];
        return times.Length == 0
            ? new LoadResult(0, double.NaN, double.NaN, 0, failures)
            : new LoadResult(times.Length / seconds, At(times, 0.5), At(times, 0.95), answers.Average(x => (double)x.Bytes), failures);
    }

    /// <summary>The value below which that share of the sorted values lies.</summary>
    public static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    private static async Task<List<(double Milliseconds, long Bytes)>> ClientAsync(HttpClient http, Uri address, string[] paths, int first,
        Stopwatch watch, TimeSpan length, CancellationToken stop)
    {
        var answers = new List<(double, long)>();
        var buffer = new byte[64 * 1024];
        for (var i = first; watch.Elapsed < length; i++)
        {
            var began = watch.Elapsed;
            var bytes = await ReadAsync(http, new Uri(address, paths[i % paths.Length]), buffer, stop);
            answers.Add(((watch.Elapsed - began).TotalMilliseconds, bytes));
        }
        return answers;
    }

    private static async Task<long> ReadAsync(HttpClient http, Uri url, byte[] buffer, CancellationToken stop)
    {
        using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, stop);
        if (response.StatusCode != HttpStatusCode.OK
            || response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true)
        {
            await Console.Error.WriteLineAsync(
                $"FAILED: {(int)response.StatusCode} from {url}: {await response.Content.ReadAsStringAsync(stop)}");
            return -1;
        }
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        var bytes = 0L;
        while (await body.ReadAsync(buffer, stop) is var read and > 0) bytes += read;
        return bytes;
    }
}
