using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HazardMap.Service.Tests.Risk.Crowd;

/// <summary>One of the crowd: edits over HTTP what everybody edits, alone and in change sets, until his requests are used up.</summary>
internal sealed class CrowdWriter(Func<HttpClient> client, CrowdLedger ledger, int seed)
{
    private static readonly string[] Statuses = ["Active", "Closed", "Rectifying"], Kinds = ["Pond", "River", "Weir"];
    private readonly Random _random = new(seed);
    private int _made;

    /// <summary>Makes so many requests; a service that is away is waited for.</summary>
    public async Task WorkAsync(int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            try
            {
                await ActAsync();
            }
            catch (Exception away) when (away is HttpRequestException or IOException or ObjectDisposedException or TaskCanceledException)
            {
                // Nobody was there to ask, or nobody was left to answer.
                ledger.Note("", away.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
                    ? "no service" : "no answer", 0);
                await Task.Delay(100);
            }
        }
    }

    private Task ActAsync() => _random.Next(20) switch
    {
        < 10 => PlainAsync(),
        10 => HangUpAsync(),
        11 or 12 => CreateAsync(),
        13 or 14 => DeleteAsync(),
        15 or 16 => AddOneAsync(),
        _ => ChangeSetAsync(),
    };

    private Task PlainAsync()
    {
        var (method, path, body) = Change();
        return SendAsync(method, path, body);
    }

    // A client that loses patience or its network: what he asked for is done whole or not at all.
    private async Task HangUpAsync()
    {
        var (method, path, body) = Change();
        using var impatience = new CancellationTokenSource(_random.Next(2, 60));
        using var request = new HttpRequestMessage(method, new Uri("odata/" + path, UriKind.Relative)) { Content = new StringContent(body,
            Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        try
        {
            using var answer = await client().SendAsync(request, impatience.Token);
            ledger.Note("", "answered in time", 0);
        }
        catch (OperationCanceledException)
        {
            ledger.Note("", "hung up", 0);
        }
    }

    // A change of what is there: half of them of the first eight waters and schools.
    private (HttpMethod Method, string Path, string Body) Change()
    {
        string hazard = $"Hazards({Any(ledger.Hazards)})", facility = $"Facilities({Any(ledger.Facilities)})";
        return _random.Next(10) switch
        {
            0 or 1 => (HttpMethod.Patch, hazard,
                Text($$"""{"DepthMetres":{{_random.NextDouble() * 9:F2}},"HasPole":{{(_random.Next(2) == 0 ? "true" : "false")}}}""")),
            2 or 3 or 4 => (HttpMethod.Patch, hazard, $$"""{"Shape":{{CrowdTown.Shape(_random)}}}"""),
            5 => (HttpMethod.Patch, hazard, $$"""{"Status":"{{Statuses[_random.Next(3)]}}","Kind":"{{Kinds[_random.Next(3)]}}"}"""),
            6 or 7 => (HttpMethod.Patch, facility,
                $$"""{"Under5":{{_random.Next(60)}},"Aged5To14":{{(_random.Next(4) == 0 ? 0 : _random.Next(900))}}}"""),
            8 => (HttpMethod.Patch, facility, $$"""{"Location":{{CrowdTown.Point(_random)}}}"""),
            _ => (HttpMethod.Post, "Incidents",
                $$"""{"HazardId":"{{Any(ledger.Hazards)}}","OccurredOn":"2025-07-01","AgeBand":"Aged5To14","Outcome":"Rescued"}"""),
        };
    }

    private async Task CreateAsync()
    {
        var code = $"C{seed}-{++_made}-{Guid.NewGuid():N}"[..24];
        var isHazard = _random.Next(2) == 0;
        var (set, body) = isHazard
            ? ("Hazards", $$"""
                {"Code":"{{code}}","Name":"{{code}}","Kind":"Pond","DivisionCode":"99","DepthMetres":3,"Shape":{{CrowdTown.Shape(_random)}}}
                """)
            : ("Facilities", $$"""
                {"Code":"{{code}}","Name":"{{code}}","Kind":"School","DivisionCode":"99",
                 "Aged5To14":{{_random.Next(500)}},"Location":{{CrowdTown.Point(_random)}}}
                """);
        var (status, text) = await SendAsync(HttpMethod.Post, set, body);
        if (status == HttpStatusCode.Created) ledger.Created[(set, JsonNode.Parse(text)!["Id"]!.GetValue<Guid>())] = true;
    }

    private async Task DeleteAsync()
    {
        var mine = ledger.Created.Where(c => c.Value).Select(c => c.Key).ToList();
        if (mine.Count == 0) return;
        var what = mine[_random.Next(mine.Count)];
        if (!ledger.Created.TryUpdate(what, false, true)) return;
        var (status, _) = await SendAsync(HttpMethod.Delete, $"{what.Set}({what.Id})", null);
        if (status == HttpStatusCode.NoContent) ledger.Deleted.Add(what);
    }

    // Reads, adds one to what he read, and writes only if nobody was faster.
    private async Task AddOneAsync()
    {
        var id = ledger.Facilities[_random.Next(4)];
        using var read = await client().GetAsync(new Uri($"odata/Facilities({id})", UriKind.Relative));
        if (read.StatusCode != HttpStatusCode.OK) return;
        var capacity = JsonNode.Parse(await read.Content.ReadAsStringAsync())!["Capacity"]!.GetValue<int>();
        var (status, _) = await SendAsync(HttpMethod.Patch, $"Facilities({id})", $$"""{"Capacity":{{capacity + 1}}}""",
            read.Headers.ETag!.ToString());
        if ((int)status is >= 200 and < 300) ledger.Added.AddOrUpdate(id, 1, (_, n) => n + 1);
    }

    private async Task ChangeSetAsync()
    {
        var requests = new JsonArray();
        for (var i = _random.Next(2, 6); i > 0; i--)
        {
            var (method, path, body) = Change();
            requests.Add(new JsonObject { ["id"] = i.ToString(CultureInfo.InvariantCulture), ["atomicityGroup"] = "g",
                ["method"] = method.Method, ["url"] = path,
                ["headers"] = new JsonObject { ["If-Match"] = "*" }, ["body"] = JsonNode.Parse(body) });
        }
        var mine = ledger.Created.Where(c => c.Value && c.Key.Set == "Hazards").Select(c => c.Key).Take(5).ToList();
        foreach (var what in mine.Take(_random.Next(3)).Where(w => ledger.Created.TryUpdate(w, false, true)))
            requests.Insert(_random.Next(requests.Count), new JsonObject { ["id"] = "d" + requests.Count, ["atomicityGroup"] = "g",
                ["method"] = "DELETE", ["url"] = $"{what.Set}({what.Id})",
                ["headers"] = new JsonObject { ["If-Match"] = "*" } });
        await SendAsync(HttpMethod.Post, "$batch", new JsonObject { ["requests"] = requests }.ToJsonString(), null);
    }

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpMethod method, string path, string? body, string? match = "*")
    {
        using var request = new HttpRequestMessage(method, new Uri("odata/" + path, UriKind.Relative));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (match is not null) request.Headers.TryAddWithoutValidation("If-Match", match);
        var clock = Stopwatch.StartNew();
        using var answer = await client().SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Judge($"{method} {path} {body}", answer, text, clock.Elapsed.TotalSeconds);
        return (answer.StatusCode, text);
    }

    private void Judge(string request, HttpResponseMessage answer, string text, double seconds)
    {
        var status = (int)answer.StatusCode;
        var name = status == 503 ? $"503 {Code(text)}" : status.ToString(CultureInfo.InvariantCulture);
        ledger.Note(request, request.StartsWith("POST $batch", StringComparison.Ordinal) ? "batch " + name : name, seconds);
        var isFine = status is (>= 200 and < 300) or 404 or 409 or 412 || (status == 503 && answer.Headers.RetryAfter is not null);
        if (!isFine) ledger.Wrong.Enqueue($"{request} -> {status} {text}");
        if (!request.StartsWith("POST $batch", StringComparison.Ordinal) || status != 200) return;
        foreach (var part in JsonDocument.Parse(text).RootElement.GetProperty("responses").EnumerateArray())
        {
            var inner = part.GetProperty("status").GetInt32();
            ledger.Note("", $"in a set {inner}", 0);
            if (inner is not ((>= 200 and < 300) or 404 or 409 or 412 or 424 or 503)) ledger.Wrong.Enqueue($"{request} -> {part}");
        }
    }

    private static string Code(string text) => text.StartsWith('{') ? JsonNode.Parse(text)!["error"]!["code"]!.GetValue<string>() : text;

    private Guid Any(Guid[] all) => all[_random.Next(2) == 0 ? _random.Next(8) : _random.Next(all.Length)];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
