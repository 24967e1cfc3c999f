using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HazardMap.Service.Hosting;

/// <summary>Where <c>up</c> listens: what was asked for or a refusal, else 8080 or the next free port.</summary>
internal static class ListenAddress
{
    private const int Preferred = 8080;

    /// <summary>The address to give to the web server.</summary>
    public static string Of(int? asked) => "http://127.0.0.1:" + Port(asked).ToString(CultureInfo.InvariantCulture);

    private static int Port(int? asked)
    {
        if (asked is { } port)
            return port == 0 || IsFree(port) ? port : throw Taken(port);
        return Enumerable.Range(Preferred, 100).Where(IsFree).Select(p => (int?)p).FirstOrDefault() ?? 0;
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true); // as the web server does
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            probe.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static RefusalException Taken(int port) => new("PortTaken",
        $"Port {port} of 127.0.0.1 is in use or not allowed. Name another with --port N, or leave the option out to take a free one.",
        $"127.0.0.1 的端口 {port} 已被占用或不允许使用。请用 --port N 指定其他端口，"
            + "或省略该选项自动选择空闲端口。", "--port");
}
