using System.Globalization;
using System.Text.Json.Nodes;
using HazardMap.Service.Tests.Worlds;
using Npgsql;

namespace HazardMap.Service.Tests.Field;

/// <summary>What inspections are, what they tell the water, and that none is lost or overwritten.</summary>
public sealed class InspectionTests(PondVillage village) : IClassFixture<PondVillage>
{
    private const string Beside = """{"type":"Point","coordinates":[104.2005,23.4005]}""";

    private static string Ago(double hours) =>
        DateTime.UtcNow.AddHours(-hours).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private Task<JsonObject> SeenAsync(Guid water, double hoursAgo, string seen) =>
        village.MadeAsync("Inspections", Body(water, Ago(hoursAgo), seen));

    private static string Body(Guid water, string at, string seen) =>
        $$"""{"HazardId":"{{water}}","At":"{{at}}","Result":"Safe","Position":{{Beside}},{{seen}}}""";

    private async Task<string> OnesAsync(Guid water)
    {
        var hazard = await village.GetAsync($"Hazards({water})");
        return string.Join(' ', new[] { "HasSign", "HasRing", "HasRope", "HasPole", "DepthMetres", "Access" }
            .Select(name => hazard[name]?.ToJsonString() ?? "?"));
    }

    [Fact]
    public async Task The_four_ones_are_unknown_until_somebody_looks_and_an_inspection_tells_only_what_it_looked_at()
    {
        var water = await village.NewWaterAsync();
        Assert.Equal("? ? ? ? ? ?", await OnesAsync(water));
        var at = Ago(1);
        await village.MadeAsync("Inspections",
            Body(water, at, "\"HasSign\":true,\"HasRing\":false,\"DepthMetres\":2.5,\"Access\":\"Fenced\""));
        Assert.Equal("true false ? ? 2.5 \"Fenced\"", await OnesAsync(water));
        var hazard = await village.GetAsync($"Hazards({water})");
        Assert.Equal(at, (string)hazard["LastInspectedAt"]!);
        Assert.True((DateTimeOffset)hazard["NextInspectionDueAt"]! > DateTimeOffset.UtcNow.AddDays(6));
    }

    [Fact]
    public async Task One_that_comes_late_hides_no_newer_one_field_by_field()
    {
        var water = await village.NewWaterAsync();
        await SeenAsync(water, 1, "\"HasSign\":true");
        await SeenAsync(water, 5, "\"HasSign\":false,\"HasRing\":true");
        Assert.Equal("true true ? ? ? ?", await OnesAsync(water));
        var last = (DateTimeOffset)(await village.GetAsync($"Hazards({water})"))["LastInspectedAt"]!;
        Assert.InRange(DateTimeOffset.UtcNow - last, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(62));
    }

    [Fact]
    public async Task What_somebody_entered_after_the_visit_stays_when_the_visit_comes_late()
    {
        var water = await village.NewWaterAsync();
        await village.ExecuteAsync("update register.hazards set has_ring = true where id = $1", water);
        await SeenAsync(water, 30, "\"HasRing\":false,\"HasPole\":false");
        Assert.Equal("? true ? false ? ?", await OnesAsync(water));
        await SeenAsync(water, 0, "\"HasRing\":false");
        Assert.Equal("? false ? false ? ?", await OnesAsync(water));
    }

    [Fact]
    public async Task A_correction_is_a_new_row_that_supersedes_once_and_the_water_follows_it()
    {
        var water = await village.NewWaterAsync();
        await SeenAsync(water, 9, "\"HasRope\":false");
        var wrong = await SeenAsync(water, 3, "\"HasRope\":true,\"HasPole\":true");
        Assert.Equal("? ? true true ? ?", await OnesAsync(water));
        var right = await SeenAsync(water, 3, $"\"HasRope\":null,\"HasPole\":false,\"CorrectsId\":\"{wrong["Id"]}\"");
        Assert.Equal("? ? false false ? ?", await OnesAsync(water));
        var kept = await village.GetAsync($"Inspections({wrong["Id"]})");
        Assert.Equal(((string)right["Id"]!, true, 1), ((string)kept["CorrectedById"]!, (bool)kept["HasRope"]!, (int)kept["Version"]!));
        await village.RefusedAsync("Inspections", Body(water, Ago(3), $"\"CorrectsId\":\"{wrong["Id"]}\""), 409, "CorrectsId");
        await SeenAsync(water, 3, $"\"HasPole\":true,\"CorrectsId\":\"{right["Id"]}\"");
        Assert.Equal("? ? false true ? ?", await OnesAsync(water));
        var other = await village.NewWaterAsync();
        await village.RefusedAsync("Inspections", Body(other, Ago(3), $"\"CorrectsId\":\"{right["Id"]}\""), 422, "CorrectsId");
    }

    [Fact]
    public async Task The_only_one_that_saw_something_corrected_to_not_looked_at_leaves_it_unknown()
    {
        var water = await village.NewWaterAsync();
        var wrong = await SeenAsync(water, 3, "\"HasRing\":true");
        await SeenAsync(water, 3, $"\"HasRing\":null,\"CorrectsId\":\"{wrong["Id"]}\"");
        Assert.Equal("? ? ? ? ? ?", await OnesAsync(water));
    }

    [Fact]
    public async Task Nothing_of_an_inspection_is_overwritten_and_the_refusal_says_to_send_a_correction()
    {
        var seen = await SeenAsync(await village.NewWaterAsync(), 1, "\"Notes\":\"原文\"");
        foreach (var body in new[]
            { """{"Notes":"改"}""", """{"Result":"Defects"}""", """{"HasSign":true}""", """{"At":"2026-01-01T00:00:00Z"}""" })
        {
            using var answer = await village.Administrator.PatchJsonAsync($"/odata/Inspections({seen["Id"]})", body);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode == 422, text);
            Assert.Contains("CorrectsId", text, StringComparison.Ordinal);
            Assert.Contains("请新增一条巡查", text, StringComparison.Ordinal);
        }
        await Assert.ThrowsAsync<PostgresException>(() =>
            village.ExecuteAsync("update register.inspections set notes = '改' where id = $1", (Guid)seen["Id"]!));
    }

    [Fact]
    public async Task Where_somebody_stood_is_measured_to_the_shape_and_far_or_missing_positions_are_flagged()
    {
        var water = await village.NewWaterAsync();
        var inside = await SeenAsync(water, 1, "\"AccuracyMetres\":8");
        Assert.Equal((0.0, null), ((double)inside["MetresFromShape"]!, (string?)inside["Flags"]));
        async Task<JsonObject> FromAsync(string position) => await village.MadeAsync("Inspections",
            $$"""{"HazardId":"{{water}}","At":"{{Ago(1)}}","Result":"Safe"{{position}}}""");
        var far = await FromAsync(""","Position":{"type":"Point","coordinates":[104.2,23.397]},"AccuracyMetres":900""");
        Assert.InRange((double)far["MetresFromShape"]!, 332.0, 333.0);
        Assert.Equal("FarFromWater,PositionVague", (string)far["Flags"]!);
        Assert.Equal("PositionZero", (string)(await FromAsync(""","Position":{"type":"Point","coordinates":[0,0]}"""))["Flags"]!);
        Assert.Equal("PositionMissing", (string)(await FromAsync(""))["Flags"]!);
    }

    [Theory]
    [InlineData(365, ""), InlineData(-365, ""), InlineData(2, "header"), InlineData(-0.5, "header"), InlineData(-0.5, "measured")]
    public async Task A_device_whose_clock_is_off_loses_nothing_and_its_visit_is_dated_by_the_server(double daysAhead, string told)
    {
        var water = await village.NewWaterAsync();
        var clock = DateTime.UtcNow.AddDays(daysAhead);
        var at = clock.AddMinutes(-30).ToString("O", CultureInfo.InvariantCulture);
        var measured = told == "measured" ? $",\"ClockSkewSeconds\":{(daysAhead * 86400).ToString(CultureInfo.InvariantCulture)}" : "";
        (string, string)[] header = told == "header" ? [("HazardMap-Device-Time", clock.ToString("O", CultureInfo.InvariantCulture))] : [];
        var seen = await village.MadeAsync("Inspections", $$"""
            {"HazardId":"{{water}}","At":"{{at}}","DeviceAt":"{{clock:O}}","Result":"Safe","HasSign":true,"Position":{{Beside}}{{measured}}}
            """, header);
        Assert.InRange(DateTimeOffset.UtcNow - (DateTimeOffset)seen["At"]!, TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(32));
        Assert.InRange((double)seen["ClockSkewSeconds"]! - daysAhead * 86400, -60, 60);
        Assert.Equal("ClockOff", (string)seen["Flags"]!);
        Assert.StartsWith("true", await OnesAsync(water), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_of_three_weeks_without_a_network_keeps_its_time_and_is_told_to_be_late()
    {
        var water = await village.NewWaterAsync();
        var at = DateTime.UtcNow.AddDays(-21).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var seen = await village.MadeAsync("Inspections",
            $$"""{"HazardId":"{{water}}","At":"{{at}}","DeviceAt":"{{at}}","Result":"Safe","Position":{{Beside}}}""",
            ("HazardMap-Device-Time", DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture)));
        Assert.Equal((at, "ReportedLate"), ((string)seen["At"]!, (string)seen["Flags"]!));
    }

    [Fact]
    public async Task A_visit_of_tomorrow_that_no_clock_explains_is_refused_and_a_minute_ahead_is_now()
    {
        var water = await village.NewWaterAsync();
        await village.RefusedAsync("Inspections",
            $$"""{"HazardId":"{{water}}","At":"{{Ago(-30)}}","DeviceAt":"{{Ago(0)}}","Result":"Safe"}""", 422, "DeviceAt");
        await village.RefusedAsync("Inspections", $$"""{"HazardId":"{{water}}","At":"{{Ago(-48)}}","Result":"Safe"}""", 422, "At");
        var seen = await village.MadeAsync("Inspections", Body(water, Ago(-0.05), "\"HasSign\":true"));
        Assert.Equal("FutureClamped", (string)seen["Flags"]!);
        Assert.Equal((string)seen["ReceivedAt"]!, (string)seen["At"]!);
    }

    [Fact]
    public async Task Two_inspections_at_once_of_one_water_end_as_the_newer_saw_it()
    {
        var water = await village.NewWaterAsync();
        await Task.WhenAll(Enumerable.Range(1, 12).Select(i => SeenAsync(water, i, $"\"HasSign\":{(i == 1 ? "true" : "false")}")));
        Assert.StartsWith("true", await OnesAsync(water), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inspection_with_a_defect_opens_its_rectification_in_one_change_set()
    {
        var water = await village.NewWaterAsync();
        var (visit, defect) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (status, text) = await village.PostAsync("$batch", $$$"""
            {"requests":[
             {"id":"1","atomicityGroup":"g","method":"POST","url":"Inspections","headers":{"content-type":"application/json"},
              "body":{"Id":"{{{visit}}}","HazardId":"{{{water}}}","At":"{{{Ago(1)}}}","Result":"Defects","HasRing":false}},
             {"id":"2","atomicityGroup":"g","method":"POST","url":"Rectifications","headers":{"content-type":"application/json"},
              "body":{"Id":"{{{defect}}}","HazardId":"{{{water}}}","InspectionId":"{{{visit}}}","FoundAt":"{{{Ago(1)}}}",
                      "Description":"救生圈缺失","Category":"RescueGear","Severity":"Serious"}}]}
            """);
        Assert.True(status == 200, text);
        var found = await village.GetAsync($"Rectifications({defect})");
        Assert.Equal("Found Assign", $"{found["State"]} {found["NextSteps"]}");
        Assert.Equal(visit, (Guid)found["InspectionId"]!);
        Assert.InRange((DateOnly.Parse((string)found["DueOn"]!, CultureInfo.InvariantCulture).DayNumber
            - DateOnly.FromDateTime(DateTime.UtcNow).DayNumber), 6, 8);
    }
}
