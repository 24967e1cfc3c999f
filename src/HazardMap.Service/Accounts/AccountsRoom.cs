using System.Threading.RateLimiting;
using HazardMap.Service.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace HazardMap.Service.Accounts;

/// <summary>Who is logged in, and the rate at which somebody may try.</summary>
internal static class AccountsRoom
{
    private const int TriesAMinute = 10;

    public static void Add(House house)
    {
        house.Services.AddSingleton<AccountStore>().AddSingleton<TokenCache>();
        house.Services.AddAuthentication(TokenAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null);
        house.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        house.Services.AddRateLimiter(limits => limits
            .AddPolicy("login", http => RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "local",
                _ => new() { PermitLimit = TriesAMinute, Window = TimeSpan.FromMinutes(1) }))
            .RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        house.Routes(SessionEndpoints.MapSession);
    }
}
