using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HazardMap.Service.Risk.Runs;

namespace HazardMap.Service.Tests.Register;

/// <summary>What an inspector and an administrator create, change and take away, over HTTP.</summary>
public sealed class RecordTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    private const string Near = "01900000-0000-7000-8000-000000000001";
    private const string School = "01900000-0000-7000-8000-00000000000a";

    private HttpClient Http => register.Administrator;

    [Fact]
    public async Task A_new_pond_beside_the_school_has_its_risk_in_the_same_answer()
    {
        var pond = await CreatedAsync("Hazards", """
            {"Code":"new-1","Name":"新塘","Kind":"Pond","Location":{"type":"Point","coordinates":[104.2008,23.4025]},
             "DivisionCode":"5326"}
            """);
        Assert.True((double)pond["RiskScore"]! > 0);
        Assert.Equal("Active", (string)pond["Status"]!);
        Assert.Null(pond["HasRing"]);   // nobody has looked
        Assert.Equal("Point", (string)pond["Shape"]!["type"]!);
        Assert.Equal("HazardMap", (string)pond["Source"]!);
        Assert.Equal('7', ((string)pond["Id"]!)[14]);
        await NothingDiffersAsync();
        await DeletedAsync("Hazards", pond);
    }

    [Fact]
    public async Task A_client_may_make_the_identifier_itself_and_not_use_it_twice()
    {
        var id = Guid.CreateVersion7();
        var body =
            $$"""{"Id":"{{id}}","Code":"{{id}}","Name":"手机登记","Kind":"Well","Location":{"type":"Point","coordinates":[104.3,"""
            + $$"""23.5]},"DivisionCode":"5326"}""";
        Assert.Equal(id, (Guid)(await CreatedAsync("Hazards", body))["Id"]!);
        using var again = await PostAsync("Hazards", body);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task A_new_school_raises_the_risk_around_it_and_takes_it_away_again()
    {
        var before = await RiskAsync(Near);
        var school = await CreatedAsync("Facilities",
            """{"Code":"k-1","Name":"新幼儿园","Kind":"Kindergarten","Location":{"type":"Point","coordinates":[104.2006,"""
                + """23.4012]},"DivisionCode":"5326","Under5":80}""");
        Assert.True(await RiskAsync(Near) > before);
        await NothingDiffersAsync();
        await DeletedAsync("Facilities", school);
        Assert.Equal(before, await RiskAsync(Near), before * 1e-12);
        await NothingDiffersAsync();
    }

    [Fact]
    public async Task An_inspection_is_evidence_it_dates_the_hazard_and_keeps_it_from_being_deleted()
    {
        var at = DateTimeOffset.UtcNow.AddMinutes(-5);
        var person = await CreatedAsync("People", """{"Name":"巡查员","Phone":"13812345678","DivisionCode":"5326","Level":"Village"}""");
        Assert.Equal("138****5678", (string)person["Phone"]!);
        var inspection = await CreatedAsync("Inspections", $$$"""
            {"HazardId":"{{{Near}}}","At":"{{{at:O}}}","InspectorId":"{{{person["Id"]}}}","Result":"Defects",
             "HasRing":false,"Notes":"救生圈缺失","Position":{"type":"Point","coordinates":[104.2005,23.4005]}}
            """);
        Assert.Equal("5326", (string)inspection["DivisionCode"]!);
        Assert.Null(inspection["Position"]);   // kept, and shown to nobody
        Assert.True(await register.ScalarAsync<bool>("select st_x(position::geometry) = 104.2005 from register.inspections"));
        var hazard = await Http.GetFromJsonAsync<JsonObject>($"/odata/Hazards({Near})?$expand=Inspections");
        Assert.Equal(at.UtcDateTime, ((DateTimeOffset)hazard!["LastInspectedAt"]!).UtcDateTime, TimeSpan.FromMilliseconds(1));
        Assert.Single(hazard["Inspections"]!.AsArray());
        await RefusedAsync(HttpMethod.Delete, $"Hazards({Near})", "", 409, "Closed");
        await RefusedAsync(HttpMethod.Delete, $"Inspections({inspection["Id"]})", "", 405, "Inspections");
        await RefusedAsync(HttpMethod.Delete, $"People({person["Id"]})", "", 409, "ValidTo");
        await RefusedAsync(HttpMethod.Patch, $"Inspections({inspection["Id"]})", """{"At":"2020-01-01T00:00:00Z"}""", 422, "CorrectsId");
    }

    [Theory]
    [InlineData("Inspections",
        """{"HazardId":"01900000-0000-7000-8000-0000000000ff","At":"2024-01-01T00:00:00Z","Result":"Safe"}""", 422, "HazardId")]
    [InlineData("Inspections",
        """{"HazardId":"01900000-0000-7000-8000-000000000001","At":"2424-01-01T00:00:00Z","Result":"Safe"}""", 422, "At")]
    [InlineData("Inspections", """{"HazardId":"01900000-0000-7000-8000-000000000001","Result":"Safe"}""", 422, "At")]
    [InlineData("Inspections",
        """{"HazardId":"01900000-0000-7000-8000-000000000001","At":"2024-01-01T00:00:00Z","Result":"Safe","DivisionCode":"5326"}""", 422,
        "DivisionCode")]
    [InlineData("Incidents",
        """{"HazardId":"01900000-0000-7000-8000-000000000001","OccurredOn":"2424-01-01","AgeBand":"Under5","Outcome":"Rescued"}""", 422,
        "OccurredOn")]
    [InlineData("Responsibilities", """
        {"PersonId":"01900000-0000-7000-8000-0000000000ff","HazardId":"01900000-0000-7000-8000-000000000001","Role":"Warden",
         "ValidFrom":"2024-01-01"}
        """, 422, "PersonId")]
    [InlineData("Rectifications", """{"FoundAt":"2024-01-01T00:00:00Z","Description":"x"}""", 422, "HazardId")]
    [InlineData("Rectifications", """
        {"HazardId":"01900000-0000-7000-8000-000000000001","FacilityId":"01900000-0000-7000-8000-00000000000a",
         "FoundAt":"2024-01-01T00:00:00Z","Description":"x"}
        """, 422, "HazardId")]
    [InlineData("People", """{"Name":"某","Phone":"138****5678","DivisionCode":"5326"}""", 422, "Phone")]
    [InlineData("People", """{"Name":"某","Phone":"问村长","DivisionCode":"5326"}""", 422, "Phone")]
    [InlineData("People", """{"Name":"某","Phone":"12","DivisionCode":"5326"}""", 422, "Phone")]
    [InlineData("People", """{"Name":" ","DivisionCode":"5326"}""", 422, "Name")]
    [InlineData("Hazards",
        """{"Name":"无编号","Kind":"Pond","Location":{"type":"Point","coordinates":[104.3,23.5]},"DivisionCode":"5326"}""", 422, "Code")]
    [InlineData("Hazards", """
        {"Code":"near","Name":"重号","Kind":"Pond","Location":{"type":"Point","coordinates":[104.3,23.5]},"DivisionCode":"5326"}
        """, 409, "Code")]
    [InlineData("Hazards", """{"Code":"n","Name":"无位置","Kind":"Pond","DivisionCode":"5326"}""", 422, "Shape")]
    [InlineData("Divisions", """{"Code":"532699","Name":"新县"}""", 405, "Divisions")]
    public async Task A_record_that_breaks_a_rule_is_refused_by_name(string set, string body, int status, string names) =>
        await RefusedAsync(HttpMethod.Post, set, body, status, names);

    [Fact]
    public async Task An_incident_and_a_rectification_are_recorded_and_worked_on()
    {
        await CreatedAsync("Incidents",
            $$"""{"HazardId":"{{Near}}","OccurredOn":"2024-07-01","AgeBand":"Aged5To14","Outcome":"Rescued"}""");
        await NothingDiffersAsync();
        var defect = await CreatedAsync("Rectifications",
            $$"""{"FacilityId":"{{School}}","FoundAt":"2024-07-01T02:00:00Z","Description":"围墙破损","DueOn":"2024-08-01"}""");
        Assert.Equal("Found", (string)defect["State"]!);
        var done = await PatchedAsync($"Rectifications({defect["Id"]})", """{"Cost":900}""", (string)defect["@odata.etag"]!);
        Assert.Equal(900, (double)done["Cost"]!);
    }

    [Fact]
    public async Task A_responsibility_begins_ends_and_may_be_taken_back()
    {
        var person = await CreatedAsync("People", """{"Name":"看护人","DivisionCode":"5326"}""");
        var duty = await CreatedAsync("Responsibilities",
            $$"""{"PersonId":"{{person["Id"]}}","HazardId":"{{Near}}","Role":"Warden","ValidFrom":"2024-01-01"}""");
        Assert.Equal("5326", (string)duty["DivisionCode"]!);
        var ended = await PatchedAsync($"Responsibilities({duty["Id"]})", """{"ValidTo":"2025-01-01"}""", (string)duty["@odata.etag"]!);
        await RefusedAsync(HttpMethod.Patch, $"Responsibilities({duty["Id"]})", """{"ValidTo":"2023-01-01"}""", 422, "ValidTo");
        await DeletedAsync("Responsibilities", ended);
        await DeletedAsync("People", person);
    }

    private async Task<double> RiskAsync(string id) =>
        (double)(await Http.GetFromJsonAsync<JsonObject>($"/odata/Hazards({id})?$select=RiskScore"))!["RiskScore"]!;

    private async Task NothingDiffersAsync() =>
        Assert.Equal(0, (await RiskRun.CheckAsync(register.Database, null, CancellationToken.None)).Different);

    private Task<HttpResponseMessage> PostAsync(string set, string body) => Http.PostAsync($"/odata/{set}", Content(body));

    private async Task<JsonObject> CreatedAsync(string set, string body)
    {
        using var answer = await PostAsync(set, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        Assert.StartsWith($"{Http.BaseAddress}odata/{set}(", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        return JsonNode.Parse(text)!.AsObject();
    }

    private async Task<JsonObject> PatchedAsync(string path, string body, string etag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/odata/{path}") { Content = Content(body) };
        request.Headers.Add("Prefer", "return=representation");
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private async Task DeletedAsync(string set, JsonObject entity)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/odata/{set}({entity["Id"]})");
        request.Headers.TryAddWithoutValidation("If-Match", (string)entity["@odata.etag"]!);
        using var answer = await Http.SendAsync(request);
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    private async Task RefusedAsync(HttpMethod method, string path, string body, int status, string names)
    {
        using var request = new HttpRequestMessage(method, $"/odata/{path}") { Content = Content(body) };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} {text}");
        Assert.Contains(names, text, StringComparison.Ordinal);
    }

    private static StringContent Content(string body) => new(body, System.Text.Encoding.UTF8, "application/json");
}
