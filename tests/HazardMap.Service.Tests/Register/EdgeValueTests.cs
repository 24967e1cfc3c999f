using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.OData;
using HazardMap.Service.Register;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Register;

/// <summary>Values at the edge over HTTP: the ends of the calendar, texts of nothing that can be seen, shapes wound either way.</summary>
public sealed class EdgeValueTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    private const string Near = "01900000-0000-7000-8000-000000000001";

    private HttpClient Http => register.Administrator;

    private static string Duty(string from, string to, string person) => $$"""
        {"PersonId":"{{person}}","HazardId":"{{Near}}","Role":"Warden","ValidFrom":"{{from}}","ValidTo":"{{to}}"}
        """;

    [Fact]
    public async Task The_ends_of_the_calendar_are_kept_and_break_no_question_of_any_set()
    {
        var person = (string)(await CreatedAsync("People", """{"Name":"看护人","DivisionCode":"5326"}"""))["Id"]!;
        var duty = await CreatedAsync("Responsibilities", Duty("0001-01-01", "9999-12-31", person));
        Assert.Equal("0001-01-01 9999-12-31", $"{duty["ValidFrom"]} {duty["ValidTo"]}");
        var hazard = await PatchedAsync($"Hazards({Near})",
            """{"LastInspectedAt":"9999-12-31T23:59:59.9999999Z"}""");
        Assert.Equal("9999-12-31T23:59:59.999999Z 9999-12-31T23:59:59.999999Z",
            $"{hazard["LastInspectedAt"]} {hazard["NextInspectionDueAt"]}");
        hazard = await PatchedAsync($"Hazards({Near})", """{"LastInspectedAt":"0001-01-01T00:00:00Z"}""");
        Assert.Equal("0001-01-01T00:00:00.000000Z", (string)hazard["LastInspectedAt"]!);
        await CreatedAsync("Inspections", $$"""{"HazardId":"{{Near}}","At":"0001-01-01T00:00:00Z","Result":"Safe"}""");
        await CreatedAsync("Incidents", $$"""{"HazardId":"{{Near}}","OccurredOn":"0001-01-01","AgeBand":"Under5","Outcome":"Rescued"}""");
        await CreatedAsync("Rectifications",
            $$"""{"HazardId":"{{Near}}","FoundAt":"0001-01-01T00:00:00Z","Description":"x","DueOn":"9999-12-31"}""");
        foreach (var set in RegisterModel.Model.EntitySets.Values)
        {
            foreach (var time in set.Properties.Where(p => p.Type is ODataType.Date or ODataType.DateTimeOffset))
            {
                var now = time.Type == ODataType.Date ? "2024-01-01" : "now()";
                foreach (var query in new[]
                {
                    $"$filter=year({time.Name}) gt 2000", $"$filter={time.Name} sub {now} gt duration'P1D'",
                    $"$orderby={time.Name} desc&$compute={now} sub {time.Name} as Ago",
                    $"$apply=groupby(({time.Name}),aggregate($count as n))",
                    $"$apply=compute({time.Name} sub {now} as d)/aggregate(d with sum as s,d with max as m)",
                }) await ReadAsync($"{set.Name}?{query}");
            }
        }
    }

    [Theory]
    [InlineData("0000-01-01"), InlineData("10000-01-01"), InlineData("-0001-01-01"), InlineData("infinity")]
    public async Task A_day_outside_the_calendar_is_refused_with_its_range(string day)
    {
        var (status, body) = await PostAsync("Responsibilities", Duty("2024-01-01", day, Near));
        Assert.Equal(400, status);
        Assert.Contains("0001-01-01 to 9999-12-31", body, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Unseen()
    {
        var data = new TheoryData<string, string>();
        foreach (var text in new[]
        {
            "", " ", "   ", "\t", "\n", "\u3000", "\u00A0", "\u200B", "\uFEFF", "\u2028", "\u202E", "\u3164", "\u0007", "\u00AD",
        })
            foreach (var field in new[] { "Hazards.Code", "Hazards.Name", "Hazards.OwnerUnit", "Facilities.Code", "Facilities.Name",
                "People.Name", "People.Phone", "People.Unit", "People.Post", "Inspections.Notes", "Rectifications.Description" })
                data.Add(field, text);
        foreach (var text in new[] { "a\tb", "a\nb", "a\rb", "a\u0007b", "a\u2028b", "a\u202Eb", "\u0001a" })
            foreach (var field in new[] { "Hazards.Code", "Hazards.Name", "Hazards.OwnerUnit", "People.Name" })
                data.Add(field, text);
        foreach (var text in new[] { "a b", "a\u200Bb", " a", "a\u3000", "a\u00ADb" }) data.Add("Hazards.Code", text);
        data.Add("Inspections.Notes", "a\u0007b");
        return data;
    }

    [Theory, MemberData(nameof(Unseen))]
    public async Task A_text_that_cannot_be_seen_is_refused_in_both_languages_and_not_as_SQL(string field, string text)
    {
        var (set, name) = (field.Split('.')[0], field.Split('.')[1]);
        var entity = JsonNode.Parse(set switch
        {
            "Hazards" => """
                {"Code":"C","Name":"n","Kind":"Pond","Location":{"type":"Point","coordinates":[104,23]},"DivisionCode":"5326"}
                """,
            "Facilities" => """
                {"Code":"C","Name":"n","Kind":"School","Location":{"type":"Point","coordinates":[104,23]},"DivisionCode":"5326"}
                """,
            "People" => """{"Name":"n","DivisionCode":"5326"}""",
            "Inspections" => $$"""{"HazardId":"{{Near}}","At":"2024-01-01T00:00:00Z","Result":"Safe"}""",
            _ => $$"""{"HazardId":"{{Near}}","FoundAt":"2024-01-01T00:00:00Z","Description":"x"}""",
        })!;
        entity[name] = text;
        var (status, body) = await PostAsync(set, entity.ToJsonString());
        AssertSentence(422, name, status, body);
    }

    [Fact]
    public async Task Notes_may_have_lines_and_a_name_blanks()
    {
        await CreatedAsync("Inspections", $$"""{"HazardId":"{{Near}}","At":"2024-01-01T00:00:00Z","Result":"Safe","Notes":"一\n\t二"}""");
        await CreatedAsync("People", """{"Name":"德厚镇 水务站 站长","DivisionCode":"5326"}""");
    }

    // Past the description, where the database's own constraints speak. $H: a water; $P: a person; $U: nobody.
    [Theory]
    [InlineData("Responsibilities", """{"PersonId":"$P","HazardId":"$H","Role":"Warden","ValidFrom":"2024-01-01","ValidTo":"2023-01-01"}""",
        422, "ValidFrom")]
    [InlineData("Responsibilities", """{"PersonId":"$U","HazardId":"$H","Role":"Warden","ValidFrom":"2024-01-01"}""", 422, "PersonId")]
    [InlineData("Responsibilities", """{"PersonId":"$P","Role":"Warden","ValidFrom":"2024-01-01"}""", 422, "HazardId")]
    [InlineData("Rectifications",
        """{"HazardId":"$H","FoundAt":"2024-01-01T00:00:00Z","Description":"x","DoneById":"$P","VerifiedById":"$P"}""", 422, "DoneById")]
    [InlineData("Hazards", """
        {"Code":"near","Name":"重号","Kind":"Pond","Location":{"type":"Point","coordinates":[104,23]},"DivisionCode":"5326"}
        """, 409, "Code")]
    [InlineData("Hazards", """
        {"Code":"u","Name":"无区划","Kind":"Pond","Location":{"type":"Point","coordinates":[104,23]},"DivisionCode":"99"}
        """, 422, "DivisionCode")]
    [InlineData("Hazards", """
        {"Code":"c","Name":"集合","Kind":"Pond","DivisionCode":"5326",
         "Shape":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[104,23]}]}}
        """, 422, "Shape")]
    public async Task A_constraint_speaks_in_both_languages(string set, string body, int status, string target)
    {
        var person = (string)(await CreatedAsync("People", """{"Name":"某人","DivisionCode":"5326"}"""))["Id"]!;
        body = body.Replace("$P", person, StringComparison.Ordinal).Replace("$H", Near, StringComparison.Ordinal)
            .Replace("$U", "01900000-0000-7000-8000-0000000000ff", StringComparison.Ordinal);
        var (answered, text) = await PostAsync(set, body);
        AssertSentence(status, target, answered, text);
    }

    [Fact]
    public async Task A_shape_may_come_in_clockwise_leaves_as_the_standard_winds_it_and_is_no_change_when_it_comes_back()
    {
        var pond = await CreatedAsync("Hazards", """
            {"Code":"cw","Name":"顺时针","Kind":"Pond","DivisionCode":"5326",
             "Shape":{"type":"Polygon","coordinates":[[[104.3,23.3],[104.3,23.4],[104.4,23.4],[104.3,23.3]]]}}
            """);
        Assert.Equal("[[[104.3,23.3],[104.4,23.4],[104.3,23.4],[104.3,23.3]]]", pond["Shape"]!["coordinates"]!.ToJsonString());
        var version = (int)pond["Version"]!;
        var again = await PatchedAsync($"Hazards({pond["Id"]})", $$"""{"Shape":{{pond["Shape"]!.ToJsonString()}}}""");
        Assert.Equal(version, (int)again["Version"]!);
    }

    private static void AssertSentence(int expected, string target, int status, string body)
    {
        Assert.True(status == expected, $"{status} {body}");
        var error = JsonNode.Parse(body)!["error"]!;
        Assert.Equal(target, (string?)error["target"]);
        var (english, chinese) = ((string)error["message"]!,
            (string?)error["details"]?.AsArray().FirstOrDefault(x => (string?)x!["code"] == "zh")?["message"] ?? "");
        Assert.Contains(target, english, StringComparison.Ordinal);
        Assert.True(chinese.Any(c => c is >= '\u4E00' and <= '\u9FFF'), body);
        foreach (var sql in new[] { "CHECK", "::", "btrim", "_check", "constraint" })
            Assert.DoesNotContain(sql, body, StringComparison.Ordinal);
    }

    private async Task ReadAsync(string path)
    {
        using var answer = await Http.GetAsync("/odata/" + path);
        Assert.True(answer.IsSuccessStatusCode, $"{path} -> {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task<(int Status, string Body)> PostAsync(string set, string body)
    {
        using var answer = await Http.PostAsync($"/odata/{set}", new StringContent(body, Encoding.UTF8, "application/json"));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<JsonObject> CreatedAsync(string set, string body)
    {
        var (status, text) = await PostAsync(set, body);
        Assert.True(status == 201, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private async Task<JsonObject> PatchedAsync(string path, string body)
    {
        using var answer = await Http.PatchJsonAsync($"/odata/{path}", body, withAnswer: true);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!.AsObject();
    }
}
