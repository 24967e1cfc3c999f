using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Access;

/// <summary>Each limit refuses what is beyond it by its name, with its default; what is just within it is answered.</summary>
[Collection(nameof(Isles))]
public sealed class LimitTests(Isles isles) : IDisposable
{
    private readonly HttpClient _http = isles.Client("*", personal: true);

    public void Dispose()
    {
        _http.Dispose();
        Assert.Empty(isles.Unexpected);
    }

    public static TheoryData<string, string, string> Limits() => new()
    {
        { "MaxExpansionDepth", "Islands?$expand=Huts($expand=Visits)", "Islands?$expand=Huts($expand=Visits($expand=Hut))" },
        { "MaxNodes", "Huts?$filter=" + Ors(25), "Huts?$filter=" + Ors(26) },
        { "MaxNodes", "Huts?$search=" + string.Join(" OR ", Enumerable.Repeat("x", 50)), "Huts?$search="
            + string.Join(" OR ", Enumerable.Repeat("x", 51)) },
        { "MaxNodes", "Huts?$filter=@a eq 1 and @a eq 1&@a=Beds", "Huts?$filter=@a eq @a&@a=concat(@b,@b)&@b=concat(@c,@c)&@c=concat(@d,@d)"
            + "&@d=concat(@e,@e)&@e=concat(Name,concat(Name,concat(Name,Name)))" },
        { "MaxLambdaDepth", "Huts?$filter=Visits/any(x:x/Fee gt 1)", "Islands?$filter=Huts/any(x:x/Visits/any(y:y/Fee gt 1))" },
        { "MaxOrderByKeys", "Visits?$orderby=Note,Fee,HutId,IslandCode,Guest", "Visits?$orderby=Note,Fee,HutId,IslandCode,Guest,Id" },
        { "MaxFunctionDepth", "Huts?$filter=" + Nested(10), "Huts?$filter=" + Nested(11) },
        { "MaxParentheses", "Huts?$filter=" + Wrapped(50), "Huts?$filter=" + Wrapped(51) },
        { "MaxTransformations", "Huts?$apply=" + Many("filter(true)", 20, '/'), "Huts?$apply=" + Many("filter(true)", 21, '/') },
        { "MaxTransformations", "Huts?$apply=concat(" + Many("identity", 19) + ")", "Huts?$apply=concat("
            + Many("aggregate($count as C)", 21) + ")" },
        { "MaxGroupingSets", "Visits?$apply=groupby((rollup(Note,Fee)),aggregate($count as C))", "Visits?$apply=groupby(("
            + Many("rollup(Note,Fee,HutId,IslandCode)", 4) + "),aggregate($count as C))" },
        { "MaxUrlLength", "Huts?$filter=Name eq '" + new string('x', 7_000) + "'", "Huts?$filter=Name eq '"
            + new string('x', 16_500) + "'" },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Beyond_a_limit_the_refusal_names_it(string limit, string within, string beyond)
    {
        using var allowed = await _http.GetAsync(within);
        Assert.True(allowed.IsSuccessStatusCode, await allowed.Content.ReadAsStringAsync());
        using var refused = await _http.GetAsync(beyond);
        var text = await refused.Content.ReadAsStringAsync();
        Assert.True((int)refused.StatusCode is 400 or 414, $"{(int)refused.StatusCode} {text}");
        Assert.Equal(limit, (string)JsonNode.Parse(text)!["error"]!["details"]![0]!["target"]!);
        Assert.Contains($"({limit} = ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_has_a_thousand_rows_however_many_are_asked_for()
    {
        await Coast.RunAsync(isles.Source,
            "insert into isles.islands select 'Z' || lpad(i::text, 4, '0'), 'many', null, 1 from generate_series(1, 1500) i");
        foreach (var prefer in new[] { "maxpagesize=100000", "odata.maxpagesize=100000" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get,
                "Islands?$filter=Name eq 'many'&$top=1400") { Headers = { { "Prefer", prefer } } };
            using var response = await _http.SendAsync(request);
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Equal(1000, page["value"]!.AsArray().Count);
            Assert.NotNull(page["@odata.nextLink"]);
        }
        await Coast.RunAsync(isles.Source, "delete from isles.islands where name = 'many'");
    }

    [Theory]
    [InlineData("GET", "Huts?$expand=Island,Visits", "", "MaxExpansionCount")]
    [InlineData("POST", "Huts",
        """{"Id":600,"Name":"x","Beds":1,"IslandCode":"N1","Visits":[{"Id":601,"Note":"x","Fee":1,"IslandCode":"N1"},"""
            + """{"Id":602,"Note":"x","Fee":1,"IslandCode":"N1"}]}""", "MaxInsertEntities")]
    [InlineData("POST", "Islands",
        """{"Code":"N6","Name":"x","Size":1,"Huts":[{"Id":600,"Name":"x","Beds":1,"Visits":[]}, {"Id":601,"Name":"x","Beds":1}]}""",
        "MaxInsertEntities")]
    [InlineData("POST", "Islands", """
        {"Code":"N6","Name":"x","Size":1,"Huts":[{"Id":600,"Name":"x","Beds":1,"Visits":[{"Id":601,"Note":"x","Fee":1,"IslandCode":"N6"}]}]}
        """, "MaxInsertDepth")]
    [InlineData("GET", "Huts?$filter=geo.length(geography'SRID=4326;LineString(1 1,2 2,3 3,4 4,5 5)') gt 0", "", "MaxPositions")]
    public async Task A_host_may_set_limits_of_his_own(string method, string url, string body, string limit)
    {
        using var strict = isles.Client("*", root: "strict");
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await strict.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains($"({limit} = ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Visits", "MaxBodyBytes", 4)]
    [InlineData("$batch", "MaxBatchBytes", 8)]
    public async Task A_body_that_is_too_large_is_413(string url, string limit, int megabytes)
    {
        using var body = new StringContent(new string(' ', megabytes * 1024 * 1024) + "{}", Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(url, body);
        Assert.Equal(413, (int)response.StatusCode);
        Assert.Contains(limit, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 200)]
    [InlineData(101, 400)]
    public async Task A_batch_has_a_hundred_parts(int parts, int status)
    {
        var requests = Enumerable.Range(0, parts).Select(x =>
            (JsonNode)new JsonObject { ["id"] = x.ToString(CultureInfo.InvariantCulture), ["method"] = "GET", ["url"] = "Huts/$count" });
        using var body = new StringContent(new JsonObject { ["requests"] = new JsonArray([.. requests]) }.ToJsonString(),
            Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync("$batch", body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, text);
        if (status == 400) Assert.Contains("MaxBatchParts", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"^(.*)(.*)(.*)(.*)(.*)\5\4\3\2\1$")]
    [InlineData(@"(.+)(.+)(.+)(.+)\1\2\3\4\1\2\3\4d|^(.*)(.*)(.*)\5\6\7$")]
    public async Task A_pattern_that_would_take_for_ever_is_ended_and_others_do_not_wait_for_it(string pattern)
    {
        var clock = Stopwatch.StartNew();
        var evil = _http.GetAsync(
            $"Huts?$filter=matchesPattern('{string.Concat(Enumerable.Repeat("ab", 300))}c','{Uri.EscapeDataString(pattern)}')");
        await Task.Delay(200);
        Assert.Equal("3", await _http.GetStringAsync("Huts/$count?$filter=Id lt 10"));
        Assert.False(evil.IsCompleted);
        using var response = await evil;
        Assert.Equal(503, (int)response.StatusCode);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(8), clock.Elapsed.ToString());
        Assert.Contains("StatementTimeout", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Ors(int count) => string.Join(" or ", Enumerable.Range(0, count).Select(x => $"Beds eq {x}"));

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("tolower(", depth)) + "Name" + new string(')', depth) + " eq 'x'";

    private static string Wrapped(int depth) => new string('(', depth) + "Beds eq 1" + new string(')', depth);

    private static string Many(string item, int count, char separator = ',') => string.Join(separator, Enumerable.Repeat(item, count));
}
