using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Register;

/// <summary>A pond 150 m from a school and another 2 km away, served.</summary>
public sealed class SchoolPond : ServedRegister
{
    protected override string Rule => "2026-1";

    protected override async Task FillAsync()
    {
        await ExecuteAsync("""
            insert into register.divisions (code, name, level, centre, source)
              values ('5326', '文山州', 'Prefecture', 'POINT(104.2 23.4)', 'test');
            insert into register.hazards (id, code, name, kind, shape, division_code, source) values
              ('01900000-0000-7000-8000-000000000001', 'near', '校旁池塘', 'Pond',
              'POLYGON((104.2 23.4, 104.201 23.4, 104.201 23.401, 104.2 23.401, 104.2 23.4))', '5326', 'test'),
              ('01900000-0000-7000-8000-000000000002', 'far', '山后水库', 'Reservoir', 'POINT(104.22 23.41)', '5326', 'test');
            insert into register.facilities (id, code, name, kind, location, division_code, under5, aged_5_to_14, source) values
              ('01900000-0000-7000-8000-00000000000a', 'school', '中心小学', 'School', 'POINT(104.2005 23.4023)', '5326',
                10, 200, 'test');
            """);
        await RiskRun.RunAsync(Database, null, "test", CancellationToken.None);
    }
}

public sealed class HazardEditTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    private const string Near = "/odata/Hazards(01900000-0000-7000-8000-000000000001)";
    private const string Far = "/odata/Hazards(01900000-0000-7000-8000-000000000002)";
    private const string School = "/odata/Facilities(01900000-0000-7000-8000-00000000000a)";

    [Fact]
    public async Task A_fence_lowers_the_risk_in_the_same_answer()
    {
        var before = await GetAsync(Near);
        var answer = await PatchAsync(Near, """{"Access":"Fenced"}""", before.GetProperty("@odata.etag").GetString());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var after = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(after.GetProperty("RiskScore").GetDouble() < before.GetProperty("RiskScore").GetDouble());
        Assert.Equal(0, (await RiskRun.CheckAsync(register.Database, null, CancellationToken.None)).Different);
    }

    [Fact]
    public async Task A_school_that_moves_rescores_what_it_leaves_and_what_it_reaches()
    {
        var (near, far) = (await ScoreAsync(Near), await ScoreAsync(Far));
        var school = await GetAsync(School);
        var answer = await PatchAsync(School, """{"Location":{"type":"Point","coordinates":[104.2195,23.4102]}}""",
            school.GetProperty("@odata.etag").GetString());
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.True(await ScoreAsync(Near) < near);
        Assert.True(await ScoreAsync(Far) > far);
        Assert.Equal(0, (await RiskRun.CheckAsync(register.Database, null, CancellationToken.None)).Different);
    }

    [Fact]
    public async Task The_explanation_sums_to_the_stored_score()
    {
        var explanation = await GetAsync($"{Far}/HazardMap.ExplainRisk()");
        var sum = explanation.GetProperty("Exposures").EnumerateArray().Sum(e => e.GetProperty("Contribution").GetDouble());
        var stored = await ScoreAsync(Far);
        Assert.InRange(sum, stored * (1 - 1e-9), stored * (1 + 1e-9));
        Assert.Equal(stored, explanation.GetProperty("Score").GetDouble());
    }

    [Fact]
    public async Task A_stale_edit_is_412_even_when_it_changes_nothing()
    {
        var stale = await PatchAsync(Far, """{"Name":"山后水库"}""", "W/\"999\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal(428, (int)(await PatchAsync(Far, """{"Name":"x"}""", null)).StatusCode);
    }

    [Theory]
    [InlineData("""{"RiskScore":1}""", "RiskScore"), InlineData("""{"Version":7}""", "Version"), InlineData("""{"Code":"x"}""", "Code")]
    [InlineData("""{"DepthMetres":-1}""", "DepthMetres"), InlineData("""{"Kind":"Ocean"}""", "Kind"),
        InlineData("""{"Colour":"red"}""", "Colour")]
    [InlineData("""{"DivisionCode":"999999"}""", "DivisionCode"), InlineData("""{"Name":"  "}""", "Name")]
    [InlineData("""{"Shape":{"type":"Polygon","coordinates":[[[104,23],[104.1,23.1],[104.1,23],[104,23.1],[104,23]]]}}""", "Shape")]
    [InlineData("""{"Shape":{"type":"Point","coordinates":[204,23]}}""", "Shape")]
    public async Task A_refused_edit_names_the_property_and_changes_nothing(string body, string property)
    {
        var before = await GetAsync(Near);
        var answer = await PatchAsync(Near, body, before.GetProperty("@odata.etag").GetString());
        var text = await answer.Content.ReadAsStringAsync();
        Assert.InRange((int)answer.StatusCode, 400, 422);
        Assert.Contains(property, text, StringComparison.Ordinal);
        Assert.Equal(before.ToString(), (await GetAsync(Near)).ToString());
    }

    [Fact]
    public async Task A_location_of_a_polygon_can_not_be_moved_alone()
    {
        var answer = await PatchAsync(Near, """{"Location":{"type":"Point","coordinates":[104.3,23.4]}}""",
            (await GetAsync(Near)).GetProperty("@odata.etag").GetString());
        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Contains("Shape", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_location_follows_a_patched_shape_and_history_knows_who()
    {
        var answer = await PatchAsync(Far, """{"Shape":{"type":"LineString","coordinates":[[104.22,23.41],[104.23,23.41]]}}""",
            (await GetAsync(Far)).GetProperty("@odata.etag").GetString());
        var location = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Location").GetProperty("coordinates");
        Assert.Equal((104.225, 23.41), (Math.Round(location[0].GetDouble(), 6), Math.Round(location[1].GetDouble(), 6)));
        Assert.Equal("admin", await register.ScalarAsync<string>("select changed_by from register.change_log where field = 'shape' "
            + "and old_value is not null limit 1"));
    }

    private async Task<JsonElement> GetAsync(string path) => await register.Administrator.GetFromJsonAsync<JsonElement>(path);

    private async Task<double> ScoreAsync(string path) => (await GetAsync(path)).GetProperty("RiskScore").GetDouble();

    private Task<HttpResponseMessage> PatchAsync(string path, string body, string? etag) =>
        register.Administrator.PatchJsonAsync(path, body, etag, withAnswer: true);
}
