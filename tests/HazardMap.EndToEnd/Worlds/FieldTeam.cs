using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;

namespace HazardMap.EndToEnd.Worlds;

/// <summary>One edit that somebody made without a network.</summary>
/// <param name="Id">Its repeatability id.</param>
/// <param name="Client">Who made it.</param>
/// <param name="Pond">Which water.</param>
/// <param name="Field">Of <c>Name</c>, <c>OwnerUnit</c> and <c>DepthMetres</c>.</param>
/// <param name="Value">No two edits have the same.</param>
/// <param name="IsOwn">Nobody else changes that field of that water.</param>
internal sealed record TeamEdit(string Id, int Client, Guid Pond, string Field, object Value, bool IsOwn)
{
    public Dictionary<string, object> Body => new(StringComparer.Ordinal) { [Field] = Value };
}

/// <summary>
/// A team with phones that edit the same waters: each phone has a field of its own at some of them, and all quarrel about the depth. Its
/// network drops answers, doubles and reorders requests.
/// </summary>
internal sealed class FieldTeam
{
    private static readonly string[] OwnFields = ["Name", "OwnerUnit"];
    private readonly ConcurrentDictionary<Guid, string> _known = new();
    private readonly int _clients;
    private int _sendings;

    private FieldTeam(int clients, IReadOnlyList<Guid> ponds, string confinedToken) =>
        (_clients, Ponds, ConfinedToken) = (clients, ponds, confinedToken);

    public IReadOnlyList<Guid> Ponds { get; }

    /// <summary>Of the account that client 0 has, which is confined to the team's first division.</summary>
    public string ConfinedToken { get; }

    public ConcurrentBag<TeamEdit> Made { get; } = [];

    public ConcurrentDictionary<string, int> Answered { get; } = new(StringComparer.Ordinal);

    public int Sendings => _sendings;

    public static async Task<FieldTeam> GatherAsync(string dataDirectory, int clients, int ponds)
    {
        await using var register = await RegisterSession.OpenAsync(dataDirectory, ClusterRole.Superuser, CancellationToken.None);
        var token = Secrets.Create();
        await register.Database.ExecuteAsync($"""
            insert into register.divisions (code, name, level, centre, source) values
              ('990001', 'Teamland', 'Prefecture', 'point(104.2 23.4)', 'test'),
              ('990002', 'Elsewhere', 'Prefecture', 'point(104.4 23.4)', 'test');
            insert into account.accounts (user_name, display_name) values ('li', 'li');
            insert into account.grants (account, role, area) values ('li', 'Administrator', '990001');
            insert into account.tokens (hash, account_id, purpose, expires_at)
            select decode('{Convert.ToHexString(Secrets.Hash(token))}', 'hex'), id, 'bearer', now() + interval '1 day'
            from account.accounts where user_name = 'li';
            """, CancellationToken.None);
        var made = await register.Database.RowsAsync("""
            insert into register.hazards (code, name, kind, shape, division_code, source)
            select 'T' || n, 'pond', 'Pond', 'point(104.2 23.4)', '990001', 'test' from generate_series(1, $1) n returning id
            """, row => row.GetGuid(0), CancellationToken.None, ponds);
        return new FieldTeam(clients, made, token);
    }

    /// <summary>What a client enters: every fifth edit is about what all quarrel about.</summary>
    public List<TeamEdit> Edits(int client, int count)
    {
        var groups = (_clients + OwnFields.Length - 1) / OwnFields.Length;
        var own = Ponds.Where((_, i) => i % groups == client / OwnFields.Length % groups).ToList();
        var edits = new List<TeamEdit>();
        for (var n = 0; n < count; n++)
        {
            var (id, isOwn) = (Guid.CreateVersion7().ToString(), n % 5 != 0);
            edits.Add(isOwn
                ? new TeamEdit(id, client, own[n % own.Count], OwnFields[client % OwnFields.Length], $"{client}-{n}", IsOwn: true)
                : new TeamEdit(id, client, Ponds[(client + n) % Ponds.Count], "DepthMetres", (client * 10_000 + n + 1) / 1000.0,
                    IsOwn: false));
        }
        foreach (var edit in edits) Made.Add(edit);
        return edits;
    }

    /// <summary>The version of a water that a client has seen: read now and then, as from a download.</summary>
    public string SeenOf(Guid pond) => _known.GetValueOrDefault(pond, "W/\"1\"");

    /// <summary>Downloads: from now on edits are made on what stands now.</summary>
    public async Task DownloadAsync(RunningUp up)
    {
        try
        {
            var page = await up.Client.GetFromJsonAsync<JsonElement>("odata/Hazards?$select=Id,Version&$filter=DivisionCode eq '990001'");
            foreach (var pond in page.GetProperty("value").EnumerateArray())
                _known[pond.GetProperty("Id").GetGuid()] = $"W/\"{pond.GetProperty("Version").GetInt32()}\"";
        }
        catch (Exception away) when (IsAway(away) || away is JsonException)
        {
            // No network: what was downloaded before holds.
        }
    }

    /// <summary>A phone that sends all of its edits, some at once and in another order, until each is answered.</summary>
    public async Task WorkAsync(int client, IReadOnlyList<TeamEdit> edits, Func<RunningUp> current)
    {
        var random = new Random(client);
        foreach (var some in edits.Chunk(Math.Min(4, Ponds.Count)))
        {
            if (random.Next(3) == 0) await DownloadAsync(current());
            // One edit of a water waits for the one before it; others overtake.
            await Task.WhenAll(some.GroupBy(x => x.Pond).OrderBy(_ => random.Next()).Select(async one =>
            {
                foreach (var edit in one) await SendAsync(edit, SeenOf(edit.Pond), random.Next(), current);
            }));
        }
    }

    private async Task SendAsync(TeamEdit edit, string etag, int chance, Func<RunningUp> current)
    {
        var (sent, until, random) = (DateTimeOffset.UtcNow, DateTime.UtcNow.AddMinutes(5), new Random(chance));
        while (!Answered.ContainsKey(edit.Id))
        {
            Assert.True(DateTime.UtcNow < until, $"{edit} was never answered");
            var luck = random.Next(100);
            if (luck < 15) await Task.WhenAll(OnceAsync(edit, etag, sent, current()), OnceAsync(edit, etag, sent, current()));
            // the answer is lost on its way
            else if (luck < 35) await OnceAsync(edit, etag, sent, current());
            else if (await OnceAsync(edit, etag, sent, current()) is { } status) Answered[edit.Id] = status;
            else await Task.Delay(100);
        }
    }

    /// <summary>The status; null: none came, or the service is busy or not there.</summary>
    private async Task<int?> OnceAsync(TeamEdit edit, string etag, DateTimeOffset sent, RunningUp up)
    {
        Interlocked.Increment(ref _sendings);
        try
        {
            using var patch = new HttpRequestMessage(HttpMethod.Patch, $"odata/Hazards({edit.Pond})")
            {
                Content = JsonContent.Create(edit.Body, options: JsonSerializerOptions.Default),
            };
            if (edit.Client == 0) patch.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ConfinedToken);
            patch.Headers.TryAddWithoutValidation("If-Match", etag);
            patch.Headers.Add("Prefer", "merge");
            patch.Headers.Add("Repeatability-Request-ID", edit.Id);
            patch.Headers.Add("Repeatability-First-Sent", sent.ToString("r", CultureInfo.InvariantCulture));
            patch.Headers.Add("Repeatability-Client-ID", $"phone-{edit.Client}");
            using var answer = await up.Client.SendAsync(patch);
            if ((int)answer.StatusCode >= 500) return null;
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted,
                $"{edit}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            return (int)answer.StatusCode;
        }
        catch (Exception away) when (IsAway(away))
        {
            return null;
        }
    }

    private static bool IsAway(Exception away) =>
        away is HttpRequestException or IOException or ObjectDisposedException or TaskCanceledException;

    /// <summary>What a browser's app takes up as a file of its queue.</summary>
    public byte[] RescueOf(IEnumerable<TeamEdit> edits) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        format = "hazardmap-queue", version = 1, exportedAt = DateTimeOffset.UtcNow,
        entries = edits.Select((edit, i) => new
        {
            order = i + 1, id = edit.Id, account = "admin", kind = "edit", title = "pond", subject = $"Hazards({edit.Pond})",
            method = "PATCH", path = $"Hazards({edit.Pond})", etag = SeenOf(edit.Pond), body = edit.Body,
            madeAt = DateTimeOffset.UtcNow, state = "waiting", tries = 0,
        }),
    });

    /// <summary>Each edit was received, and applied once or kept as one conflict; none of its own fields is in one.</summary>
    /// <returns>How many were applied, and how many stand as a conflict.</returns>
    public async Task<(int Applied, int Kept)> AssertNothingIsLostOrDoubledAsync(string dataDirectory, IReadOnlySet<Guid> troubled)
    {
        await using var register = await RegisterSession.OpenAsync(dataDirectory, ClusterRole.Superuser, CancellationToken.None);
        var rows = await register.Database.RowsAsync("""
            select e.id, coalesce(a.n, 0), coalesce(c.n, 0), coalesce(r.n, 0)
            from unnest($1::text[], $2::text[], $3::text[], $4::text[]) e(id, pond, field, value)
            left join lateral (
              select count(*) as n from register.history h
              where h.entity = 'Hazards' and h.entity_id = e.pond and h.operation = 'update'
                and case when e.field = 'depth_metres' then (h.fields -> e.field ->> 1)::numeric = e.value::numeric
                         else h.fields -> e.field ->> 1 = e.value end) a on true
            left join lateral (select count(*) as n from register.conflicts where request = e.id) c on true
            left join lateral (select count(*) as n from account.receipts where request = e.id) r on true
            """, row => (Id: row.GetString(0), Applied: row.GetInt64(1), Kept: row.GetInt64(2), Receipts: row.GetInt64(3)),
            CancellationToken.None, Column(x => x.Id), Column(x => x.Pond.ToString()), Column(x => ColumnOf(x.Field)),
            Column(x => Convert.ToString(x.Value, CultureInfo.InvariantCulture)!));
        var byId = Made.ToDictionary(x => x.Id, StringComparer.Ordinal);
        Assert.Equal(Made.Count, rows.Count);
        var wrong = rows.Where(x => x.Applied + x.Kept != 1 || x.Receipts != 1).Select(x => $"{byId[x.Id]}: {x}").ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} lost or doubled: {string.Join('\n', wrong.Take(10))}");
        var unmerged = rows.Where(x => x.Kept > 0 && byId[x.Id] is { IsOwn: true, Client: > 0 } own && !troubled.Contains(own.Pond))
            .ToList();
        Assert.True(unmerged.Count == 0,
            $"{unmerged.Count} fields that nobody else changed are in conflict: {string.Join('\n', unmerged.Take(10))}");
        return (rows.Count(x => x.Applied == 1), rows.Count(x => x.Kept == 1));
    }

    private string[] Column(Func<TeamEdit, string> of) => [.. Made.Select(of)];

    private static string ColumnOf(string field) => field switch
    {
        "OwnerUnit" => "owner_unit", "DepthMetres" => "depth_metres", _ => "name",
    };
}
