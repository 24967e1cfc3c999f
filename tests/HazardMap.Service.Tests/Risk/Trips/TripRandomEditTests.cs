using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Worlds;
using Xunit.Abstractions;

namespace HazardMap.Service.Tests.Risk.Trips;

/// <summary>The valley, served.</summary>
public sealed class ServedTripValley : ServedRegister
{
    protected override Task FillAsync() => TripValley.FillAsync(this);
}

/// <summary>
/// Whatever is changed by the service's own writers under rule 2027-1, over HTTP, by files and past it: what was kept up to date is to the
/// last bit what a full run gives, and what the examiner gives.
/// </summary>
/// <remarks><c>HAZARDMAP_RISK_EDITS</c> asks for more edits than 200, <c>HAZARDMAP_LONG=1</c> for 10,000;
/// <c>HAZARDMAP_RISK_SEED</c> for others.</remarks>
public sealed class TripRandomEditTests(ServedTripValley valley, ITestOutputHelper output) : IClassFixture<ServedTripValley>
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string[] Kinds = ["River", "Stream", "Lake", "Reservoir", "Pond", "Canal", "Well", "Pit", "Weir", "Other"],
        Facilities = ["School", "Kindergarten", "ChildrensHome", "SwimmingPool", "Canteen"],
        Leaves = ["532601001101", "532601001102", "532601001103", "532601001104", "532601001105", "532601001106"];

    private readonly Dictionary<string, int> _answers = new(StringComparer.Ordinal);
    private Random _random = new(0);
    private int _made;

    [Fact]
    public async Task Any_sequence_of_edits_leaves_what_a_full_run_and_the_examiner_give()
    {
        var isLong = Environment.GetEnvironmentVariable("HAZARDMAP_LONG") == "1";
        var (edits, seed) = (Asked("HAZARDMAP_RISK_EDITS", isLong ? 10_000 : 200), Asked("HAZARDMAP_RISK_SEED", 20271));
        _random = new Random(seed);
        var scale = await ScaleAsync();
        for (var done = 1; done <= edits; done++)
        {
            await EditAsync();
            if (_random.Next(Math.Max(25, edits / 40)) == 0) await AssertCurrentAsync($"{done} edits, seed {seed}");
        }
        await AssertCurrentAsync($"{edits} edits, seed {seed}");
        output.WriteLine(string.Join(", ", _answers.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}: {a.Value}")));
        Assert.Equal(scale, await ScaleAsync());
        await TripExaminer.AssertAgreesAsync(valley.ConnectionString);
        var kept = await TripTrial.EverythingAsync(valley);
        await valley.ExecuteAsync("update register.hazard_risks set score = null, level = null, rule = null, scored_at = null, "
            + "visits = null, deadliness_ratio = null, deadliness = null, risk_low = null, risk_high = null, level_held = null, "
            + "trips = null; truncate register.hazard_reaches, register.risk_origins");
        await RiskRun.RunAsync(valley.Database, null, "test", None);
        Assert.Equal(kept, await TripTrial.EverythingAsync(valley));
    }

    private async Task EditAsync()
    {
        switch (_random.Next(22))
        {
            case < 6: await SendAsync(HttpMethod.Patch, await OneOfAsync("Hazards", "hazards"), Facts()); break;
            case 6 or 7: await SendAsync(HttpMethod.Patch, await OneOfAsync("Hazards", "hazards"), $$"""{"Shape":{{Shape()}}}"""); break;
            case 8 or 9:
                await SendAsync(HttpMethod.Post, "Hazards", $$"""
                    {"Code":"n{{++_made}}","Name":"n","Kind":"{{Any(Kinds)}}","DivisionCode":"{{Any(Leaves)}}","Shape":{{Shape()}}}
                    """);
                break;
            case 10: await SendAsync(HttpMethod.Delete, await OneOfAsync("Hazards", "hazards", "code like 'n%'"), null); break;
            case 11 or 12: await SendAsync(HttpMethod.Patch, await OneOfAsync("Facilities", "facilities"), Counts()); break;
            case 13:
                await SendAsync(HttpMethod.Patch, await OneOfAsync("Facilities", "facilities"), $$"""{"Location":{{Point()}}}""");
                break;
            case 14:
                await SendAsync(HttpMethod.Post, "Facilities", $$"""
                    {"Code":"f{{++_made}}","Name":"f","Kind":"{{Any(Facilities)}}","DivisionCode":"{{Any(Leaves)}}","Location":{{Point()}},
                     "Under5":{{_random.Next(3) * 20}},"Aged5To14":{{_random.Next(3) * 70}}}
                    """);
                break;
            case 15: await SendAsync(HttpMethod.Delete, await OneOfAsync("Facilities", "facilities", "code like 'f%'"), null); break;
            case 16:
                await SendAsync(HttpMethod.Post, "Settlements", $$"""
                    {"Code":"s{{++_made}}","Kind":"{{Any(["Place", "Building"])}}","DivisionCode":"{{Any(Leaves)}}","Location":{{Point()}},
                     "Weight":{{_random.Next(4)}}}
                    """);
                break;
            case 17:
                await SendAsync(HttpMethod.Patch, await OneOfAsync("Settlements", "settlements"),
                    _random.Next(2) == 0 ? $$"""{"Weight":{{_random.Next(90)}}}""" : $$"""{"Location":{{Point()}}}""");
                break;
            case 18: await SendAsync(HttpMethod.Delete, await OneOfAsync("Settlements", "settlements"), null); break;
            case 19: await DivisionsAsync(); break;
            case 20: await RecordAsync(); break;
            default: await BatchAsync(); break;
        }
    }

    private string Facts() => _random.Next(6) switch
    {
        0 => $$"""{"DepthMetres":{{(_random.Next(4) == 0 ? "null" : Text(_random.NextDouble() * 5))}}}""",
        1 => $$"""{"Status":"{{Any(["Active", "Active", "Rectifying", "Closed", "Filled"])}}"}""",
        2 => $$"""{"Kind":"{{Any(Kinds)}}","Flow":{{Any(["null", "\"Still\"", "\"Slow\"", "\"Fast\""])}}}""",
        3 => $$"""{"Bank":{{Any(["null", "\"Gentle\"", "\"Steep\"", "\"Sheer\""])}},"HasRing":true,"HasPole":{{Any(["true", "false"])}}}""",
        4 => $$"""{"Access":{{Any(["null", "\"Open\"", "\"Restricted\"", "\"Fenced\""])}}}""",
        _ => $$"""{"LastInspectedAt":"{{DateTime.UtcNow.AddDays(-_random.Next(400)):yyyy-MM-ddTHH:mm:ssZ}}","HasSign":true}""",
    };

    private string Counts() => _random.Next(5) switch
    {
        0 => $$"""{"Under5":{{_random.Next(60)}},"Aged5To14":{{(_random.Next(3) == 0 ? 0 : _random.Next(600))}}}""",
        1 => $$"""{"Boarders":{{Any(["null", "20", "900"])}},"Stages":{{Any(["null", "\"Primary\"", "\"Junior\"", "\"Both\""])}}}""",
        2 => $$"""{"Status":"{{Any(["Open", "Open", "Closed", "Planned"])}}"}""",
        3 => $$"""{"DivisionCode":"{{Any(Leaves)}}"}""",
        _ => $$"""{"Kind":"{{Any(Facilities)}}"}""",
    };

    // Divisions are changed by files, and by whoever has psql.
    private async Task DivisionsAsync()
    {
        var (code, what) = (Any(Leaves), _random.Next(6) switch
        {
            0 => "children = null",
            1 => $"population = {_random.Next(3000)}, children = {_random.Next(900)}",
            2 => $"aged_1_to_4 = {Any(["null", "70"])}, aged_5_to_14 = {Any(["null", "310"])}",
            3 => $"residence = {Any(["null", "'Town'", "'Village'"])}",
            4 => "centre = st_translate(centre::geometry, 0.001, -0.001)::geography",
            _ => "name = name || case when length(name) < 9 then '社区' else '' end",
        });
        await valley.ExecuteAsync($"update register.divisions set {what} where code = $1", code);
        await RiskQueueWorker.CatchUpAsync(valley.Database, None);
    }

    private async Task RecordAsync()
    {
        var water = (await OneOfAsync("Hazards", "hazards"))["Hazards(".Length..^1];
        if (_random.Next(2) == 0)
        {
            await SendAsync(HttpMethod.Post, "Incidents", $$"""
                {"HazardId":"{{water}}","OccurredOn":"202{{_random.Next(6)}}-07-0{{_random.Next(1, 4)}}",
                 "AgeBand":"{{Any(["Under5", "Aged5To14", "Aged15To59"])}}","Outcome":"{{Any(["Died", "Died", "Rescued"])}}"}
                """);
            return;
        }
        await SendAsync(HttpMethod.Post, "Inspections",
            $$"""{"HazardId":"{{water}}","At":"{{DateTime.UtcNow.AddMinutes(-5):yyyy-MM-ddTHH:mm:ssZ}}","Result":"Safe"}""");
        await RiskQueueWorker.CatchUpAsync(valley.Database, None);
    }

    // Several in one transaction.
    private async Task BatchAsync()
    {
        var requests = new JsonArray();
        foreach (var (set, table, body) in new[] { ("Hazards", "hazards", Facts()), ("Facilities", "facilities", Counts()),
            ("Hazards", "hazards", $$"""{"Shape":{{Shape()}}}"""),
            ("Settlements", "settlements", $$"""{"Weight":{{_random.Next(9)}}}""") })
            requests.Add(new JsonObject { ["id"] = requests.Count.ToString(CultureInfo.InvariantCulture), ["atomicityGroup"] = "g",
                ["method"] = "PATCH", ["url"] = await OneOfAsync(set, table), ["headers"] = new JsonObject { ["If-Match"] = "*" },
                ["body"] = JsonNode.Parse(body) });
        await SendAsync(HttpMethod.Post, "$batch", new JsonObject { ["requests"] = requests }.ToJsonString());
    }

    private async Task SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, new Uri("odata/" + path, UriKind.Relative));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (method != HttpMethod.Post) request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await valley.Administrator.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var name = $"{method} {path.Split('(')[0]} {(int)answer.StatusCode}";
        _answers[name] = _answers.GetValueOrDefault(name) + 1;
        // A water that has records is not deleted.
        Assert.True((int)answer.StatusCode is >= 200 and < 300 || answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound,
            $"{method} {path} {body}: {(int)answer.StatusCode} {text}");
    }

    private async Task<string> OneOfAsync(string set, string table, string where = "true")
    {
        var salt = _random.Next().ToString(CultureInfo.InvariantCulture);
        return $"{set}({await valley.ScalarAsync<Guid>($"select id from register.{table} where {where} order by md5(code || $1) limit 1",
            salt)})";
    }

    private async Task AssertCurrentAsync(string about)
    {
        await RiskQueueWorker.CatchUpAsync(valley.Database, None);
        var check = await RiskRun.CheckAsync(valley.Database, null, None);
        Assert.True(check.Different == 0, $"after {about}: {check}");
    }

    private Task<string?> ScaleAsync() => valley.ScalarAsync<string>("select string_agg(id || scale::text, ' ') from register.risk_scales");

    private string Shape() => _random.Next(5) switch
    {
        0 => $$"""{"type":"LineString","coordinates":[{{Place()}},{{Place()}},{{Place()}}]}""",
        1 => Near(0.004, (x, y, d) => $$"""{"type":"LineString","coordinates":[{{At(x, y)}},{{At(x + d, y + d)}}]}"""),
        2 => Near(0.008, (x, y, d) => $$"""{"type":"Polygon","coordinates":[[{{At(x, y)}},{{At(x + d, y)}},"""
            + $$"""{{At(x + d, y + d)}},{{At(x, y)}}]]}"""),
        3 => $$"""{"type":"MultiPoint","coordinates":[{{Place()}},{{Place()}}]}""",
        _ => Point(),
    };

    private string Point() => $$"""{"type":"Point","coordinates":{{Place()}}}""";

    private string Place() => Near(0, (x, y, _) => At(x, y));

    // Mostly among the homes; one in eight out of their reach.
    private string Near(double size, Func<double, double, double, string> shape)
    {
        var far = _random.Next(8) == 0 ? 0.12 : 0;
        return shape(104.2 + far + 0.06 * (_random.NextDouble() - 0.5), 23.4 + 0.06 * (_random.NextDouble() - 0.5),
            size * (0.1 + _random.NextDouble()));
    }

    private static string At(double longitude, double latitude) => $"[{Text(longitude)},{Text(latitude)}]";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static int Asked(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var asked) ? asked : otherwise;

    private string Any(string[] words) => words[_random.Next(words.Length)];
}
