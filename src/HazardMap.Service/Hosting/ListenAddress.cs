using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HazardMap.Service.Hosting;

/// <summary>Which addresses and ports a command listens on: what was asked for, or a refusal before anything else is started.</summary>
internal static class ListenAddress
{
    private const int PreferredPlain = 8080;
    private const int PreferredTls = 8443;

    /// <summary>An address with or without a port, such as <c>0.0.0.0</c>, <c>192.168.1.5:8443</c>, <c>[::]:8443</c>; else null.</summary>
    public static (IPAddress Address, int? Port)? Parse(string text)
    {
        if (AddressOf(text) is { } bare) return (bare, null);
        var colon = text.LastIndexOf(':');
        if (colon < 1 || AddressOf(text[..colon]) is not { } address) return null;
        var bracketed = text[colon - 1] == ']';
        return bracketed == (address.AddressFamily == AddressFamily.InterNetworkV6)
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? (address, port) : null;
    }

    /// <summary>
    /// The endpoints to give to the web server. Nothing named: this machine alone, 8080 (8443 with TLS) or the next free port. An
    /// address for phones keeps its port: what the app keeps on a phone belongs to address and port together.
    /// </summary>
    public static IReadOnlyList<IPEndPoint> Of(IReadOnlyList<string> listen, int? port, bool tls)
    {
        var preferred = tls ? PreferredTls : PreferredPlain;
        if (listen.Count == 0)
        {
            if (port is { } asked) return Free([new(IPAddress.Loopback, asked)]);
            return [new(IPAddress.Loopback, Enumerable.Range(preferred, 100)
                .FirstOrDefault(candidate => WhyNot([new(IPAddress.Loopback, candidate)]) is null))];
        }
        return Free([.. listen.Select(text => Parse(text)!.Value)
            .Select(parsed => new IPEndPoint(parsed.Address, parsed.Port ?? port ?? preferred))]);
    }

    private static IReadOnlyList<IPEndPoint> Free(IReadOnlyList<IPEndPoint> points)
    {
        for (var at = 1; at < points.Count; at++)
            if (points.Take(at).Any(before => Exclude(before, points[at]) || Exclude(points[at], before))) throw Taken(points[at]);
        return WhyNot(points) is { } refusal ? throw refusal : points;
    }

    // Probes that share a port would not notice each other. [::] takes IPv4 too.
    private static bool Exclude(IPEndPoint one, IPEndPoint other) => one.Port != 0 && one.Port == other.Port
        && (one.Address.Equals(other.Address) || one.Address.Equals(IPAddress.IPv6Any)
            || (one.Address.Equals(IPAddress.Any) && other.AddressFamily == AddressFamily.InterNetwork));

    private static RefusalException? WhyNot(IReadOnlyList<IPEndPoint> points)
    {
        var probes = new List<Socket>();
        try
        {
            foreach (var point in points)
            {
                try
                {
                    var probe = new Socket(point.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                    probes.Add(probe);
                    if (point.Address.Equals(IPAddress.IPv6Any)) probe.DualMode = true; // as the web server: IPv4 too
                    probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                    probe.Bind(point);
                    probe.Listen();
                }
                catch (SocketException failed)
                {
                    return Refusal(point, failed);
                }
            }
            return null;
        }
        finally
        {
            probes.ForEach(probe => probe.Dispose());
        }
    }

    private static IPAddress? AddressOf(string text)
    {
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
        var inside = text is ['[', .. var between, ']'] ? between : text;
        // To the parser "[::]:8443" is an address too, without its port.
        if (inside.AsSpan().ContainsAny('[', ']') || !IPAddress.TryParse(inside, out var address)) return null;
        // "8443" and "010.0.0.1" are addresses to the parser, and others than they look.
        return address.AddressFamily == AddressFamily.InterNetworkV6 || (inside.Length == text.Length && address.ToString() == text)
            ? address : null;
    }

    private static RefusalException Refusal(IPEndPoint point, SocketException failed)
    {
        var at = Front.Text(point);
        return failed.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => Taken(point),
            SocketError.AddressNotAvailable => new("AddressNotOurs",
                $"{point.Address} is not an address of this machine. It has {Ours()}; "
                + "0.0.0.0 means every IPv4 address, [::] every address.",
                $"{point.Address} 不是本机地址。本机地址：{Ours()}；"
                + "0.0.0.0 表示全部 IPv4 地址，[::] 表示全部地址。", "--listen"),
            SocketError.AccessDenied => new("PortNotAllowed",
                $"This user may not listen on port {point.Port}: ports below 1024 are root's. Take one above with --port N, such as 8443, "
                + "or grant it: sysctl net.ipv4.ip_unprivileged_port_start=443",
                $"当前用户不能监听端口 {point.Port}：1024 以下的端口仅限 root。"
                + "请用 --port N 指定更大的端口（例如 8443），"
                + "或放开限制：sysctl net.ipv4.ip_unprivileged_port_start=443", "--port"),
            SocketError.AddressFamilyNotSupported => new("NoIPv6",
                $"This machine has no IPv6, so it cannot listen on {point.Address}. Name an IPv4 address, or 0.0.0.0 for all of them.",
                $"本机未启用 IPv6，无法监听 {point.Address}。"
                + "请指定 IPv4 地址，或用 0.0.0.0 表示全部。", "--listen"),
            _ => new("CannotListen",
                $"Cannot listen on {at}: {failed.Message}. Name an address of this machine ({Ours()}) with --listen; "
                + "one that begins with fe80 needs its interface: [fe80::1%eth0].",
                $"无法监听 {at}：{failed.Message}。请用 --listen 指定本机地址（{Ours()}）；"
                + "以 fe80 开头的地址需带上网卡名：[fe80::1%eth0]。", "--listen"),
        };
    }

    private static RefusalException Taken(IPEndPoint point) => new("PortTaken",
        $"Port {point.Port} of {point.Address} is in use: another program, or another --listen, has it. "
        + "Name another with --port N or --listen ADDRESS:PORT.",
        $"{point.Address} 的端口 {point.Port} 已被其他程序或另一个 --listen 占用。"
        + "请用 --port N 或 --listen 地址:端口 指定其他端口。", "--port");

    private static string Ours() => string.Join(", ", MachineNames.Addresses().Select(one => one.ToString()).Prepend("127.0.0.1"));
}
