using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Responsibility;

/// <summary>Two ponds and a pool; 老李 answers for all three, 小王 for one of them too.</summary>
public sealed class ThreeSites : ServedRegister
{
    internal const string Li = "0198c0de-0000-7000-8000-000000000001", Wang = "0198c0de-0000-7000-8000-000000000002";

    protected override Task FillAsync() => ExecuteAsync($"""
        insert into register.divisions (code, name, level, centre, source) values
          ('532601', '文山市', 'County', 'POINT(104.24 23.37)', 'test'), ('532622', '砚山县', 'County', 'POINT(104.33 23.6)', 'test');
        insert into register.hazards (code, name, kind, shape, division_code, source) values
          ('H1', '东塘', 'Pond', 'POINT(104.24 23.37)', '532601', 'test'),
          ('H2', '南塘', 'Pond', 'POINT(104.25 23.36)', '532601', 'test');
        insert into register.facilities (code, name, kind, location, division_code, source) values
          ('F1', '泳池', 'SwimmingPool', 'POINT(104.24 23.37)', '532601', 'test');
        insert into register.people (id, name, division_code, source) values
          ('{Li}', '老李', '532601', 'test'), ('{Wang}', '小王', '532601', 'test');
        """);

    /// <summary>Posts as they are before each test.</summary>
    internal Task PostsAsync() => ExecuteAsync($"""
        delete from register.responsibilities;
        insert into register.responsibilities (person_id, hazard_id, role, valid_from, source)
          select '{Li}', id, 'Warden', '2026-01-01', 'test' from register.hazards where code in ('H1', 'H2');
        insert into register.responsibilities (person_id, facility_id, role, valid_from, valid_to, source)
          select '{Li}', id, 'Rescuer', '2027-06-01', '2027-09-01', 'test' from register.facilities;
        insert into register.responsibilities (person_id, hazard_id, role, valid_from, source)
          select '{Wang}', id, 'Warden', '2026-03-01', 'test' from register.hazards where code = 'H2';
        """);

    internal Task<string?> PostsOfAsync(string person) => ScalarAsync<string>("""
        select string_agg(concat_ws(' ', code, role, valid_from, valid_to), ', ' order by code, valid_from)
        from register.responsibilities
        join (select id, code from register.hazards union all select id, code from register.facilities) sites (id, code)
          on sites.id in (hazard_id, facility_id)
        where person_id = $1::uuid
        """, person);
}

/// <summary>All sites of a person are another's from a day on.</summary>
public sealed class HandOverTests(ThreeSites sites) : IClassFixture<ThreeSites>, IAsyncLifetime
{
    public Task InitializeAsync() => sites.PostsAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_began_ends_on_the_day_what_has_not_begun_changes_hands_and_nothing_is_doubled()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await HandOverAsync(sites.Administrator, ThreeSites.Wang, "2027-01-01")).StatusCode);
        Assert.Equal("H1 Warden 2026-01-01 2027-01-01, H2 Warden 2026-01-01 2027-01-01", await sites.PostsOfAsync(ThreeSites.Li));
        Assert.Equal("F1 Rescuer 2027-06-01 2027-09-01, H1 Warden 2027-01-01, H2 Warden 2026-03-01",
            await sites.PostsOfAsync(ThreeSites.Wang));
        Assert.Equal("admin", await sites.ScalarAsync<string>("""
            select distinct changed_by from register.history where entity = 'Responsibilities' and operation = 'update'
            """));
    }

    [Fact]
    public async Task Handed_over_twice_there_is_nothing_left()
    {
        await HandOverAsync(sites.Administrator, ThreeSites.Wang, "2027-01-01");
        await IsRefusedAsync("NothingToHandOver", ThreeSites.Wang, "2027-01-01");
    }

    [Theory]
    [InlineData("SamePerson", ThreeSites.Li, "2027-01-01")]
    [InlineData("UnknownPerson", "0198c0de-0000-7000-8000-000000000009", "2027-01-01")]
    [InlineData("BadRequest", "nobody", "2027-01-01"), InlineData("BadRequest", ThreeSites.Wang, "next week")]
    public Task What_cannot_be_is_refused_in_both_languages(string code, string to, string on) => IsRefusedAsync(code, to, on);

    [Fact]
    public async Task Sites_beyond_one_s_area_are_not_handed_over_and_none_of_the_others_either()
    {
        await sites.ExecuteAsync("update register.hazards set division_code = '532622' where code = 'H2'");
        await sites.ExecuteAsync(
            "update register.responsibilities set division_code = '532622' from register.hazards h where h.id = hazard_id and code = 'H2'");
        using var clerk = await sites.AccountAsync("clerk-of-one-county", ("Clerk", "532601"));
        Assert.Equal(HttpStatusCode.Forbidden, (await HandOverAsync(clerk, ThreeSites.Wang, "2027-01-01")).StatusCode);
        Assert.Contains("H1 Warden 2026-01-01,", await sites.PostsOfAsync(ThreeSites.Li), StringComparison.Ordinal);
        await sites.ExecuteAsync("update register.hazards set division_code = '532601' where code = 'H2'");
    }

    [Fact]
    public async Task Gaps_overload_and_double_posts_of_a_day_are_told()
    {
        await sites.ExecuteAsync($"""
            insert into register.responsibilities (person_id, hazard_id, role, valid_from, source)
            select p::uuid, id, 'Owner', '2026-01-01', 'test'
            from register.hazards, unnest(array['{ThreeSites.Li}', '{ThreeSites.Wang}']) p where code = 'H1'
            """);
        var report = await ReportAsync("2026-02-01", 1);
        Assert.Equal((2, 2), (report.GetProperty("Waters").GetInt32(), report.GetProperty("WatersWithGaps").GetInt32()));
        Assert.Equal("H1: Leader; H2: Leader,Owner", string.Join("; ", report.GetProperty("Gaps").EnumerateArray().Select(gap =>
            $"{gap.GetProperty("Code")}: {string.Join(',', gap.GetProperty("Missing").EnumerateArray().Select(x => x.GetString()))}")));
        var loaded = Assert.Single(report.GetProperty("Overloaded").EnumerateArray());
        Assert.Equal(("老李", 2), (loaded.GetProperty("Name").GetString(), loaded.GetProperty("Sites").GetInt32()));
        Assert.Equal(("Owner", 2), Assert.Single(report.GetProperty("DoublePosts").EnumerateArray()) is var post
            ? (post.GetProperty("Role").GetString(), post.GetProperty("People").GetInt32()) : default);
        Assert.Equal(3, (await ReportAsync("2025-01-01", 1)).GetProperty("Gaps")[0].GetProperty("Missing").GetArrayLength());
    }

    private Task<JsonElement> ReportAsync(string on, int most) => sites.Administrator.GetFromJsonAsync<JsonElement>(
        $"/odata/Divisions('532601')/HazardMap.Duties(on={on},most={most})");

    private static Task<HttpResponseMessage> HandOverAsync(HttpClient by, string to, string on) =>
        by.PostAsJsonAsync($"/odata/People({ThreeSites.Li})/HazardMap.HandOver", new { To = to, On = on }, JsonSerializerOptions.Default);

    private async Task IsRefusedAsync(string code, string to, string on)
    {
        var answer = await HandOverAsync(sites.Administrator, to, on);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal("zh", error.GetProperty("details")[0].GetProperty("code").GetString());
    }
}
