using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Accounts;

/// <summary>Two counties with a pond each; who is confined to the eastern one, and who leads both and keeps the eastern.</summary>
public sealed class TwoCounties : ServedRegister
{
    internal const string East = "0198c0de-0000-7000-8000-00000000000e", West = "0198c0de-0000-7000-8000-00000000000f";

    /// <summary>The administrator of 532601.</summary>
    internal HttpClient Confined { get; private set; } = null!;

    /// <summary>Leads all of 5326, keeps the register of 532601.</summary>
    internal HttpClient Leader { get; private set; } = null!;

    /// <summary>Inspects 532601.</summary>
    internal HttpClient Inspector { get; private set; } = null!;

    protected override Task FillAsync() => ExecuteAsync($"""
        insert into register.divisions (code, name, level, centre, parent_code, source) values
          ('5326', '文山州', 'Prefecture', 'POINT(104.3 23.4)', null, 'test'),
          ('532601', '文山市', 'County', 'POINT(104.24 23.37)', '5326', 'test'),
          ('532622', '砚山县', 'County', 'POINT(104.33 23.6)', '5326', 'test');
        insert into register.hazards (id, code, name, kind, shape, division_code, source) values
          ('{East}', 'H1', '东塘', 'Pond', 'POINT(104.24 23.37)', '532601', 'test'),
          ('{West}', 'H2', '西塘', 'Pond', 'POINT(104.33 23.6)', '532622', 'test');
        """);

    /// <summary>Makes the accounts.</summary>
    internal async Task StaffAsync()
    {
        if (Confined is not null) return;
        Confined = await this.AccountAsync("county", ("Administrator", "532601"));
        Leader = await this.AccountAsync("leader", ("Leader", "5326"), ("Clerk", "532601"));
        Inspector = await this.AccountAsync("inspector", ("Inspector", "532601"));
    }
}

/// <summary>Rights are made from an account in one place; what lies outside an account's area is not there for it.</summary>
public sealed class AreaTests(TwoCounties counties) : IClassFixture<TwoCounties>, IAsyncLifetime
{
    private static int _depth;

    public Task InitializeAsync() => counties.StaffAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Only_what_lies_in_the_area_is_there()
    {
        Assert.Equal("H1", await CodesAsync("Hazards"));
        Assert.Equal("532601", await CodesAsync("Divisions"));
        Assert.Equal(HttpStatusCode.NotFound, (await counties.Confined.GetAsync($"/odata/Hazards({TwoCounties.West})")).StatusCode);
    }

    [Fact]
    public async Task What_has_no_division_is_in_nobody_s_area_but_the_rules_are_public()
    {
        Assert.Equal("", await CodesAsync("CoverageRuns", "Name"));
        Assert.NotEmpty(await CodesAsync("RiskRules", "Version"));
    }

    [Theory, InlineData("/api/coverage?kind=School&within=1000"), InlineData("/api/roads")]
    public async Task What_shows_the_whole_register_is_refused(string path) =>
        Assert.Equal(HttpStatusCode.Forbidden,
            (await counties.Confined.GetAsync(path, HttpCompletionOption.ResponseHeadersRead)).StatusCode);

    [Fact]
    public async Task An_edit_outside_the_area_finds_nothing_and_one_inside_is_signed()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await PatchAsync(counties.Confined, TwoCounties.West)).StatusCode);
        Assert.True((await PatchAsync(counties.Confined, TwoCounties.East)).IsSuccessStatusCode);
        Assert.Equal("county", await counties.ScalarAsync<string>(
            $"select changed_by from register.history where entity_id = '{TwoCounties.East}' order by id desc limit 1"));
    }

    [Fact]
    public async Task Who_changed_a_water_is_told_within_the_area_only()
    {
        Assert.True((await PatchAsync(counties.Confined, TwoCounties.East)).IsSuccessStatusCode);
        Assert.Contains("depth_metres", await AuthorsAsync(TwoCounties.East), StringComparison.Ordinal);
        Assert.Equal("[]", await AuthorsAsync(TwoCounties.West));

        Task<string> AuthorsAsync(string id) => counties.Confined.GetStringAsync($"/api/hazards/{id}/changes?since=0");
    }

    [Fact]
    public async Task Who_leads_a_prefecture_and_keeps_a_county_sees_both_and_changes_one()
    {
        Assert.Equal("H1,H2", await CodesAsync(counties.Leader, "Hazards"));
        Assert.True((await PatchAsync(counties.Leader, TwoCounties.East)).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PatchAsync(counties.Leader, TwoCounties.West)).StatusCode);
    }

    [Fact]
    public async Task Nobody_moves_a_water_to_where_he_may_not_change_it()
    {
        var answer = await counties.Leader.PatchJsonAsync($"/odata/Hazards({TwoCounties.East})", """{"DivisionCode":"532622"}""");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("532601", await counties.ScalarAsync<string>(
            $"select division_code from register.hazards where id = '{TwoCounties.East}'"));
    }

    [Fact]
    public async Task An_inspector_tells_how_deep_a_water_is_and_not_what_it_is_called()
    {
        Assert.True((await PatchAsync(counties.Inspector, TwoCounties.East)).IsSuccessStatusCode);
        var renamed = await counties.Inspector.PatchJsonAsync($"/odata/Hazards({TwoCounties.East})", """{"Name":"新名"}""");
        Assert.Equal(HttpStatusCode.Forbidden, renamed.StatusCode);
        var error = (await renamed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.Equal("Name", error.GetProperty("target").GetString());
        Assert.Contains("无权", error.GetProperty("details")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_screen_is_told_what_to_leave_out()
    {
        var session = await counties.Inspector.GetFromJsonAsync<JsonElement>("/api/session");
        var may = session.GetProperty("may").EnumerateArray().Select(x => x.GetString()).ToList();
        Assert.Contains("Hazards.DepthMetres", may, StringComparer.Ordinal);
        Assert.Contains("Inspections.Insert", may, StringComparer.Ordinal);
        Assert.DoesNotContain("Hazards.Update", may, StringComparer.Ordinal);
        Assert.False(session.GetProperty("everywhere").GetBoolean());
        Assert.Equal("Inspector", session.GetProperty("role").GetString());
    }

    [Fact]
    public async Task An_inspector_inspects_in_the_area_only()
    {
        Assert.Equal(HttpStatusCode.Created, (await InspectAsync(TwoCounties.East)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await InspectAsync(TwoCounties.West)).StatusCode); // no such water for him
        Assert.Equal(0, await counties.ScalarAsync<long>(
            $"select count(*) from register.inspections where hazard_id = '{TwoCounties.West}'"));

        Task<HttpResponseMessage> InspectAsync(string id) => counties.Inspector.PostAsJsonAsync("/odata/Inspections",
            new { HazardId = id, At = DateTimeOffset.UtcNow, Result = "Safe" }, JsonSerializerOptions.Default);
    }

    [Fact]
    public async Task An_administrator_of_a_county_gives_roles_there_and_not_beyond()
    {
        await counties.AccountAsync("newcomer");
        Assert.Equal(HttpStatusCode.Created, (await GrantAsync("532601")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await GrantAsync("5326")).StatusCode); // no such division for him
        Assert.Equal(HttpStatusCode.Forbidden, (await GrantAsync(null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await counties.Inspector.PostAsJsonAsync("/odata/Grants",
            new { Account = "newcomer", Role = "Administrator", Area = "532601" }, JsonSerializerOptions.Default)).StatusCode);
        Assert.Equal("532601", await counties.ScalarAsync<string>(
            "select string_agg(area, ',') from account.grants where account = 'newcomer'"));

        Task<HttpResponseMessage> GrantAsync(string? area) => counties.Confined.PostAsJsonAsync("/odata/Grants",
            new { Account = "newcomer", Role = "Clerk", Area = area }, JsonSerializerOptions.Default);
    }

    [Fact]
    public async Task The_last_administrator_of_everything_stays()
    {
        var page = await counties.Administrator.GetFromJsonAsync<JsonElement>("/odata/Grants?$filter=Account eq 'admin'");
        var id = page.GetProperty("value")[0].GetProperty("Id").GetString();
        using var delete = new HttpRequestMessage(HttpMethod.Delete, $"/odata/Grants({id})");
        delete.Headers.TryAddWithoutValidation("If-Match", "*");
        var answer = await counties.Administrator.SendAsync(delete);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("LastAdministrator", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_taken_away_ends_at_once()
    {
        var clerk = await counties.AccountAsync("clerk", ("Clerk", "532601"));
        Assert.Equal("H1", await CodesAsync(clerk, "Hazards"));
        await counties.ExecuteAsync("update account.grants set valid_to = now() where account = 'clerk' and valid_from < now()");
        for (var patience = Stopwatch.StartNew(); await CodesAsync(clerk, "Hazards") != "";) // the announcement is on its way
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(3), "still there after 3 s");
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync("/api/status")).StatusCode);
    }

    private Task<string> CodesAsync(string set, string property = "Code") => CodesAsync(counties.Confined, set, property);

    private static async Task<string> CodesAsync(HttpClient client, string set, string property = "Code")
    {
        var page = await client.GetFromJsonAsync<JsonElement>($"/odata/{set}?$select={property}");
        return string.Join(',', page.GetProperty("value").EnumerateArray().Select(row => row.GetProperty(property).GetString()));
    }

    // Another depth each time, so that it is a change.
    private static Task<HttpResponseMessage> PatchAsync(HttpClient client, string id) =>
        client.PatchJsonAsync($"/odata/Hazards({id})", $$"""{"DepthMetres":{{Interlocked.Increment(ref _depth)}}}""");
}
