using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HazardMap.Service.Accounts;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Accounts;

/// <summary>Somebody with an account, at an address of his own; what he sends carries the token of his last log-in.</summary>
internal sealed class Person(HttpClient client, string name)
{
    public const string Password = "水深危险 2026";
    private static int _people;

    public string Name => name;

    public string Token { get; private set; } = "";

    public string RefreshToken { get; private set; } = "";

    public Guid Session { get; private set; }

    /// <summary>An account that has a password already.</summary>
    public static async Task<Person> OfAsync(ServedRegister register, string role = "Administrator", string? area = null)
    {
        var name = $"person{Interlocked.Increment(ref _people)}";
        await register.ExecuteAsync("insert into account.accounts (user_name, display_name) values ($1, $1)", name);
        await register.ExecuteAsync("insert into account.grants (account, role, area) values ($1, $2, $3)", name, role, area);
        await register.Service<AccountStore>().SetPasswordAsync(name, Passwords.Hash(Password), CancellationToken.None);
        return new Person(register.FromElsewhere(), name);
    }

    /// <summary>The same, logged in.</summary>
    public static async Task<Person> InAsync(ServedRegister register)
    {
        var person = await OfAsync(register);
        await person.LogInAsync();
        return person;
    }

    /// <summary>The same person at another device.</summary>
    public async Task<Person> ElsewhereAsync(ServedRegister register, string? code = null)
    {
        var other = new Person(register.FromElsewhere(), name);
        await other.LogInAsync(code: code);
        return other;
    }

    public async Task<JsonElement> LogInAsync(string password = Password, string? code = null, string? device = null, bool keep = false)
    {
        var answer = await PostAsync("/api/session", new { user = name, password, code, device, keep });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await TakeAsync(answer);
    }

    public async Task<JsonElement> TakeAsync(HttpResponseMessage answer)
    {
        var told = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Token = told.GetProperty("token").GetString()!;
        RefreshToken = told.GetProperty("refreshToken").GetString()!;
        Session = told.GetProperty("session").GetGuid();
        return told;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<HttpResponseMessage> DeleteAsync(string path, object? body = null) => SendAsync(HttpMethod.Delete, path, body);

    public async Task<JsonElement> JsonAsync(string path)
    {
        var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Turns the second factor on; its secret, and the recovery codes.</summary>
    public async Task<(byte[] Secret, string[] RecoveryCodes)> EnrolAsync()
    {
        var begun = await (await PostAsync("/api/account/totp")).Content.ReadFromJsonAsync<JsonElement>();
        var secret = FromBase32(begun.GetProperty("secret").GetString()!);
        var confirmed = await PostAsync("/api/account/totp/confirm",
            new { code = Totp.CodeOf(secret, Totp.StepOf(DateTimeOffset.UtcNow) - 1) });
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        var told = await confirmed.Content.ReadFromJsonAsync<JsonElement>();
        return (secret, [.. told.GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!)]);
    }

    /// <summary>The code of an error answer, with its status.</summary>
    public static async Task<(HttpStatusCode Status, string? Code)> ErrorAsync(HttpResponseMessage answer)
    {
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.NotEmpty(error.GetProperty("details")[0].GetProperty("message").GetString()!);
        return (answer.StatusCode, error.GetProperty("code").GetString());
    }

    /// <summary>By the announcement: what is only remembered for five seconds would be let in for longer.</summary>
    public async Task IsSoonOutAsync()
    {
        for (var look = 0; (await GetAsync("/api/session")).StatusCode != HttpStatusCode.Unauthorized; look++)
        {
            Assert.InRange(look, 0, 100);
            await Task.Delay(20);
        }
    }

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (Token.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static byte[] FromBase32(string text)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Select(c => Convert.ToString(alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
