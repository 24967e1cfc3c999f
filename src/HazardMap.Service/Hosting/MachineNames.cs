using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace HazardMap.Service.Hosting;

/// <summary>Under which names and addresses this machine can be reached, as they are at the moment.</summary>
internal static class MachineNames
{
    /// <summary>More than these no certificate names: a machine that runs containers may have hundreds.</summary>
    private const int MaximumAddresses = 60;

    /// <summary>
    /// Addresses that other machines can open: IPv4 first, those of the interface with a way out before others; without loopback and
    /// link-local ones.
    /// </summary>
    public static IReadOnlyList<IPAddress> Addresses() =>
        [.. NetworkInterface.GetAllNetworkInterfaces()
            .Where(one => one.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .Select(one => one.GetIPProperties())
            .SelectMany(one => one.UnicastAddresses.Select(unicast => (unicast.Address, HasWayOut: one.GatewayAddresses.Count > 0)))
            .Where(found => IsForOthers(found.Address))
            .OrderBy(found => found.Address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
            .ThenBy(found => found.HasWayOut ? 0 : 1)
            .Select(found => found.Address).Distinct().Take(MaximumAddresses)];

    /// <summary>The host name, and the one by which neighbours find it without a name server (<c>NAME.local</c>).</summary>
    public static IReadOnlyList<string> Names()
    {
        var name = Dns.GetHostName().ToLowerInvariant();
        if (Uri.CheckHostName(name) != UriHostNameType.Dns) return [];
        return name.Contains('.', StringComparison.Ordinal) ? [name] : [name, name + ".local"];
    }

    private static bool IsForOthers(IPAddress address) =>
        !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal && !address.IsIPv6Multicast
        && !(address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..]);
}
