using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HazardMap.OData;

namespace HazardMap.Service.Accounts;

/// <summary>From where somebody logs in, as far as it helps him to recognise his own devices.</summary>
/// <param name="Name">As the client calls itself; null: it did not say.</param>
/// <param name="Agent">Family of the browser or program, and of the system: <c>Chrome, Android</c>.</param>
/// <param name="Address">The address in short form: enough to see a foreign place, too little to follow a person.</param>
internal sealed record Device(string? Name, string Agent, string Address)
{
    private const int LongestName = 100, LongestAgent = 60;

    private static readonly (string Sign, string Family)[] Programs =
    [
        ("MicroMessenger/", "WeChat"), ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
        ("HuaweiBrowser/", "Huawei Browser"), ("MiuiBrowser/", "Mi Browser"), ("UCBrowser/", "UC Browser"), ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Family)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>Of a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="name">As the client calls itself.</param>
    /// <exception cref="RefusalException">The name is none.</exception>
    public static Device Of(HttpContext http, string? name = null)
    {
        name = name?.Trim();
        if (name is { Length: 0 }) name = null;
        if (name is not null && (name.Length > LongestName || !TextForms.Has(name, TextForm.Line)))
            throw new RefusalException("BadDevice", $"The device's name is one line of up to {LongestName} characters that can be seen.",
                $"设备名称须为单行可见文字，最多 {LongestName} 个字符。", "device");
        return new Device(name, AgentOf(http.Request.Headers.UserAgent.ToString()), AddressOf(http.Connection.RemoteIpAddress));
    }

    /// <summary>The family of a user agent; a program is called as it calls itself.</summary>
    public static string AgentOf(string agent)
    {
        var program = Programs.FirstOrDefault(p => agent.Contains(p.Sign, StringComparison.Ordinal)).Family;
        var system = Systems.FirstOrDefault(s => agent.Contains(s.Sign, StringComparison.Ordinal)).Family;
        if (program is null)
        {
            var itself = agent.Split('/', ' ')[0];
            program = itself.Length is > 0 and <= LongestAgent && TextForms.Has(itself, TextForm.Word) ? itself : "?";
        }
        return system is null ? program : $"{program}, {system}";
    }

    /// <summary>An address without what tells one computer from its neighbours: 203.0.113.0/24, 2001:db8:1::/48.</summary>
    public static string AddressOf(IPAddress? address)
    {
        if (address is null) return "?";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return "localhost";
        var bytes = address.GetAddressBytes();
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        bytes.AsSpan(kept).Clear();
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{kept * 8}");
    }
}
