using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Accounts;
using HazardMap.Service.Tests.Worlds;
using Microsoft.Extensions.Logging.Abstractions;

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
        await AccountAsync("clerk", "水深危险 2026");
        var right = await register.Stranger.PostAsJsonAsync("/api/session", new { user = "clerk", password = "水深危险 2026" });
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.False(string.IsNullOrEmpty((await right.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()));
        var wrong = await register.Stranger.PostAsJsonAsync("/api/session", new { user = "clerk", password = "guess" });
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
    }

    [Fact]
    public async Task Who_guesses_one_account_s_password_from_many_addresses_is_locked_out_and_told_until_when()
    {
        await AccountAsync("guessed", "水深危险 2026");
        await AccountAsync("neighbour", "水深危险 2026");
        for (var n = 1; n <= LockOut.Tries; n++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await LogInAsync($"127.0.7.{n}", "guessed", $"guess {n}")).StatusCode);
        var locked = await LogInAsync("127.0.7.99", "guessed", "水深危险 2026");
        await IsTooManyAsync(locked, "该账户");
        Assert.InRange(locked.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, LockOut.Window.TotalSeconds);
        Assert.Equal(HttpStatusCode.OK, (await LogInAsync("127.0.7.99", "neighbour", "水深危险 2026")).StatusCode);
    }

    [Fact]
    public async Task Who_guesses_from_one_address_is_told_when_to_try_again()
    {
        HttpResponseMessage answer;
        var tries = 0;
        do answer = await LogInAsync("127.0.8.1", $"somebody {tries}", "guess");
        while (answer.StatusCode == HttpStatusCode.Unauthorized && ++tries < 50);
        Assert.InRange(tries, 1, 20);
        await IsTooManyAsync(answer, "该地址");
    }

    [Fact]
    public async Task A_changed_password_ends_sessions_tokens_and_links_at_once()
    {
        var accounts = register.Service<AccountStore>();
        await AccountAsync("mover", "水深危险 2026");
        var session = await (await LogInAsync("127.0.9.1", "mover", "水深危险 2026")).Content.ReadFromJsonAsync<JsonElement>();
        string?[] tokens = [session.GetProperty("token").GetString(), await accounts.IssueTokenAsync("mover", CancellationToken.None)];
        foreach (var token in tokens) Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, token!)).StatusCode);
        Assert.Equal(2, await new AccountStore(register.Database).SetPasswordAsync("mover", Passwords.Hash("另一个密码 2027"),
            CancellationToken.None));
        foreach (var token in tokens)
            await IsSoonRefusedAsync(token!);
        Assert.Equal(HttpStatusCode.OK, (await register.Administrator.GetAsync("/api/session")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await LogInAsync("127.0.9.1", "mover", "另一个密码 2027")).StatusCode);
    }

    [Fact]
    public async Task An_access_token_is_not_logged_out_and_the_way_to_end_it_is_told()
    {
        var answer = await register.Administrator.DeleteAsync("/api/session");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        var remedy = $"./hazardmap token revoke {AccountStore.IdOf(register.Token)}";
        Assert.Contains(remedy, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains(remedy, error.GetProperty("details")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await register.Administrator.GetAsync("/api/session")).StatusCode);
    }

    [Fact]
    public async Task A_token_is_listed_by_a_name_that_opens_nothing_and_revoked_by_it()
    {
        var accounts = register.Service<AccountStore>();
        await AccountAsync("program", "水深危险 2026");
        var token = (await accounts.IssueTokenAsync("program", CancellationToken.None))!;
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, token)).StatusCode);
        var listed = Assert.Single(await accounts.TokensAsync(CancellationToken.None), t => t.Account == "program");
        Assert.Equal((AccountStore.IdOf(token), "bearer"), (listed.Id, listed.Kind));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, listed.Id)).StatusCode);
        Assert.Empty(await accounts.RevokeByIdAsync("00000000", CancellationToken.None));
        Assert.Equal(["program"], await accounts.RevokeByIdAsync(listed.Id, CancellationToken.None));
        await IsSoonRefusedAsync(token);
        Assert.DoesNotContain(await accounts.TokensAsync(CancellationToken.None), t => t.Account == "program");
    }

    [Fact]
    public void A_lock_out_ends_and_is_bounded()
    {
        var clock = new Clock();
        var lockOut = new LockOut(clock, NullLogger<LockOut>.Instance);
        for (var n = 0; n < LockOut.Tries; n++) Assert.Null(lockOut.Begin("a"));
        Assert.Equal(LockOut.Window, lockOut.Begin("a"));
        for (var n = 0; n < 30_000; n++) lockOut.Begin($"name {n}");
        Assert.NotNull(lockOut.Begin("a"));
        clock.Now += LockOut.Window;
        Assert.Null(lockOut.Begin("a"));
        lockOut.Succeeded("a");
        for (var n = 0; n < LockOut.Tries; n++) Assert.Null(lockOut.Begin("a"));
    }

    [Fact]
    public async Task No_secret_is_stored_as_it_is()
    {
        var stored = await register.ScalarAsync<string>("select string_agg(t::text, ' ') from account.tokens t");
        Assert.DoesNotContain(register.Token, stored!, StringComparison.Ordinal);
    }

    private async Task AccountAsync(string name, string password)
    {
        await register.ExecuteAsync("""
            with made as (insert into account.accounts (user_name, display_name) values ($1, $1) returning user_name)
            insert into account.grants (account, role) select user_name, 'Administrator' from made
            """, name);
        await register.Service<AccountStore>().SetPasswordAsync(name, Passwords.Hash(password), CancellationToken.None);
    }

    private async Task<HttpResponseMessage> LogInAsync(string from, string user, string password)
    {
        using var client = Elsewhere.Client(register.Stranger.BaseAddress!, from);
        return await client.PostAsJsonAsync("/api/session", new { user, password });
    }

    private static async Task IsTooManyAsync(HttpResponseMessage answer, string whose)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.Equal("TooManyTries", error.GetProperty("code").GetString());
        Assert.Contains(whose, error.GetProperty("details")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string token)
    {
        var request = new HttpRequestMessage(method, "/api/session");
        request.Headers.Authorization = new("Bearer", token);
        return register.Stranger.SendAsync(request);
    }

    // By the announcement: what is only remembered for five seconds would be let in for longer.
    private async Task IsSoonRefusedAsync(string token)
    {
        for (var look = 0; (await SendAsync(HttpMethod.Get, token)).StatusCode != HttpStatusCode.Unauthorized; look++)
        {
            Assert.InRange(look, 0, 100);
            await Task.Delay(20);
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
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
