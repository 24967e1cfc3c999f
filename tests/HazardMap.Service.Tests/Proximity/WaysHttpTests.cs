using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Proximity;

/// <summary>The function of a school over HTTP, in a register without roads.</summary>
public sealed class WaysHttpTests(ServedRegister register) : IClassFixture<ServedRegister>
{
    [Fact]
    public async Task A_school_without_roads_says_so_and_a_distance_that_makes_no_sense_is_refused_by_name()
    {
        await register.ExecuteAsync("insert into register.divisions (code, name, level, centre, source) values ('99', 'Here', 'Village', 'point(104 23)', 'test')");
        var id = await register.ScalarAsync<Guid>(
            "insert into register.facilities (code, name, kind, location, division_code, source) values ('s', 's', 'School', 'point(104 23)', '99', 'test') returning id");
        var answer = await register.Administrator.GetFromJsonAsync<JsonElement>($"/odata/Facilities({id})/HazardMap.WayToSchoolHazards(withinMetres=80)");
        Assert.Equal(("NoRoads", 80.0), (answer.GetProperty("State").GetString(), answer.GetProperty("WithinMetres").GetDouble()));
        Assert.Equal(0, answer.GetProperty("Ways").GetArrayLength() + answer.GetProperty("Hazards").GetArrayLength());
        var plain = await register.Administrator.GetFromJsonAsync<JsonElement>($"/odata/Facilities({id})/HazardMap.WayToSchoolHazards()");
        Assert.Equal(50.0, plain.GetProperty("WithinMetres").GetDouble());
        var refused = await register.Administrator.GetAsync($"/odata/Facilities({id})/HazardMap.WayToSchoolHazards(withinMetres=-1)");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("withinMetres", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("target").GetString());
    }
}
