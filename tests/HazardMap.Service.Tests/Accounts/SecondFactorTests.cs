using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Accounts;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Accounts;

/// <summary>An account with a second factor logs in with password and code; each code is taken once.</summary>
public sealed class SecondFactorTests(ServedRegister register) : IClassFixture<ServedRegister>
{
    [Fact]
    public async Task The_code_is_asked_for_only_after_the_right_password()
    {
        var person = await Person.InAsync(register);
        var (secret, _) = await person.EnrolAsync();
        Assert.Equal((HttpStatusCode.Unauthorized, "WrongCredentials"), await ErrorAsync(person, "wrong password"));
        Assert.Equal((HttpStatusCode.Unauthorized, "CodeNeeded"), await ErrorAsync(person, Person.Password));
        Assert.Equal((HttpStatusCode.Unauthorized, "WrongCode"), await ErrorAsync(person, Person.Password, "000000"));
        await person.LogInAsync(code: CodeOf(secret));
    }

    [Fact]
    public async Task A_code_is_taken_once_and_an_earlier_one_not_after_it()
    {
        var person = await Person.InAsync(register);
        var (secret, _) = await person.EnrolAsync();
        var (now, next) = (CodeOf(secret), CodeOf(secret, 1));
        await person.LogInAsync(code: next);
        Assert.Equal((HttpStatusCode.Unauthorized, "WrongCode"), await ErrorAsync(person, Person.Password, next));
        Assert.Equal((HttpStatusCode.Unauthorized, "WrongCode"), await ErrorAsync(person, Person.Password, now));
    }

    [Fact]
    public async Task Two_who_send_one_code_at_once_are_not_both_let_in()
    {
        var person = await Person.InAsync(register);
        var (secret, recovery) = await person.EnrolAsync();
        foreach (var code in new[] { CodeOf(secret), recovery[0] })
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => register.FromElsewhere().PostAsJsonAsync("/api/session",
                new { user = person.Name, password = Person.Password, code })));
            Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Each_of_ten_recovery_codes_logs_in_once()
    {
        var person = await Person.InAsync(register);
        var (_, codes) = await person.EnrolAsync();
        Assert.Equal(SecondFactors.RecoveryCodes, codes.Distinct(StringComparer.Ordinal).Count());
        await person.LogInAsync(code: codes[3].ToLowerInvariant());
        Assert.Equal((HttpStatusCode.Unauthorized, "WrongCode"), await ErrorAsync(person, Person.Password, codes[3]));
        Assert.Equal(9, (await person.JsonAsync("/api/account")).GetProperty("recoveryCodesLeft").GetInt32());
    }

    [Fact]
    public async Task It_counts_once_it_is_confirmed_and_the_square_says_its_secret()
    {
        var person = await Person.InAsync(register);
        var begun = await (await person.PostAsync("/api/account/totp")).Content.ReadFromJsonAsync<JsonElement>();
        Assert.StartsWith("<svg ", begun.GetProperty("qr").GetString(), StringComparison.Ordinal);
        Assert.Contains($"secret={begun.GetProperty("secret").GetString()}", begun.GetProperty("uri").GetString(),
            StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "WrongCode"),
            await Person.ErrorAsync(await person.PostAsync("/api/account/totp/confirm", new { code = "000000" })));
        await person.LogInAsync();
        await person.EnrolAsync();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "SecondFactorIsOn"),
            await Person.ErrorAsync(await person.PostAsync("/api/account/totp")));
    }

    [Fact]
    public async Task It_is_taken_away_by_password_and_code()
    {
        var person = await Person.InAsync(register);
        var (secret, recovery) = await person.EnrolAsync();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "WrongPassword"), await RemoveAsync("another", CodeOf(secret)));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "WrongCode"), await RemoveAsync(Person.Password, "000000"));
        Assert.Equal(HttpStatusCode.NoContent,
            (await person.DeleteAsync("/api/account/totp", new { password = Person.Password, code = recovery[0] })).StatusCode);
        await person.LogInAsync();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "NoSecondFactor"), await RemoveAsync(Person.Password, null));

        async Task<(HttpStatusCode Status, string? Code)> RemoveAsync(string password, string? code) =>
            await Person.ErrorAsync(await person.DeleteAsync("/api/account/totp", new { password, code }));
    }

    [Fact]
    public async Task No_secret_is_stored_as_it_is_and_the_keys_are_their_owner_s_alone()
    {
        var person = await Person.InAsync(register);
        var (secret, codes) = await person.EnrolAsync();
        var stored = await register.ScalarAsync<string>("""
            select string_agg(f::text, ' ') || string_agg(encode(hash, 'escape'), ' ')
            from account.second_factors f join account.recovery_codes using (account_id)
            """);
        Assert.DoesNotContain(Convert.ToHexString(secret), stored!, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Totp.Text(secret), stored!, StringComparison.Ordinal);
        Assert.All(codes, code => Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), stored!,
            StringComparison.Ordinal));
        Assert.NotEmpty(Directory.GetFiles(register.Keys));
        Assert.All(Directory.GetFiles(register.Keys),
            key => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key)));
    }

    private static string CodeOf(byte[] secret, int stepsAhead = 0) =>
        Totp.CodeOf(secret, Totp.StepOf(DateTimeOffset.UtcNow) + stepsAhead);

    private static async Task<(HttpStatusCode Status, string? Code)> ErrorAsync(Person person, string password, string? code = null) =>
        await Person.ErrorAsync(await person.PostAsync("/api/session", new { user = person.Name, password, code }));
}
