using System.Globalization;
using System.Text.Json.Nodes;

namespace HazardMap.Service.Tests.Field;

/// <summary>When waters are due, by the rhythm of their level; what is overdue, and for whom.</summary>
public sealed class DueTests(PondVillage village) : IClassFixture<PondVillage>
{
    // Local time of the rhythm's zone, China's.
    [Theory]
    [InlineData("Red", "2026-07-01 09:00", "2026-07-01 14:30")]     // before noon's round
    [InlineData("Red", "2026-07-01 12:00", "2026-07-01 19:30")]     // within it: dusk is next
    [InlineData("Red", "2026-07-01 15:00", "2026-07-01 19:30")]
    [InlineData("Red", "2026-07-01 18:00", "2026-07-02 14:30")]
    [InlineData("Red", "2026-05-31 20:00", "2026-06-01 14:30")]     // the season begins
    [InlineData("Red", "2026-09-30 20:00", "2026-10-02 00:00")]     // the season is over: by the end of the next day
    [InlineData("Red", "2026-12-24 09:00", "2026-12-26 00:00")]
    [InlineData("Orange", "2026-07-01 09:00", "2026-07-03 00:00")]
    [InlineData("Yellow", "2026-07-01 09:00", "2026-07-09 00:00")]
    [InlineData("Blue", "2026-01-31 23:30", "2026-03-01 00:00")]    // February has 28 days
    [InlineData("Blue", "2026-07-15 09:00", "2026-08-16 00:00")]
    public async Task A_water_is_due_by_the_rhythm_of_its_level(string level, string visited, string due)
    {
        var water = await village.NewWaterAsync(level);
        await village.ExecuteAsync(
            "update register.hazards set last_inspected_at = $2::timestamp at time zone 'Asia/Shanghai' where id = $1", water,
            DateTime.Parse(visited, CultureInfo.InvariantCulture));
        var told = (DateTimeOffset)(await village.GetAsync($"Hazards({water})?$select=NextInspectionDueAt"))["NextInspectionDueAt"]!;
        Assert.Equal(due, told.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_changed_level_changes_the_due_date_in_the_same_moment_and_what_is_closed_is_not_due()
    {
        var water = await village.NewWaterAsync("Blue");
        await village.ExecuteAsync("update register.hazards set last_inspected_at = now() where id = $1", water);
        Assert.True(await DueInDaysAsync(water) > 25);
        await village.ExecuteAsync("update register.hazard_risks set level = 'Orange' where hazard_id = $1", water);
        Assert.True(await DueInDaysAsync(water) < 3);
        foreach (var status in new[] { "Closed", "Filled" })
        {
            await village.ExecuteAsync("update register.hazards set status = $2 where id = $1", water, status);
            Assert.Null((await village.GetAsync($"Hazards({water})"))["NextInspectionDueAt"]);
        }
    }

    [Fact]
    public async Task What_is_overdue_is_listed_with_who_is_to_look_and_asked_for_by_person_and_area()
    {
        var water = await village.NewWaterAsync("Orange");
        await village.ExecuteAsync("update register.hazards set last_inspected_at = now() - interval '4 days' where id = $1", water);
        var (inspector, warden) = (await village.PersonAsync("township clerk"), await village.PersonAsync("villager"));
        foreach (var (person, role) in new[] { (inspector, "Inspector"), (warden, "Warden") })
            await village.MadeAsync("Responsibilities",
                $$"""{"PersonId":"{{person}}","HazardId":"{{water}}","Role":"{{role}}","ValidFrom":"2020-01-01"}""");
        foreach (var filter in new[]
            { $"PersonId eq {inspector}", $"WardenId eq {warden}", $"HazardId eq {water} and startswith(DivisionCode,'5326')" })
        {
            var rows = await village.GetAsync($"Overdue?$filter={filter}&$expand=Hazard($select=Code),Person($select=Name)");
            var row = rows["value"]!.AsArray().Single(x => (Guid)x!["HazardId"]! == water)!;
            Assert.Equal(("Orange", "township clerk"), ((string)row["RiskLevel"]!, (string)row["Person"]!["Name"]!));
            Assert.InRange((double)row["HoursOverdue"]!, 47, 73);
        }
        Assert.Empty((await village.GetAsync($"Overdue?$filter=PersonId eq {Guid.NewGuid()}"))["value"]!.AsArray());
        await village.MadeAsync("Inspections",
            $$"""{"HazardId":"{{water}}","At":"{{DateTime.UtcNow.AddMinutes(-1):O}}","Result":"Safe"}""");
        Assert.Empty((await village.GetAsync($"Overdue?$filter=HazardId eq {water}"))["value"]!.AsArray());
    }

    [Fact]
    public async Task All_as_before_is_one_tap_for_blue_waters_with_position_many_at_once_each_an_inspection()
    {
        var (first, second) = (await village.NewWaterAsync("Blue"), await village.NewWaterAsync("Blue"));
        await village.ExecuteAsync("update register.hazards set has_sign = true, has_ring = false where id = $1", first);
        const string Body = """{"Longitude":104.2005,"Latitude":23.4005,"AccuracyMetres":9}""";
        static string Part(int id, Guid water, string body) => $$$"""
            {"id":"{{{id}}}","atomicityGroup":"g","method":"POST","url":"Hazards({{{water}}})/HazardMap.AllAsBefore",
             "headers":{"content-type":"application/json"},"body":{{{body}}}}
            """;
        var (status, text) = await village.PostAsync("$batch", $$"""{"requests":[{{Part(1, first, Body)}},{{Part(2, second, Body)}}]}""");
        Assert.True(status == 200 && JsonNode.Parse(text)!["responses"]!.AsArray().All(x => (int)x!["status"]! == 204), text);
        var seen = (await village.GetAsync($"Inspections?$filter=HazardId eq {first}"))["value"]!.AsArray().Single()!;
        Assert.Equal("Safe true false  0",
            $"{seen["Result"]} {seen["HasSign"]} {seen["HasRing"]} {seen["HasRope"]} {seen["MetresFromShape"]}");
        Assert.True(await DueInDaysAsync(second) > 25);
        var red = await village.WaterAsync("red");
        await village.RefusedAsync($"Hazards({red})/HazardMap.AllAsBefore", Body, 422, "red is not a blue water");
        await village.RefusedAsync($"Hazards({first})/HazardMap.AllAsBefore", "{}", 422, "Longitude");
    }

    private async Task<double> DueInDaysAsync(Guid water) =>
        ((DateTimeOffset)(await village.GetAsync($"Hazards({water})"))["NextInspectionDueAt"]! - DateTimeOffset.UtcNow).TotalDays;
}
