using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace HazardMap.Service.Tests.Register;

/// <summary>Clients that read a whole entity, change something and send all of it back, as Microsoft's does.</summary>
public sealed class SendBackTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    private const string Near = "Hazards(01900000-0000-7000-8000-000000000001)";
    private const string Far = "Hazards(01900000-0000-7000-8000-000000000002)";

    [Fact]
    public async Task Every_set_takes_back_what_it_gave()
    {
        var person = await PersonAsync();
        await PostAsync("Responsibilities",
            $$"""{"PersonId":"{{person}}","HazardId":"{{Id(Near)}}","Role":"Warden","ValidFrom":"2026-01-01"}""");
        await PostAsync("Inspections", $$"""
            {"HazardId":"{{Id(Near)}}","At":"2026-01-02T03:04:05.678912Z","InspectorId":"{{person}}","Result":"Defects","HasRing":false,
             "Position":{"type":"Point","coordinates":[104.2003,23.4004]} }
            """);
        await PostAsync("Rectifications", $$"""
            {"HazardId":"{{Id(Near)}}","FoundAt":"2026-01-02T03:04:05Z","Description":"无救生圈","AssignedToId":"{{person}}",
             "State":"Found"}
            """);
        await PostAsync("Incidents",
            $$"""{"HazardId":"{{Id(Near)}}","OccurredOn":"2020-07-01","AgeBand":"Aged5To14","Outcome":"Rescued"}""");
        await PostAsync("Settlements", """
            {"Code":"hamlet","Name":"大寨","DivisionCode":"5326","Weight":60,"Location":{"type":"Point","coordinates":[104.2,23.4]}}
            """);
        var sets = new List<string>();
        foreach (var set in register.Service<OData.ODataModel>().EntitySets.Values.Where(x => x.IsUpdatable))
        {
            foreach (var options in new[] { "", "&$expand=*", "&$format=application/json;odata.metadata=full" })
            {
                var page = await register.Administrator.GetFromJsonAsync<JsonObject>($"/odata/{set.Name}?$top=1{options}");
                if (page!["value"]!.AsArray().FirstOrDefault() is not JsonObject entity) continue;
                sets.Add(set.Name);
                foreach (var method in new[] { HttpMethod.Patch, HttpMethod.Put })
                {
                    var text = await SendAsync(method, $"{set.Name}({entity[set.Key.Name]})", entity);
                    Assert.True(text.Length == 0, $"{method} {set.Name}{options}: {text}");
                }
                var after = await register.Administrator.GetFromJsonAsync<JsonObject>($"/odata/{set.Name}?$top=1{options}");
                Assert.Equal(entity.ToJsonString(), after!["value"]![0]!.ToJsonString());
            }
        }
        Assert.Subset(sets.ToHashSet(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal)
        {
            "Hazards", "Facilities", "Settlements", "People", "Responsibilities", "Rectifications", "Incidents",
        });
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    public async Task A_masked_phone_that_is_sent_back_leaves_the_true_one(string method)
    {
        var id = await PersonAsync();
        var person = (await register.Administrator.GetFromJsonAsync<JsonObject>($"/odata/People({id})"))!;
        Assert.Contains("*", (string)person["Phone"]!, StringComparison.Ordinal);
        person["Post"] = "副校长";
        Assert.Equal("", await SendAsync(new HttpMethod(method), $"People({id})", person));
        Assert.Equal("13912345678",
            await register.ScalarAsync<string>("select phone from register.people where id = $1 and post = '副校长'", id));
        person = (await register.Administrator.GetFromJsonAsync<JsonObject>($"/odata/People({id})"))!;
        Assert.Equal("", await SendAsync(HttpMethod.Put, $"People({id})/Phone", new JsonObject { ["value"] = "139****5678" }));
        Assert.Equal("13912345678", await register.ScalarAsync<string>("select phone from register.people where id = $1", id));
        person["Phone"] = "139****0000";
        Assert.Contains("MaskedPhone", await SendAsync(new HttpMethod(method), $"People({id})", person), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_position_that_was_read_follows_a_changed_shape()
    {
        var pond = (await register.Administrator.GetFromJsonAsync<JsonObject>($"/odata/{Far}"))!;
        pond["Shape"] = JsonNode.Parse("""{"type":"Point","coordinates":[104.225,23.411]}""");
        Assert.Equal("", await SendAsync(HttpMethod.Patch, Far, pond));
        var after = await register.Administrator.GetFromJsonAsync<JsonObject>($"/odata/{Far}");
        Assert.Equal("[104.225,23.411]", after!["Location"]!["coordinates"]!.ToJsonString());
    }

    [Fact]
    public async Task What_differs_and_is_the_servers_is_refused_by_its_name()
    {
        var pond = (await register.Administrator.GetFromJsonAsync<JsonObject>($"/odata/{Near}"))!;
        foreach (var (name, value) in new (string, JsonNode)[]
            { ("Code", "other"), ("RiskScore", (double)pond["RiskScore"]! + 1), ("UpdatedAt", "2020-01-01T00:00:00Z"), ("Source", "me") })
        {
            var changed = pond.DeepClone().AsObject();
            changed[name] = value;
            Assert.Contains($"\"target\":\"{name}\"", await SendAsync(HttpMethod.Patch, Near, changed), StringComparison.Ordinal);
        }
        var cut = pond.DeepClone().AsObject();
        foreach (var name in new[] { "CreatedAt", "UpdatedAt" }) cut[name] = ((string)cut[name]!)[..23] + "Z"; // milliseconds
        Assert.Equal("", await SendAsync(HttpMethod.Patch, Near, cut));
    }

    private static string Id(string path) => path[(path.IndexOf('(', StringComparison.Ordinal) + 1)..^1];

    private async Task<Guid> PersonAsync() => (Guid)(await PostAsync("People",
        """{"Name":"李四","DivisionCode":"5326","Phone":"13912345678","Unit":"中心小学"}"""))["Id"]!;

    private async Task<JsonObject> PostAsync(string set, string body)
    {
        using var answer = await register.Administrator.PostAsync($"/odata/{set}",
            new StringContent(body, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{set}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    private async Task<string> SendAsync(HttpMethod method, string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(method, "/odata/" + path);
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await register.Administrator.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
