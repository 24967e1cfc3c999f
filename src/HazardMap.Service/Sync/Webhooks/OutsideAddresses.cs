using System.Net;
using System.Net.Sockets;

namespace HazardMap.Service.Sync.Webhooks;

/// <summary>
/// Connects to addresses of the world outside only: a webhook must not reach what stands behind the same wall as the service. The
/// address that is looked at is the one that is connected to, whatever a name means a moment later.
/// <c>HAZARDMAP_WEBHOOKS_PRIVATE=1</c> allows all, for a gateway in the same network.
/// </summary>
internal static class OutsideAddresses
{
    public const string Setting = "HAZARDMAP_WEBHOOKS_PRIVATE";

    public static bool AllowsPrivate => Environment.GetEnvironmentVariable(Setting) == "1";

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        var allowed = addresses.Where(x => AllowsPrivate || IsOutside(x)).ToArray();
        if (allowed.Length == 0)
            throw new HttpRequestException($"{context.DnsEndPoint.Host} is an address of this machine or of a private network; "
                + $"{Setting}=1 allows it.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether it is a unicast address of the public internet.</summary>
    public static bool IsOutside(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return false;
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // 2000::/3 is what is given out; of it not 2001:0::/23 and 2002::/16, which lead to other networks, nor examples.
            return (bytes[0] & 0xE0) == 0x20 && !(bytes[0] == 0x20 && bytes[1] == 0x02)
                && !(bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2] & 0xFE) == 0)
                && !(bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == 0xB8);
        }
        return bytes switch
        {
            [0, ..] or [10, ..] or [127, ..] or [>= 224, ..] => false,
            [100, >= 64 and <= 127, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] => false,
            [192, 0, 0 or 2, _] or [198, 18 or 19, ..] or [198, 51, 100, _] or [203, 0, 113, _] => false,
            _ => true,
        };
    }
}
