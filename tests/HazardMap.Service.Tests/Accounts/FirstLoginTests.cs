using System.Net;
using HazardMap.Service.Accounts;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Accounts;

/// <summary>Nobody has a default password: a one-time code lets a person set one, once.</summary>
public sealed class FirstLoginTests(ServedRegister register) : IClassFixture<ServedRegister>
{
    private const string Chosen = "船 灯 稻田 梯子";

    [Fact]
    public async Task A_one_time_code_sets_the_password_and_logs_in_once()
    {
        var (person, code) = await NewcomerAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await LogInAsync(person, Chosen)).StatusCode);
        var answer = await FirstAsync(person, code.ToLowerInvariant(), Chosen);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await person.TakeAsync(answer);
        Assert.Equal(person.Name, (await person.JsonAsync("/api/session")).GetProperty("user").GetString());
        Assert.Equal((HttpStatusCode.Unauthorized, "WrongOneTimeCode"), await Person.ErrorAsync(await FirstAsync(person, code, Chosen)));
        Assert.Equal(HttpStatusCode.OK, (await LogInAsync(person, Chosen)).StatusCode);
    }

    [Theory]
    [InlineData("kurz", "BadPassword"), InlineData("password", "CommonPassword"), InlineData("88888888", "CommonPassword")]
    [InlineData("abcdefgh", "CommonPassword"), InlineData("woaini1314", "CommonPassword"), InlineData("NAME", "PasswordIsName")]
    public async Task A_password_that_would_be_tried_first_is_refused_and_the_code_is_not_spent(string password, string reason)
    {
        var (person, code) = await NewcomerAsync();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, reason),
            await Person.ErrorAsync(await FirstAsync(person, code, password == "NAME" ? person.Name.ToUpperInvariant() : password)));
        Assert.Equal(HttpStatusCode.OK, (await FirstAsync(person, code, Chosen)).StatusCode);
    }

    [Fact]
    public async Task A_code_of_another_account_an_old_one_and_one_of_a_disabled_account_are_refused()
    {
        var ((one, ofOne), (other, ofOther), (late, ofLate)) = (await NewcomerAsync(), await NewcomerAsync(), await NewcomerAsync());
        await register.ExecuteAsync("""
            update account.login_codes c set expires_at = now() - interval '1 second' from account.accounts a
            where a.id = c.account_id and a.user_name = $1
            """, late.Name);
        await register.ExecuteAsync("update account.accounts set disabled_at = now() where user_name = $1", other.Name);
        foreach (var (person, code) in new[] { (one, ofOther), (late, ofLate), (other, ofOther), (one, "0000-0000-0000-0000"), (one, "") })
            Assert.Equal((HttpStatusCode.Unauthorized, "WrongOneTimeCode"), await Person.ErrorAsync(await FirstAsync(person, code,
                Chosen)));
        Assert.Equal(HttpStatusCode.OK, (await FirstAsync(one, ofOne, Chosen)).StatusCode);
    }

    [Fact]
    public async Task A_code_of_a_first_log_in_is_no_login_link()
    {
        var (_, code) = await NewcomerAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await register.Stranger.GetAsync($"/login?code={code}")).StatusCode);
    }

    [Fact]
    public async Task Guessing_codes_of_one_account_from_many_addresses_is_locked_out()
    {
        var (person, code) = await NewcomerAsync();
        for (var n = 0; n < LockOut.Tries; n++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await FirstAsync(person, ReadableCode.Create(), Chosen)).StatusCode);
        Assert.Equal((HttpStatusCode.TooManyRequests, "TooManyTries"), await Person.ErrorAsync(await FirstAsync(person, code, Chosen)));
    }

    private async Task<(Person Person, string Code)> NewcomerAsync()
    {
        var person = await Person.OfAsync(register);
        await register.ExecuteAsync("update account.accounts set password_hash = null where user_name = $1", person.Name);
        var code = ReadableCode.Create();
        await register.ExecuteAsync("""
            insert into account.login_codes (hash, account_id, purpose, expires_at)
            select $2, id, 'FirstLogin', now() + interval '1 day' from account.accounts where user_name = $1
            """, person.Name, ReadableCode.Hash(code));
        return (person, code);
    }

    // Each from another address, as the tries of one are counted too.
    private Task<HttpResponseMessage> FirstAsync(Person person, string oneTimeCode, string password) =>
        new Person(register.FromElsewhere(), person.Name).PostAsync("/api/account/first", new { user = person.Name, oneTimeCode,
            password });

    private static Task<HttpResponseMessage> LogInAsync(Person person, string password) =>
        person.PostAsync("/api/session", new { user = person.Name, password });
}
