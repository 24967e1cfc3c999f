using System.Net;
using System.Net.Http.Json;
using HazardMap.Service.Accounts;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Accounts;

/// <summary>A session is a log-in on a device: it is seen, goes on by refresh tokens, and what ends it ends all of it at once.</summary>
public sealed class SessionLifeTests(ServedRegister register) : IClassFixture<ServedRegister>
{
    [Fact]
    public async Task A_refresh_token_is_exchanged_once_for_the_next_pair()
    {
        var person = await Person.InAsync(register);
        var (first, session) = (person.RefreshToken, person.Session);
        await person.TakeAsync(await RefreshAsync(first));
        Assert.Equal(session, person.Session);
        Assert.NotEqual(first, person.RefreshToken, StringComparer.Ordinal);
        Assert.Equal(person.Name, (await person.JsonAsync("/api/session")).GetProperty("user").GetString());
        await person.TakeAsync(await RefreshAsync(person.RefreshToken));
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/api/session")).StatusCode);
    }

    [Fact]
    public async Task Reuse_of_a_spent_refresh_token_ends_the_whole_session()
    {
        var person = await Person.InAsync(register);
        var stolen = person.RefreshToken;
        await person.TakeAsync(await RefreshAsync(stolen));
        Assert.Equal((HttpStatusCode.Unauthorized, "WrongRefreshToken"), await Person.ErrorAsync(await RefreshAsync(stolen)));
        await person.IsSoonOutAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(person.RefreshToken)).StatusCode);
    }

    [Theory, InlineData("made up"), InlineData(""), InlineData(null)]
    public async Task What_is_no_refresh_token_is_refused(string? token) =>
        Assert.Equal((HttpStatusCode.Unauthorized, "WrongRefreshToken"), await Person.ErrorAsync(await RefreshAsync(token)));

    [Fact]
    public async Task A_refresh_token_logs_nobody_in_and_a_session_token_refreshes_nothing()
    {
        var person = await Person.InAsync(register);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(person.Token)).StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/session");
        request.Headers.Authorization = new("Bearer", person.RefreshToken);
        Assert.Equal(HttpStatusCode.Unauthorized, (await register.Stranger.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_device_is_seen_by_its_owner_and_ended_at_once()
    {
        var desk = await Person.OfAsync(register);
        await desk.LogInAsync(device: "王五的电脑");
        var phone = await desk.ElsewhereAsync(register);
        var seen = (await desk.JsonAsync("/api/account/sessions")).EnumerateArray().ToList();
        Assert.Equal(2, seen.Count);
        Assert.Equal("王五的电脑", Assert.Single(seen, s => s.GetProperty("isThis").GetBoolean()).GetProperty("device").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await desk.DeleteAsync($"/api/account/sessions/{phone.Session}")).StatusCode);
        await phone.IsSoonOutAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(phone.RefreshToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.DeleteAsync($"/api/account/sessions/{phone.Session}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync("/api/session")).StatusCode);
    }

    [Fact]
    public async Task An_open_stream_ends_with_its_session_and_another_one_goes_on()
    {
        var (desk, other) = (await Person.InAsync(register), await Person.InAsync(register));
        var phone = await desk.ElsewhereAsync(register);
        var (ends, goesOn) = (await phone.GetAsync("/api/changes"), await other.GetAsync("/api/changes"));
        var whole = ends.Content.ReadAsStringAsync();
        await using var open = await goesOn.Content.ReadAsStreamAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await desk.DeleteAsync($"/api/account/sessions/{phone.Session}")).StatusCode);
        // A heartbeat, which would end it too, is twenty seconds away.
        await whole.WaitAsync(TimeSpan.FromSeconds(10));
        await register.ExecuteAsync("select pg_notify('hazardmap_changes', '{\"entity\":\"Hazards\",\"many\":true}')");
        using var lines = new StreamReader(open);
        string? line;
        do line = await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10));
        while (line?.StartsWith("data:", StringComparison.Ordinal) == false);
        Assert.Contains("Hazards", line!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_password_needs_the_old_one_and_ends_every_other_log_in()
    {
        var desk = await Person.InAsync(register);
        var phone = await desk.ElsewhereAsync(register);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "WrongPassword"), await ChangeAsync("another", "无关的四个词 船 灯"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "CommonPassword"), await ChangeAsync(Person.Password, "iloveyou"));
        var changed = await desk.PostAsync("/api/account/password", new { password = Person.Password,
            newPassword = "无关的四个词 船 灯" });
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await phone.IsSoonOutAsync();
        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync("/api/session")).StatusCode);
        await phone.LogInAsync("无关的四个词 船 灯");

        async Task<(HttpStatusCode Status, string? Code)> ChangeAsync(string password, string newPassword) =>
            await Person.ErrorAsync(await desk.PostAsync("/api/account/password", new { password, newPassword }));
    }

    [Fact]
    public async Task A_device_that_stays_logged_in_does_so_for_thirty_days()
    {
        var person = await Person.OfAsync(register);
        var (kept, usual) = (await person.LogInAsync(keep: true), await person.LogInAsync());
        Assert.InRange(kept.GetProperty("expiresAt").GetDateTimeOffset() - DateTimeOffset.UtcNow, TimeSpan.FromDays(29),
            TimeSpan.FromDays(31));
        Assert.InRange(usual.GetProperty("expiresAt").GetDateTimeOffset() - DateTimeOffset.UtcNow, TimeSpan.FromHours(11),
            TimeSpan.FromHours(13));
    }

    [Fact]
    public async Task A_device_s_name_is_one_line_that_can_be_seen()
    {
        var person = await Person.OfAsync(register);
        foreach (var device in new[] { "a\nb", new string('x', 101), "\u200b" })
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "BadDevice"), await Person.ErrorAsync(
                await person.PostAsync("/api/session", new { user = person.Name, password = Person.Password, device })));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Linux; Android 14; V2318A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36",
        "Chrome, Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
        "Safari, iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.47",
        "WeChat, Android")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows")]
    [InlineData("curl/8.5.0", "curl"), InlineData("", "?"), InlineData("\u0001", "?")]
    public void A_browser_is_called_by_its_family(string agent, string family) => Assert.Equal(family, Device.AgentOf(agent));

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24"), InlineData("::ffff:203.0.113.77", "203.0.113.0/24"), InlineData("127.0.0.1",
        "localhost")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48")]
    public void An_address_is_kept_without_what_tells_a_person(string address, string kept) =>
        Assert.Equal(kept, Device.AddressOf(IPAddress.Parse(address)));

    private Task<HttpResponseMessage> RefreshAsync(string? refreshToken) =>
        register.FromElsewhere().PostAsJsonAsync("/api/session/refresh", new { refreshToken });
}
