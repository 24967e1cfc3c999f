using System.Net.Http.Headers;
using HazardMap.Service.Accounts;

namespace HazardMap.Service.Tests.Worlds;

/// <summary>Accounts in a served register.</summary>
internal static class AccountsOfWorlds
{
    /// <summary>Makes an account with these roles and returns a client that sends its token.</summary>
    public static async Task<HttpClient> AccountAsync(
        this ServedRegister register, string name, params (string Role, string? Area)[] grants)
    {
        var token = Secrets.Create();
        await register.ExecuteAsync("insert into account.accounts (user_name, display_name) values ($1, $1)", name);
        foreach (var (role, area) in grants)
        {
            await register.ExecuteAsync("insert into account.grants (account, role, area) values ($1, $2, nullif($3, ''))",
                name, role, area ?? "");
        }
        await register.ExecuteAsync("""
            insert into account.tokens (hash, account_id, purpose, expires_at)
            select $2, id, 'bearer', now() + interval '1 hour' from account.accounts where user_name = $1
            """, name, Secrets.Hash(token));
        var client = new HttpClient { BaseAddress = register.Administrator.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
