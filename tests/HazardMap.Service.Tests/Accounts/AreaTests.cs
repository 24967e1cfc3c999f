using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Accounts;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Accounts;

/// <summary>Two counties with a pond each, and an account that is confined to the first.</summary>
public sealed class TwoCounties : ServedRegister
{
    internal const string East = "0198c0de-0000-7000-8000-00000000000e", West = "0198c0de-0000-7000-8000-00000000000f";

    /// <summary>Sends the token of the account that is confined to 532601.</summary>
    internal HttpClient Confined { get; private set; } = null!;

    protected override Task FillAsync() => ExecuteAsync($"""
        insert into register.divisions (code, name, level, centre, source) values
          ('532601', '文山市', 'County', 'POINT(104.24 23.37)', 'test'), ('532622', '砚山县', 'County', 'POINT(104.33 23.6)', 'test');
        insert into register.hazards (id, code, name, kind, shape, division_code, source) values
          ('{East}', 'H1', '东塘', 'Pond', 'POINT(104.24 23.37)', '532601', 'test'),
          ('{West}', 'H2', '西塘', 'Pond', 'POINT(104.33 23.6)', '532622', 'test');
        """);

    /// <summary>Makes the account and its token.</summary>
    internal async Task ConfineAsync()
    {
        if (Confined is not null) return;
        var token = Secrets.Create();
        await ExecuteAsync($"""
            insert into account.accounts (user_name, display_name, role, area) values ('county', '县级', 'Administrator', '532601');
            insert into account.tokens (hash, account_id, purpose, expires_at)
            select decode('{Convert.ToHexString(Secrets.Hash(token))}', 'hex'), id, 'bearer', now() + interval '1 hour'
            from account.accounts where user_name = 'county';
            """);
        Confined = new HttpClient { BaseAddress = Administrator.BaseAddress };
        Confined.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }
}

/// <summary>Rights are made from an account in one place; what lies outside an account's area is not there for it.</summary>
public sealed class AreaTests(TwoCounties counties) : IClassFixture<TwoCounties>, IAsyncLifetime
{
    public Task InitializeAsync() => counties.ConfineAsync();

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
        Assert.Equal(HttpStatusCode.OK, (await counties.Confined.GetAsync("/odata/RiskRules")).StatusCode);
    }

    [Theory, InlineData("/tiles/hazards.json"), InlineData("/tiles/hazards/6/50/27.mvt"), InlineData("/api/changes"),
        InlineData("/api/status")]
    public async Task What_shows_the_whole_register_is_refused(string path) =>
        Assert.Equal(HttpStatusCode.Forbidden,
            (await counties.Confined.GetAsync(path, HttpCompletionOption.ResponseHeadersRead)).StatusCode);

    [Fact]
    public async Task An_edit_outside_the_area_finds_nothing_and_one_inside_is_signed()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await PatchAsync(TwoCounties.West)).StatusCode);
        Assert.True((await PatchAsync(TwoCounties.East)).IsSuccessStatusCode);
        Assert.Equal("county", await counties.ScalarAsync<string>(
            $"select changed_by from register.history where entity_id = '{TwoCounties.East}' order by id desc limit 1"));
    }

    [Fact]
    public async Task Who_changed_a_water_is_told_within_the_area_only()
    {
        Assert.True((await PatchAsync(TwoCounties.East)).IsSuccessStatusCode);
        Assert.Contains("depth_metres", await AuthorsAsync(TwoCounties.East), StringComparison.Ordinal);
        Assert.Equal("[]", await AuthorsAsync(TwoCounties.West));

        Task<string> AuthorsAsync(string id) => counties.Confined.GetStringAsync($"/api/hazards/{id}/changes?since=0");
    }

    private async Task<string> CodesAsync(string set, string property = "Code")
    {
        var page = await counties.Confined.GetFromJsonAsync<JsonElement>($"/odata/{set}?$select={property}");
        return string.Join(',', page.GetProperty("value").EnumerateArray().Select(row => row.GetProperty(property).GetString()));
    }

    private Task<HttpResponseMessage> PatchAsync(string id) =>
        counties.Confined.PatchJsonAsync($"/odata/Hazards({id})", """{"DepthMetres":2}""");
}
