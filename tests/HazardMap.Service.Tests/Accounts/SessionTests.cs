using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Accounts;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Accounts;

public sealed class SessionTests(ServedRegister register) : IClassFixture<ServedRegister>
{
    [Fact]
    public async Task A_stranger_gets_401_in_both_languages()
    {
        var answer = await register.Stranger.GetAsync("/api/session");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.Equal("Unauthorized", error.GetProperty("code").GetString());
        Assert.Contains("请登录", error.GetProperty("details")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/odata/Hazards"), InlineData("/api/status"), InlineData("/tiles/hazards.json"), InlineData("/nothing/here")]
    public async Task No_door_stands_open(string path) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await register.Stranger.GetAsync(path)).StatusCode);

    [Fact]
    public async Task The_administrators_token_logs_in()
    {
        var session = await register.Administrator.GetFromJsonAsync<JsonElement>("/api/session");
        Assert.Equal("admin", session.GetProperty("user").GetString());
    }

    [Fact]
    public async Task A_made_up_token_is_401()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/session");
        request.Headers.Authorization = new("Bearer", Secrets.Create());
        Assert.Equal(HttpStatusCode.Unauthorized, (await register.Stranger.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_login_link_works_once_and_its_cookie_logs_in()
    {
        var code = await register.Service<AccountStore>().CreateLoginCodeAsync(CancellationToken.None);
        var first = await register.Stranger.GetAsync($"/login?code={code}");
        Assert.Equal((HttpStatusCode.Redirect, "/"), (first.StatusCode, first.Headers.Location!.ToString()));
        var cookie = first.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await SendWithCookieAsync(HttpMethod.Get, cookie)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await register.Stranger.GetAsync($"/login?code={code}")).StatusCode);
    }

    [Fact]
    public async Task A_cookie_alone_can_not_write_and_log_out_ends_the_session()
    {
        var code = await register.Service<AccountStore>().CreateLoginCodeAsync(CancellationToken.None);
        var cookie = (await register.Stranger.GetAsync($"/login?code={code}")).Headers.GetValues("Set-Cookie").Single();
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendWithCookieAsync(HttpMethod.Delete, cookie)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await SendWithCookieAsync(HttpMethod.Delete, cookie, csrf: true)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendWithCookieAsync(HttpMethod.Get, cookie)).StatusCode);
    }

    [Fact]
    public async Task A_password_logs_in_and_a_wrong_one_does_not()
    {
        await register.Service<AccountStore>().SetPasswordAsync("admin", Passwords.Hash("水深危险 2026"), CancellationToken.None);
        var right = await register.Stranger.PostAsJsonAsync("/api/session", new { user = "admin", password = "水深危险 2026" });
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.False(string.IsNullOrEmpty((await right.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()));
        var wrong = await register.Stranger.PostAsJsonAsync("/api/session", new { user = "admin", password = "guess" });
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
    }

    [Fact]
    public async Task No_secret_is_stored_as_it_is()
    {
        var stored = await register.ScalarAsync<string>("select string_agg(t::text, ' ') from account.tokens t");
        Assert.DoesNotContain(register.Token, stored!, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SendWithCookieAsync(HttpMethod method, string cookie, bool csrf = false)
    {
        var request = new HttpRequestMessage(method, "/api/session");
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        if (csrf)
            request.Headers.Add(TokenAuthentication.CsrfHeader, "1");
        return register.Stranger.SendAsync(request);
    }
}
