using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using HazardMap.Service.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;

namespace HazardMap.Service.Accounts;

/// <summary>Who is logged in, on which devices, and the rate at which somebody may try.</summary>
internal static class AccountsRoom
{
    // A refresh token can't be guessed: many phones behind one address may come back at once.
    private const int TriesAMinute = 10, RefreshesAMinute = 120;

    public static void Add(House house)
    {
        Devices.Describe(house.Model);
        house.Services.AddSingleton<AccountStore>().AddSingleton<TokenCache>().AddSingleton<LockOut>().AddSingleton<SessionStore>()
            .AddSingleton<SecondFactors>().AddSingleton<Logins>().AddSingleton<LoginWatch>();
        house.Services.AddAuthentication(TokenAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null);
        house.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        house.Services.AddRateLimiter(limits => limits
            .AddPolicy("login", http => PerMinute(http, TriesAMinute))
            .AddPolicy("refresh", http => PerMinute(http, RefreshesAMinute))
            .OnRejected = TooManyTriesAsync);
        AccountSets.Describe(house.Model);
        house.Routes(SessionEndpoints.MapSession);
        house.Routes(AccountEndpoints.MapAccount);
    }

    private static RateLimitPartition<string> PerMinute(HttpContext http, int tries) => RateLimitPartition.GetFixedWindowLimiter(
        Sender(http.Connection.RemoteIpAddress), _ => new() { PermitLimit = tries, Window = TimeSpan.FromMinutes(1) });

    // Who has one address of version 6 has the 2^64 beside it.
    private static string Sender(IPAddress? address) =>
        address is null ? "local"
        : address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();

    private static async ValueTask TooManyTriesAsync(OnRejectedContext rejected, CancellationToken stop)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : TimeSpan.FromMinutes(1);
        await SessionEndpoints.WriteTooManyTriesAsync(rejected.HttpContext, wait, "from this address", "该地址");
    }
}
