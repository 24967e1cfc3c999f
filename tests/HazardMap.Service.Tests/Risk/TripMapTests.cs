using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Database;
using HazardMap.Service.Tests.Tiles;

namespace HazardMap.Service.Tests.Risk;

/// <summary>What maps show of a rule of trips: the hour, the second colour, and how well homes are known.</summary>
public sealed class TripMapTests(HamletPonds register) : IClassFixture<HamletPonds>
{
    private const string Near = "Hazards(01900000-0000-7000-8000-000000000001)";

    [Fact]
    public async Task A_tile_carries_the_visits_of_every_hour_of_every_kind_of_day()
    {
        var hours = (await AboutAsync()).GetProperty("hours");
        var letters = hours.GetProperty("letters").GetString()!;
        var (x, y, _, _) = ValleyOfWaters.Locate(104.201, 23.4, 12);
        var tile = await register.Administrator.GetByteArrayAsync(new Uri($"/tiles/visits/12/{x}/{y}.mvt", UriKind.Relative));
        var near = VectorTile.Read(tile, "visits").MaxBy(f => f.Vertices[0].X)!;
        var when = (await GetAsync($"{Near}/HazardMap.ExplainRisk()")).GetProperty("Trips").GetProperty("When");
        var isSomebody = false;
        foreach (var day in when.GetProperty("Days").EnumerateArray())
            foreach (var (hour, visits) in day.GetProperty("Visits").EnumerateArray().Select((v, hour) => (hour, v.GetDouble())))
            {
                var way = hours.GetProperty("of").GetProperty(day.GetProperty("Kind").GetString()!)[hour].GetInt32();
                var place = way < 0 ? 0 : letters.IndexOf(near.Text("hours")[way], StringComparison.Ordinal);
                var told = (place == 0 ? 0 : Math.Pow(2, (place - 1) / 4.0) / 10_000) * hours.GetProperty("hours")[hour].GetDouble();
                // A letter is a quarter of a doubling, told by its lower end; less than one visit in ten thousand is nobody.
                Assert.InRange(told, Math.Max(0, visits / 1.19 - 0.0001), visits * (1 + 1e-9));
                isSomebody |= told > 0;
            }
        Assert.True(isSomebody);
        Assert.Equal(1, hours.GetProperty("months")[7].GetDouble());
    }

    [Fact]
    public async Task A_water_tells_the_second_colour_that_its_explanation_tells()
    {
        foreach (var water in (await GetAsync("Hazards?$select=Id,OtherLevel,LevelHeld")).GetProperty("value").EnumerateArray())
        {
            var trips = (await GetAsync($"Hazards({water.GetProperty("Id").GetString()})/HazardMap.ExplainRisk()")).GetProperty("Trips");
            Assert.Equal(trips.GetProperty("OtherLevel").GetString(), water.GetProperty("OtherLevel").GetString());
        }
    }

    // Medians and spreads of logarithms; probabilities worked out apart with a table of the normal distribution.
    [Theory]
    [InlineData("Orange", 3.99, 0.8, 0.33, "Red")]     // 0.50 red, 0.31 orange, 0.15 yellow
    [InlineData("Orange", 2.05, 0.3, 0.5, "Yellow")]   // 0.46 yellow, 0.01 red
    [InlineData("Red", 4.1, 0.9, 0.51, "Orange")]      // 0.28 orange, 0.15 yellow
    [InlineData("Blue", 0.9, 0.9, 0.55, "Yellow")]
    [InlineData("Yellow", 1.05, 1.5, 0.19, "Blue")]    // 0.49 blue, 0.19 red
    [InlineData("Red", 9, 0.9, 0.82, null)]            // held firmly
    [InlineData("Blue", 0, 0.9, 0.1, null)]            // nobody comes
    public async Task The_second_colour_is_the_next_most_probable_one(string level, double score, double sigma, double held, string? other)
    {
        var found = await register.Database.ScalarAsync<string>(
            "select register.other_level($1, $2, $3, $4, $5, array[0.6, 1.2816, ln(1), ln(2), ln(4)]::double precision[])",
            CancellationToken.None, level, score, score * Math.Exp(-1.2816 * sigma), score * Math.Exp(1.2816 * sigma), held);
        Assert.Equal(other, found);
    }

    [Fact]
    public async Task Villages_whose_homes_are_not_known_are_counted()
    {
        await using var connection = await register.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        async Task<string> KnownAsync() =>
            (await connection.ScalarAsync<string>("select tiles.homes_known()::text", CancellationToken.None))!;
        Assert.Equal("""{"rough": 0, "unknown": 0, "divisions": 1}""", await KnownAsync());
        await connection.ExecuteAsync("""
            insert into register.divisions (code, name, level, parent_code, centre, children, source) values
              ('532601', '甲', 'County', '5326', 'POINT(104.2 23.4)', 9, 'test'),
              ('532602', '乙', 'County', '5326', 'POINT(104.3 23.4)', null, 'test')
            """, CancellationToken.None);
        Assert.Equal("""{"rough": 0, "unknown": 1, "divisions": 2}""", await KnownAsync());
    }

    [Fact]
    public async Task Rules_say_what_their_scores_are()
    {
        var rules = (await GetAsync("RiskRules?$select=Version,Model")).GetProperty("value").EnumerateArray().ToDictionary(
            r => r.GetProperty("Version").GetString()!, r => r.GetProperty("Model").GetString(), StringComparer.Ordinal);
        Assert.Equal(("Proximity", "Trips", "Trips"), (rules["2026-1"], rules["2027-1"], rules["2027-1-walk"]));
    }

    private async Task<JsonElement> AboutAsync() => await register.Administrator.GetFromJsonAsync<JsonElement>("/tiles/visits.json");

    private async Task<JsonElement> GetAsync(string path) => await register.Administrator.GetFromJsonAsync<JsonElement>($"/odata/{path}");
}
