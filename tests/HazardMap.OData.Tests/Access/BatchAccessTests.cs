using System.Text;
using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Access;

/// <summary>A batch is no way round: all paths again, a hundred at a time, and what a change set would tell or reach.</summary>
[Collection(nameof(Isles))]
public sealed class BatchAccessTests(Isles isles) : IDisposable
{
    public void Dispose() => Assert.Empty(isles.Unexpected);

    [Fact]
    public async Task A_batch_answers_no_question_about_what_is_masked()
    {
        using var http = isles.Client("*");
        var asked = IslePaths.Asking().ToList();
        var answers = await BatchAsync(http, asked.Select(x => Get(x.Url)));
        Assert.Equal(asked.Count, answers.Count);
        Assert.All(answers.Zip(asked), x => Assert.True((int)x.First["status"]! == 403, $"{x.Second.Url} {x.First.ToJsonString()}"));
    }

    [Fact]
    public async Task A_batch_carries_nothing_masked_and_nothing_from_outside()
    {
        using var stranger = isles.Client("*");
        using var north = isles.Client("N1,N2,N3,N", personal: true);
        var urls = IslePaths.Reading().Distinct(StringComparer.Ordinal).ToList();
        Assert.DoesNotContain("SECRET", Text(await BatchAsync(stranger, urls.Select(Get))), StringComparison.Ordinal);
        var confined = Text(await BatchAsync(north, urls.Select(Get)));
        Assert.DoesNotContain("SOUTH", confined, StringComparison.Ordinal);
        Assert.Contains("Nordhut", confined, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_set_neither_links_to_what_is_outside_nor_shows_what_is_masked()
    {
        using var north = isles.Client("N");
        var answers = await BatchAsync(north,
        [
            Change("a", "POST", "Huts", """{"Id":700,"Name":"x","Beds":1,"IslandCode":"N1"}"""),
            Change("b", "PATCH", "Huts(700)", """{"Beds":2}"""),
            Change("c", "POST", "Visits", """{"Id":701,"Note":"x","Fee":1,"IslandCode":"N1","HutId":9}"""),
        ]);
        Assert.Contains(answers, x => (int)x["status"]! is 422 or 424);
        Assert.Equal("0", await north.GetStringAsync("Huts/$count?$filter=Id eq 700"));
        answers = await BatchAsync(north,
        [
            Change("a", "PATCH", "Huts(1)", """{"Beds":4}""") , Change("b", "PATCH", "Huts(9)", """{"Beds":4}"""),
        ]);
        Assert.Contains(answers, x => (int)x["status"]! == 404);
        Assert.DoesNotContain("SECRET", Text(answers), StringComparison.Ordinal);
        Assert.DoesNotContain("SOUTH", Text(answers), StringComparison.Ordinal);
        answers = await BatchAsync(north,
        [
            Change("a", "PATCH", "Huts(1)", """{"Beds":4}""", "W/\"99\""),
        ]);
        Assert.Equal(412, (int)answers[0]["status"]!);
        Assert.DoesNotContain("SECRET", Text(answers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_cannot_say_who_asks()
    {
        using var nobody = isles.Client(area: null);
        var part = Get("Huts");
        part["headers"] = new JsonObject { ["X-Area"] = "*", ["X-Reads"] = "personal" };
        Assert.DoesNotContain("hut", Text(await BatchAsync(nobody, [part])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delta_link_in_a_batch_tells_what_it_tells_by_itself()
    {
        using var north = isles.Client("N");
        var copy = new DeltaReaderCopy(north, "Visits", "Id");
        await copy.LoadAsync();
        await Coast.RunAsync(isles.Source, "update isles.visits set fee = fee where id in (11, 98)");
        var answers = await BatchAsync(north, [Get(copy.Link[(copy.Link.IndexOf("/odata/", StringComparison.Ordinal) + 7)..])]);
        var rows = answers[0]["body"]!["value"]!.AsArray();
        Assert.Equal(11, (int)Assert.Single(rows)!["Id"]!);
        Assert.NotNull(answers[0]["body"]!["@odata.deltaLink"]);
    }

    private static JsonObject Get(string url) => new() { ["method"] = "GET", ["url"] = url };

    private static JsonObject Change(string id, string method, string url, string body, string ifMatch = "*") => new()
    {
        ["id"] = id, ["method"] = method, ["url"] = url, ["atomicityGroup"] = "g", ["body"] = JsonNode.Parse(body),
        ["headers"] =
            new JsonObject { ["content-type"] = "application/json", ["if-match"] = ifMatch, ["prefer"] = "return=representation" },
    };

    private static string Text(List<JsonObject> answers) => string.Join('\n', answers.Select(x => x.ToJsonString(JsonOptions)));

    private static readonly System.Text.Json.JsonSerializerOptions JsonOptions =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task<List<JsonObject>> BatchAsync(HttpClient http, IEnumerable<JsonObject> parts)
    {
        var answers = new List<JsonObject>();
        foreach (var chunk in parts.Chunk(100))
        {
            for (var i = 0; i < chunk.Length; i++) chunk[i]["id"] ??= "r" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            using var body = new StringContent(new JsonObject { ["requests"] = new JsonArray([.. chunk]) }.ToJsonString(),
                Encoding.UTF8, "application/json");
            using var request =
                new HttpRequestMessage(HttpMethod.Post, "$batch") { Content = body, Headers = { { "Prefer", "continue-on-error" } } };
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, text);
            answers.AddRange(JsonNode.Parse(text)!["responses"]!.AsArray().Select(x => x!.AsObject()));
        }
        return answers;
    }
}
