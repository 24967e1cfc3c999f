using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using HazardMap.Service.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;

namespace HazardMap.Service.Accounts;

/// <summary>Who is logged in, and the rate at which somebody may try.</summary>
internal static class AccountsRoom
{
    private const int TriesAMinute = 10;

    public static void Add(House house)
    {
        house.Services.AddSingleton<AccountStore>().AddSingleton<TokenCache>().AddSingleton<LockOut>();
        house.Services.AddAuthentication(TokenAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null);
        house.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        house.Services.AddRateLimiter(limits => limits
            .AddPolicy("login", http => RateLimitPartition.GetFixedWindowLimiter(
                Sender(http.Connection.RemoteIpAddress), _ => new() { PermitLimit = TriesAMinute, Window = TimeSpan.FromMinutes(1) }))
            .OnRejected = TooManyTriesAsync);
        AccountSets.Describe(house.Model);
        house.Routes(SessionEndpoints.MapSession);
    }

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
