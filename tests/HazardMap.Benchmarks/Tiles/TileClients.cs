using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace HazardMap.Benchmarks.Tiles;

/// <summary>
/// Clients of one server, each on its own kept-alive connection, one request after the other. Every answer is read to its end.
/// </summary>
internal sealed class TileClients : IDisposable
{
    private readonly HttpClient _http;

    public TileClients(Target target)
    {
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Load.Connections }) { BaseAddress = target.Addresses[0] };
        if (target.Token is { } token) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Tiles a second, asked for in turn for that long, from whatever cache there is.</summary>
    public async Task<double> AgainAsync(string[] paths, TimeSpan length, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var tiles = await AskAsync(paths, _ => watch.Elapsed < length, stop);
        return tiles / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Tiles a second when each is asked for once after every <paramref name="forget"/>, whose own time does not count.</summary>
    public async Task<double> AnewAsync(string[] paths, Func<Task> forget, TimeSpan length, CancellationToken stop)
    {
        var (tiles, watch) = (0, new Stopwatch());
        while (watch.Elapsed < length)
        {
            await forget();
            watch.Start();
            tiles += await AskAsync(paths, i => i < paths.Length, stop);
            watch.Stop();
        }
        return tiles / watch.Elapsed.TotalSeconds;
    }

    /// <summary>A tile; no bytes when there is nothing in it.</summary>
    /// <exception cref="InvalidOperationException">The answer is neither a tile nor "no content".</exception>
    public async Task<byte[]> GetAsync(string path, CancellationToken stop)
    {
        using var response = await _http.GetAsync(path, stop);
        var body = await response.Content.ReadAsByteArrayAsync(stop);
        return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent
            ? body
            : throw new InvalidOperationException($"{(int)response.StatusCode} from {path}: {System.Text.Encoding.UTF8.GetString(body)}");
    }

    public void Dispose() => _http.Dispose();

    // All clients take the next number from one counter, for as long as there are more.
    private async Task<int> AskAsync(string[] paths, Func<int, bool> more, CancellationToken stop)
    {
        var next = -1;
        async Task<int> ClientAsync()
        {
            var answers = 0;
            for (int i; more(i = Interlocked.Increment(ref next)); answers++) await GetAsync(paths[i % paths.Length], stop);
            return answers;
        }
        return (await Task.WhenAll(Enumerable.Range(0, Load.Connections).Select(_ => Task.Run(ClientAsync, stop)))).Sum();
    }
}
