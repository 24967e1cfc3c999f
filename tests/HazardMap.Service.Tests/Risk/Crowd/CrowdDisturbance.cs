using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.Service.Database;
using HazardMap.Service.Exchange;
using HazardMap.Service.Risk.Runs;
using Npgsql;

namespace HazardMap.Service.Tests.Risk.Crowd;

/// <summary>What else goes on while a crowd edits: runs, other rules, runs called off, a run as long as a nation's, psql, roads,
/// imports.</summary>
internal sealed class CrowdDisturbance(NpgsqlDataSource database, Func<HttpClient> client, CrowdLedger ledger, int seed)
{
    private static readonly string[] Rules = ["2026-1", "2026-1-walk", "2026-2", "2026-3", "2026-2-walk", "2027-1"];
    private readonly Random _random = new(seed);

    /// <summary>Orders runs, half of them by the rule that is to stay, and calls some of them off; at last that rule.</summary>
    public async Task OrderRunsAsync(string rule, Task until)
    {
        while (!until.IsCompleted)
        {
            try
            {
                await OrderOneAsync(_random.Next(4) switch { 0 => Rules[_random.Next(Rules.Length)], 1 => null, _ => rule });
            }
            catch (Exception away) when (away is HttpRequestException or IOException or ObjectDisposedException or TaskCanceledException)
            {
                ledger.Note("", "order away", 0);
            }
            await Task.Delay(_random.Next(300));
        }
    }

    /// <summary>A run that is long between its writing and its end, as a nation's is; every other one is called off.</summary>
    public async Task RunLongAsync(TimeSpan pause, Task until)
    {
        for (var i = 0; !until.IsCompleted; i++)
        {
            await using (var connection = await database.OpenConnectionAsync())
            {
                await using var transaction = await connection.BeginAsAsync("nation", default);
                await RiskRun.RunAsync(connection, Rules[_random.Next(Rules.Length)], RiskCause.Import, RiskRunProgress.ToNobody, default);
                await Task.WhenAny(until, Task.Delay(pause));
                if (i % 2 == 0) await transaction.CommitAsync();
            }
            await Task.WhenAny(until, Task.Delay(pause));
        }
    }

    /// <summary>Statements of somebody with psql.</summary>
    public async Task PastTheServiceAsync(Task until)
    {
        while (!until.IsCompleted)
        {
            var chosen = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => ledger.Hazards[_random.Next(ledger.Hazards.Length)]);
            var some = $"id = any ('{{{string.Join(',', chosen)}}}')";
            await TryAsync("psql", () => DoAsync(_random.Next(8) switch
            {
                0 => $"update register.hazards set depth_metres = 5 * random() where {some}",
                1 or 2 => $"update register.hazards set shape = st_geomfromgeojson('{CrowdTown.Shape(_random)}')::geography where {some}",
                3 => "update register.road_edges set walk_forward = not walk_forward, walk_backward = not walk_backward "
                    + $"where way_id = {1000 + 10 * _random.Next(8) + _random.Next(7)}",
                4 => $"update register.facilities set location = st_geomfromgeojson('{CrowdTown.Point(_random)}')::geography "
                    + $"where code = 'F{_random.Next(1, 31)}'",
                5 => $"insert into register.hazards (code, name, kind, shape, division_code, source) values ('S{Guid.NewGuid():N}', 's', "
                    + $"'Pond', st_geomfromgeojson('{CrowdTown.Shape(_random)}')::geography, '99', 'psql')",
                6 => "delete from register.hazards where code like 'S%'",
                _ => "delete from register.incidents where id in (select id from register.incidents "
                    + $"where hazard_id = '{ledger.Hazards[_random.Next(8)]}' order by id limit 2)",
            }));
            await Task.Delay(_random.Next(150));
        }
    }

    /// <summary>The same dozen of waters from a file, again and again.</summary>
    public async Task ImportAsync(string connectionString, Task until)
    {
        var path = Path.Combine(Path.GetTempPath(), $"crowd-{Guid.NewGuid():N}.csv");
        while (!until.IsCompleted)
        {
            var text = new StringBuilder("Code,Name,Kind,DivisionCode,Longitude,Latitude,DepthMetres\n");
            for (var i = 30; i <= 42; i++)
                text.AppendLine(CultureInfo.InvariantCulture, $"H{i},H{i},Pond,99,{104 + _random.NextDouble() * 0.027:F6},"
                    + $"{23 + _random.NextDouble() * 0.025:F6},{_random.NextDouble() * 9:F1}");
            await File.WriteAllTextAsync(path, text.ToString());
            await TryAsync("import", () => new FileImport(database, connectionString)
                .RunAsync(new ImportRequest(path, ImportKind.Hazards, "EPSG:4326", SkipBad: true, Actor: "crowd", AllowMoves: true),
                default));
            await Task.WhenAny(until, Task.Delay(_random.Next(1000)));
        }
        File.Delete(path);
    }

    /// <summary>Orders a run; its key, when it is taken.</summary>
    public async Task<Guid?> OrderAsync(string? rule)
    {
        using var answer = await client()
            .PostAsync(new Uri("odata/RiskRuns", UriKind.Relative), Json(rule is null ? "{}" : $$"""{"Rule":"{{rule}}"}"""));
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Accepted) return JsonNode.Parse(text)!["Id"]!.GetValue<Guid>();
        ledger.Wrong.Enqueue($"RiskRuns -> {answer.StatusCode} {text}");
        return null;
    }

    private async Task OrderOneAsync(string? rule)
    {
        if (await OrderAsync(rule) is not { } id) return;
        if (_random.Next(3) == 0)
        {
            await Task.Delay(_random.Next(60));
            using var cancelled = await client().PostAsync(new Uri($"odata/RiskRuns({id})/HazardMap.Cancel", UriKind.Relative), Json("{}"));
            if (cancelled.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.OK or HttpStatusCode.Conflict))
                ledger.Wrong.Enqueue($"Cancel -> {cancelled.StatusCode}");
        }
        await RunIsOverAsync(id);
    }

    private async Task RunIsOverAsync(Guid id)
    {
        while (await RiskRuns.IsOpenAsync(database, id)) await Task.Delay(30);
    }

    private async Task TryAsync(string who, Func<Task> act)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            await act();
            ledger.Note(who, who + " done", 0);
        }
        catch (PostgresException refused)
        {
            ledger.Note(who, $"{who} {refused.SqlState}", 0);
            // Several waters locked in different orders are everybody's own fault; who waits for the lock of scores is never the victim.
            if (refused.SqlState == PostgresErrorCodes.DeadlockDetected
                && refused.Detail!.Split('\n')[0].Contains("advisory", StringComparison.Ordinal))
                ledger.Wrong.Enqueue($"{who}: {refused.Detail} {refused.Where}");
        }
        if (clock.Elapsed.TotalSeconds > 5) ledger.Note(who, who + " waited more than 5 s", 0);
    }

    private Task DoAsync(string sql) => database.ExecuteAsync(sql, CancellationToken.None);

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
