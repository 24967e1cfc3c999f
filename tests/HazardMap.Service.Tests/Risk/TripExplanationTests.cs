using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Risk;

/// <summary>Two ponds beside a hamlet of 400 children, scored by rule 2027-1.</summary>
public sealed class HamletPonds : ServedRegister
{
    protected override async Task FillAsync()
    {
        await ExecuteAsync("""
            insert into register.divisions (code, name, level, centre, children, source)
              values ('5326', '文山州', 'Prefecture', 'POINT(104.2 23.4)', 400, 'test');
            insert into register.settlements (code, name, location, division_code, source)
              values ('hamlet', '小寨', 'POINT(104.2 23.4)', '5326', 'test');
            insert into register.hazards (id, code, name, kind, shape, division_code, access, source) values
              ('01900000-0000-7000-8000-000000000001', 'near', '寨门口塘', 'Pond', 'POINT(104.201 23.4)', '5326', 'Open', 'test'),
              ('01900000-0000-7000-8000-000000000002', 'far', '寨后塘', 'Pond', 'POINT(104.198 23.4)', '5326', 'Open', 'test');
            """);
        await RiskRun.RunAsync(Database, "2027-1", "test", CancellationToken.None);
    }
}

/// <summary>What the explanation of a rule of trips tells a screen.</summary>
public sealed class TripExplanationTests(HamletPonds register) : IClassFixture<HamletPonds>
{
    private const string Near = "Hazards(01900000-0000-7000-8000-000000000001)";

    [Fact]
    public async Task It_says_at_which_hours_of_which_days_children_come()
    {
        var trips = (await GetAsync($"{Near}/HazardMap.ExplainRisk(at=2026-08-14T07:00:00Z)")).GetProperty("Trips");
        var when = trips.GetProperty("When");
        var days = when.GetProperty("Days").EnumerateArray().ToDictionary(d => d.GetProperty("Kind").GetString()!,
            d => d.GetProperty("Visits").EnumerateArray().Select(v => v.GetDouble()).ToArray(), StringComparer.Ordinal);
        Assert.Equal("Holiday SchoolDay Weekend", string.Join(' ', days.Keys.Order(StringComparer.Ordinal)));
        Assert.All(days.Values, hours => Assert.Equal(24, hours.Length));
        // Asked about three in the afternoon of a holiday in the peak month: the hour of the list.
        Assert.Equal("Holiday", trips.GetProperty("DayKind").GetString());
        Assert.Equal(days["Holiday"][15], trips.GetProperty("Visits").GetDouble(), 1e-12);
        Assert.True(days["Holiday"][15] > days["Holiday"][9]);
        Assert.Equal(0, days["Holiday"][2]);
        var year = (await GetAsync($"{Near}/HazardMap.ExplainRisk()")).GetProperty("Trips").GetProperty("Visits").GetDouble();
        Assert.Equal(year, days["Holiday"].Sum(), 1e-9);
    }

    [Fact]
    public async Task It_names_a_day_of_each_kind_that_a_month_has()
    {
        var when = (await GetAsync($"{Near}/HazardMap.ExplainRisk(at=2026-08-14T07:00:00Z)")).GetProperty("Trips").GetProperty("When");
        var months = when.GetProperty("Months").EnumerateArray().ToArray();
        Assert.Equal((12, 480, 8),
            (months.Length, when.GetProperty("UtcOffsetMinutes").GetInt32(), when.GetProperty("PeakMonth").GetInt32()));
        Assert.Equal(1, months[7].GetProperty("Multiplier").GetDouble());
        Assert.Equal(JsonValueKind.Null, months[7].GetProperty("SchoolDay").ValueKind);   // August is vacation from end to end
        Assert.Equal("2026-08-15", months[7].GetProperty("Holiday").GetString());
        foreach (var kind in new[] { "SchoolDay", "Weekend", "Holiday" })
        {
            var day = months[4].GetProperty(kind).GetString();   // May has all three
            var asked = await GetAsync($"{Near}/HazardMap.ExplainRisk(at={day}T07:00:00Z)");
            Assert.Equal(kind, asked.GetProperty("Trips").GetProperty("DayKind").GetString());
        }
    }

    [Fact]
    public async Task Measures_speak_of_deaths_and_a_fence_says_where_its_trips_go()
    {
        var whatIf = await GetAsync($"{Near}/HazardMap.WhatIf(Access='Fenced')");
        Assert.All(whatIf.GetProperty("Measures").EnumerateArray(), measure =>
        {
            Assert.Contains("children's deaths expected in 1,000 years)", measure.GetProperty("SentenceEn").GetString(),
                StringComparison.Ordinal);
            Assert.Contains("（每千年预计儿童溺亡 ", measure.GetProperty("SentenceZh").GetString(), StringComparison.Ordinal);
        });
        var moved = whatIf.GetProperty("Displaced");
        var other = Assert.Single(moved.GetProperty("Others").EnumerateArray());
        Assert.Equal("寨后塘", other.GetProperty("Name").GetString());
        var (own, all, gained) = (moved.GetProperty("Own").GetDouble(), moved.GetProperty("All").GetDouble(),
            other.GetProperty("Visits").GetDouble());
        Assert.True(own < all && all < 0 && gained > 0, $"{own} here, {all} in all, {gained} there");
        Assert.Equal(all, own + gained, 1e-9);
    }

    [Fact]
    public async Task The_profile_of_a_rule_of_trips_tells_the_hours_of_each_kind_of_day()
    {
        var profile = await GetAsync("RiskRules('2027-1')/HazardMap.Profile(at=2026-08-14T07:00:00Z)");
        Assert.Equal((8, 480, "Holiday"), (profile.GetProperty("ReferenceMonth").GetInt32(),
            profile.GetProperty("UtcOffsetMinutes").GetInt32(), profile.GetProperty("DayKind").GetString()));
        Assert.Equal(1, profile.GetProperty("Multiplier").GetDouble(), 1e-12);
        Assert.Equal(1, profile.GetProperty("Months")[7].GetProperty("Multiplier").GetDouble());
        var days = profile.GetProperty("Days").EnumerateArray().ToDictionary(d => d.GetProperty("Kind").GetString()!,
            d => d.GetProperty("Multipliers").EnumerateArray().Select(m => m.GetDouble()).ToArray(), StringComparer.Ordinal);
        Assert.Equal((24, 1, 0), (days["Holiday"].Length, days["Holiday"].Max(), days["SchoolDay"][15]));
        Assert.Equal(days["Holiday"], profile.GetProperty("Hours").EnumerateArray().Select(h => h.GetProperty("Multiplier").GetDouble()));
        Assert.Empty((await GetAsync("RiskRules('2026-1')/HazardMap.Profile()")).GetProperty("Days").EnumerateArray());
    }

    [Fact]
    public async Task A_run_by_a_rule_of_trips_may_be_ordered_by_the_API()
    {
        using var ordered = await register.Administrator.PostAsync("/odata/RiskRuns", Json("2027-1"));
        Assert.True(ordered.IsSuccessStatusCode, await ordered.Content.ReadAsStringAsync());
        using var unknown = await register.Administrator.PostAsync("/odata/RiskRuns", Json("2099-1"));
        Assert.Contains("UnknownRule", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        static StringContent Json(string rule) => new($$"""{"Rule":"{{rule}}"}""", System.Text.Encoding.UTF8, "application/json");
    }

    private async Task<JsonElement> GetAsync(string path) => await register.Administrator.GetFromJsonAsync<JsonElement>($"/odata/{path}");
}
