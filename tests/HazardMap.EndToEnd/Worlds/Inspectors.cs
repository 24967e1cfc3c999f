using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Database;

namespace HazardMap.EndToEnd.Worlds;

/// <summary>
/// Inspectors who measure their own pond again and again over the HTTP API and never give up: an edit that failed is read
/// again and repeated, as a careful client does, for under kill -9 a failed write may have been kept.
/// </summary>
internal sealed class Inspectors
{
    private const int Count = 4;
    private readonly Guid[] _ponds;
    private readonly ConcurrentDictionary<Guid, int> _acknowledged = new();
    private int _total;

    private Inspectors(Guid[] ponds) => _ponds = ponds;

    /// <summary>Edits that were answered with success.</summary>
    public int Acknowledged => _total;

    /// <summary>Gives each inspector a pond in the register of the data directory.</summary>
    public static async Task<Inspectors> BeginAsync(string dataDirectory)
    {
        await using var register = await RegisterSession.OpenAsync(dataDirectory, ClusterRole.Superuser, CancellationToken.None);
        await register.Database.ScalarAsync<object>("""
            insert into register.divisions (code, name, level, centre, source)
              values ('990000', 'Crashland', 'Prefecture', 'point(104.2 23.4)', 'test')
            """, CancellationToken.None);
        var made = new Guid[Count];
        for (var i = 0; i < Count; i++)
            made[i] = await register.Database.ScalarAsync<Guid>("""
                insert into register.hazards (code, name, kind, shape, division_code, source)
                values ($1, 'pond', 'Pond', 'point(104.2 23.4)', '990000', 'test') returning id
                """, CancellationToken.None, "P" + i.ToString(CultureInfo.InvariantCulture));
        return new Inspectors(made);
    }

    /// <summary>Every inspector makes his edits one after the other; <paramref name="current"/> is asked anew for each attempt.</summary>
    public Task WorkAsync(int edits, Func<RunningUp> current) =>
        Task.WhenAll(_ponds.Select(pond => WorkOnAsync(pond, edits / Count, current)));

    /// <summary>Every acknowledged edit is in the history, and the last one is what the register says.</summary>
    public async Task AssertNothingIsLostAsync(string dataDirectory)
    {
        await using var register = await RegisterSession.OpenAsync(dataDirectory, ClusterRole.Superuser, CancellationToken.None);
        foreach (var pond in _ponds)
        {
            var kept = await register.Database.ScalarAsync<int[]>("""
                select array_agg(distinct round((fields -> 'depth_metres' ->> 1)::numeric * 100)::int)
                from register.history where entity_id = $1 and fields ? 'depth_metres'
                """, CancellationToken.None, pond.ToString());
            Assert.Equal(Enumerable.Range(1, _acknowledged[pond]), kept!.Order());
            Assert.Equal(_acknowledged[pond], (int)await register.Database.ScalarAsync<decimal>(
                "select round(depth_metres::numeric * 100) from register.hazards where id = $1", CancellationToken.None, pond));
        }
    }

    private async Task WorkOnAsync(Guid pond, int edits, Func<RunningUp> current)
    {
        var until = DateTime.UtcNow.AddMinutes(2);
        for (var edit = 1; edit <= edits; edit++)
        {
            while (!await TryAsync(current(), pond, edit))
            {
                Assert.True(DateTime.UtcNow < until, $"edit {edit} of {pond} was never taken");
                await Task.Delay(50);
            }
            _acknowledged[pond] = edit;
            Interlocked.Increment(ref _total);
        }
    }

    private static async Task<bool> TryAsync(RunningUp up, Guid pond, int edit)
    {
        try
        {
            var path = new Uri($"odata/Hazards({pond})", UriKind.Relative);
            using var read = await up.Client.GetAsync(path);
            if (read.StatusCode != HttpStatusCode.OK) return Expected(up, read, await read.Content.ReadAsStringAsync());
            using var patch = new HttpRequestMessage(HttpMethod.Patch, path) { Content =
                JsonContent.Create(new Dictionary<string, double>(StringComparer.Ordinal) { ["DepthMetres"] = edit / 100.0 }) };
            patch.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.ToString());
            using var written = await up.Client.SendAsync(patch);
            return written.IsSuccessStatusCode || Expected(up, written, await written.Content.ReadAsStringAsync());
        }
        catch (Exception away) when (away is HttpRequestException or IOException or ObjectDisposedException or TaskCanceledException)
        {
            return false; // the service itself is gone
        }
    }

    // While the database is away the service says so, and when to come back.
    private static bool Expected(RunningUp up, HttpResponseMessage answer, string body)
    {
        var says503 = answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null;
        if (!says503) Thread.Sleep(500); // the service's log follows its answer
        Assert.True(says503, $"{(int)answer.StatusCode} {body}\n{up.Executable.Errors}");
        using var json = JsonDocument.Parse(body);
        Assert.NotEmpty(json.RootElement.GetProperty("error").GetProperty("message").GetString()!);
        return false;
    }
}
