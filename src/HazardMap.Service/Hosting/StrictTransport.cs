using System.Net;

namespace HazardMap.Service.Hosting;

/// <summary>
/// When browsers are told to come by HTTPS alone (HSTS): over HTTPS, under a name that is ours for good, with a certificate that every
/// browser trusts. Nobody can click past an error once a browser has heard it, so an address, a name of the local network or a root of our
/// own never says it.
/// </summary>
internal static class StrictTransport
{
    // Half a year, this name alone: what else the owner of the domain serves is his affair.
    private const string Policy = "max-age=15552000";

    /// <summary>The header for the answer to a request, or null.</summary>
    public static string? Of(HttpRequest request, HazardMapOptions options)
    {
        if (!request.IsHttps || !IsForGood(request.Host.Host)) return null;
        var host = request.Host.Host;
        var byProxy = options.WayIn.Proxies.Count > 0 && options.WayIn.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);
        var byUs = options.Front.Certificate is { IsTrustedByItself: true } ours && ours.Certificate.MatchesHostname(host);
        return byUs || (options.Front.Certificate is null && byProxy) ? Policy : null;
    }

    private static bool IsForGood(string host) => host.Contains('.', StringComparison.Ordinal) && !IPAddress.TryParse(host, out _)
        && !host.EndsWith(".local", StringComparison.OrdinalIgnoreCase) && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
