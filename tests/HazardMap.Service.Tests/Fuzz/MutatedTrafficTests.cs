using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using HazardMap.Service.Tests.Worlds;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace HazardMap.Service.Tests.Fuzz;

/// <summary>
/// Whatever is sent to the whole service (reads, writes, batches, routes of its own, tiles, shapes of 100,000 positions; harmed in
/// text, bytes, numbers and dates) is answered, never by 500, every refusal in both languages, and nothing unexpected is logged.
/// <c>HAZARDMAP_FUZZ=20000</c> sends so many to the Wenshan sample, and no answer may then take more than 5 s.
/// </summary>
public sealed class MutatedTrafficTests(TrafficRegister register, ITestOutputHelper output) : IClassFixture<TrafficRegister>
{
    private const int Short = 400;
    private const double MostSeconds = 5;
    private const int LongShapeOnceIn = 80;
    private static readonly bool IsLong = TrafficRegister.Asked is not null;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Mutated_traffic_never_breaks_the_service()
    {
        var (report, log) = (new TrafficReport(), new LogRecorder());
        register.Service<ILoggerFactory>().AddProvider(log);
        var number = TrafficRegister.Asked ?? Short;
        await Parallel.ForAsync(0, number, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (i, _) => await SendAsync(i, report));
        output.WriteLine(report.ToString());
        if (IsLong) await Console.Error.WriteLineAsync(report.ToString());
        Assert.True(report.Failures == 0 && report.Wrong.IsEmpty, $"{string.Join('\n', report.Wrong.Take(40))}\n{report}");
        // Traffic that guesses passwords locks the account out, which is told.
        var unexpected = log.Lines.Where(line => !line.Contains("wrong passwords for one account", StringComparison.Ordinal)).ToList();
        Assert.True(unexpected.Count == 0, string.Join('\n', unexpected.Take(20)));
        Assert.Equal(HttpStatusCode.OK, (await register.Administrator.GetAsync("/odata/Hazards?$top=1&$expand=Division")).StatusCode);
        if (IsLong) Assert.InRange(report.Slowest, 0, MostSeconds);
    }

    private async Task SendAsync(int number, TrafficReport report)
    {
        var mutations = new Mutations(number, Traffic.Pieces);
        var (kind, head, body) = Harmed(number, mutations);
        using var request = WrittenRequest.Read(head, body, register.Stranger.BaseAddress!);
        if (request is null) return;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", register.Token);
        // The rate of log-ins is limited by address: they come from many.
        using var elsewhere = head.Contains("api/session", StringComparison.Ordinal) ? register.FromElsewhere() : null;
        using var patience = new CancellationTokenSource(Patience);
        var what = $"#{number} {head}\n\n{Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 500)))}";
        var clock = Stopwatch.StartNew();
        try
        {
            using var answer = await (elsewhere ?? register.Stranger)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var isEndless = answer.Content.Headers.ContentType?.MediaType == "text/event-stream";
            var text = isEndless ? "" : await answer.Content.ReadAsStringAsync(patience.Token);
            report.Add(kind, (int)answer.StatusCode, clock.Elapsed, what);
            if (Fault((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, text, request.Method) is { } fault)
                report.Wrong.Enqueue($"{fault}: {(int)answer.StatusCode} {text[..Math.Min(text.Length, 600)]}\n  for {what}");
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            report.Wrong.Enqueue($"no answer ({error.Message}; {error.InnerException?.Message})\n  for {what}");
        }
    }

    private static (string Kind, string Head, byte[] Body) Harmed(int number, Mutations mutations)
    {
        if (number % (IsLong ? LongShapeOnceIn : Short / LongShapes.Kinds) == 1) return LongShape(number, mutations);
        var (kind, seeds) = mutations.OneOf<(string, string[])>([("reads", Traffic.Reads), ("writes", Traffic.Writes),
            ("writes", Traffic.Writes), ("batches", Traffic.Batches), ("own", Traffic.Own), ("tiles", Traffic.Tiles)]);
        var text = mutations.OneOf(seeds);
        // A third is harmed in whatever place; the rest keeps its head, or only gets values at the edge, to go further.
        if (mutations.Once(3)) text = mutations.Harm(text);
        var (head, body) = WrittenRequest.Split(text);
        if (mutations.Once(2)) body = mutations.AtTheEdge(body);
        if (mutations.Once(2) || body.Length == 0) head = mutations.AtTheEdge(head);
        if (body.Length > 0 && mutations.Once(3)) body = mutations.Harm(body);
        return (kind, head, body.Length > 0 && mutations.Once(6) ? mutations.NotUtf8(body) : Encoding.UTF8.GetBytes(body));
    }

    private static (string Kind, string Head, byte[] Body) LongShape(int number, Mutations mutations)
    {
        var shape = LongShapes.Of(number / (IsLong ? LongShapeOnceIn : Short / LongShapes.Kinds) % LongShapes.Kinds);
        if (mutations.Once(3)) shape = mutations.Harm(shape);
        if (mutations.Once(3)) shape = mutations.AtTheEdge(shape);
        var body = string.Create(CultureInfo.InvariantCulture,
            $$"""{"Code":"LONG{{number}}","Name":"长","Kind":"River","DivisionCode":"532601","Shape":{{shape}}}""");
        return mutations.Once(2)
            ? ("shapes", "POST odata/Hazards\nPrefer: return=minimal", Encoding.UTF8.GetBytes(body))
            : ("shapes", $"PATCH odata/Hazards({Traffic.Hazard})\nIf-Match: *\nPrefer: return=minimal",
                Encoding.UTF8.GetBytes($$"""{"Shape":{{shape}}}"""));
    }

    /// <summary>What is wrong with an answer; null: nothing.</summary>
    private static string? Fault(int status, string? type, string text, HttpMethod method)
    {
        if (status is 500 or 502 or >= 504) return "broken";
        // a part of a batch
        if (text.Contains("\"status\":500", StringComparison.Ordinal) || text.Contains("HTTP/1.1 500", StringComparison.Ordinal))
            return "broken part";
        if (status < 400 || method == HttpMethod.Head) return null;
        // The web server itself refuses what is no HTTP, and a log-in link that is spent is a page.
        if (text.Length == 0) return status == 400 ? null : "no words";
        if (type != "application/json") return type is "text/html" or "text/plain" && status is 401 or 404 or 503 ? null : $"a {type}";
        using var json = Json(text);
        if (json is null) return "not JSON";
        // What a rule of the database says is the database's.
        if (text.Contains("\"code\":\"RuleBroken\"", StringComparison.Ordinal)) return null;
        return json.RootElement.TryGetProperty("error", out var error) && error.TryGetProperty("details", out var details)
            && details.EnumerateArray().Any(x => x.GetProperty("code").GetString() == "zh") ? null : "not in Chinese";
    }

    private static JsonDocument? Json(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
