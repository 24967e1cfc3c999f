using System.Net;
using System.Net.Http.Json;
using HazardMap.Service.Database;

namespace HazardMap.EndToEnd.Worlds;

/// <summary>
/// Phones that never read again: each edit is a repeatable request on the state that the answer to the edit before named, sent
/// until it is answered. An edit that was kept but not answered must be answered as if it were new, or the chain breaks.
/// </summary>
internal sealed class Repeaters
{
    private readonly List<Guid> _ponds = [];
    private readonly List<(Guid Pond, int Edit, string Id, DateTimeOffset Sent, string Before, string After)> _answered = [];
    private int _sendings;

    public int Answered
    {
        get
        {
            lock (_answered) return _answered.Count;
        }
    }

    /// <summary>How often an edit was sent, answered or not.</summary>
    public int Sendings => _sendings;

    public static async Task<Repeaters> BeginAsync(string dataDirectory, int count)
    {
        await using var register = await RegisterSession.OpenAsync(dataDirectory, ClusterRole.Superuser, CancellationToken.None);
        await register.Database.ScalarAsync<object>("""
            insert into register.divisions (code, name, level, centre, source)
              values ('990001', 'Repeatland', 'Prefecture', 'point(104.2 23.4)', 'test')
            """, CancellationToken.None);
        var repeaters = new Repeaters();
        for (var i = 0; i < count; i++)
            repeaters._ponds.Add(await register.Database.ScalarAsync<Guid>("""
                insert into register.hazards (code, name, kind, shape, division_code, source)
                values ('R' || $1, 'pond', 'Pond', 'point(104.2 23.4)', '990001', 'test') returning id
                """, CancellationToken.None, i));
        return repeaters;
    }

    public Task WorkAsync(int edits, Func<RunningUp> current) => Task.WhenAll(_ponds.Select(pond => WorkOnAsync(pond, edits, current)));

    private async Task WorkOnAsync(Guid pond, int edits, Func<RunningUp> current)
    {
        var (state, until) = ("W/\"1\"", DateTime.UtcNow.AddMinutes(2));
        for (var edit = 1; edit <= edits; edit++)
        {
            var (id, sent) = (Guid.NewGuid().ToString(), DateTimeOffset.UtcNow);
            string? after;
            while ((after = await SendAsync(current(), pond, edit, id, sent, state)) is null)
            {
                Assert.True(DateTime.UtcNow < until, $"edit {edit} of {pond} was never answered");
                await Task.Delay(50);
            }
            lock (_answered) _answered.Add((pond, edit, id, sent, state, after));
            state = after;
        }
    }

    /// <summary>The state after the edit, as the answer names it; null: there was no answer.</summary>
    private async Task<string?> SendAsync(RunningUp up, Guid pond, int edit, string id, DateTimeOffset sent, string state)
    {
        Interlocked.Increment(ref _sendings);
        try
        {
            using var patch = new HttpRequestMessage(HttpMethod.Patch, $"odata/Hazards({pond})") { Content =
                JsonContent.Create(new { DepthMetres = edit / 100.0 }, options: System.Text.Json.JsonSerializerOptions.Default) };
            patch.Headers.TryAddWithoutValidation("If-Match", state);
            patch.Headers.TryAddWithoutValidation("Repeatability-Request-ID", id);
            patch.Headers.TryAddWithoutValidation("Repeatability-First-Sent", sent.ToString("r"));
            using var answer = await up.Client.SendAsync(patch);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return null;
            Assert.True(answer.StatusCode == HttpStatusCode.NoContent, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            Assert.Equal("accepted", answer.Headers.GetValues("Repeatability-Result").Single());
            return answer.Headers.ETag!.ToString();
        }
        catch (Exception away) when (away is HttpRequestException or IOException or ObjectDisposedException or TaskCanceledException)
        {
            return null; // the service itself is gone
        }
    }

    /// <summary>Sends every edit once more, as a phone does that lost its answers.</summary>
    public async Task SendAllAgainAsync(RunningUp up)
    {
        foreach (var (pond, edit, id, sent, before, after) in _answered)
        {
            var again = await SendAsync(up, pond, edit, id, sent, before);
            for (var patience = 10; again is null && patience > 0; patience--)   // busy: 503 asks to come again
            {
                await Task.Delay(500);
                again = await SendAsync(up, pond, edit, id, sent, before);
            }
            Assert.Equal(after, again);
        }
    }

    /// <summary>Each edit was done once: one row of history each, and as many versions.</summary>
    public async Task AssertEachWasDoneOnceAsync(string dataDirectory, int edits)
    {
        await using var register = await RegisterSession.OpenAsync(dataDirectory, ClusterRole.Superuser, CancellationToken.None);
        foreach (var pond in _ponds)
        {
            Assert.Equal(Enumerable.Range(1, edits), await register.Database.ScalarAsync<int[]>("""
                select array_agg(round((fields -> 'depth_metres' ->> 1)::numeric * 100)::int order by version)
                from register.history where entity_id = $1 and version > 1
                """, CancellationToken.None, pond.ToString()) ?? []);
            Assert.Equal(edits + 1, await register.Database.ScalarAsync<int>("select version from register.hazards where id = $1",
                CancellationToken.None, pond));
        }
    }
}
