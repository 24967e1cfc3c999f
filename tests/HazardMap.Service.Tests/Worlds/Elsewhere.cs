using System.Net;
using System.Net.Sockets;

namespace HazardMap.Service.Tests.Worlds;

/// <summary>Somebody at another address of this machine (127.0.0.0/8), for what is counted by address.</summary>
internal static class Elsewhere
{
    /// <summary>A client without a token whose connections come from that address.</summary>
    public static HttpClient Client(Uri service, string address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false,
        ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = service };
}
