using System.Text;
using HazardMap.Service.Hosting.Tls;

namespace HazardMap.Service.Hosting;

/// <summary>What <c>up</c> and <c>phone</c> say about the way to the phone.</summary>
internal static class PhoneNotice
{
    /// <summary>The addresses and, with codes to photograph, the same as squares; null when no phone can reach the service.</summary>
    public static string? Of(ServedAddresses served, bool withCodes)
    {
        if (!served.IsOpen) return null;
        var text = new StringBuilder();
        var addresses = served.ForPhones();
        foreach (var address in addresses) text.Append("phones open / 手机访问: ").Append(address).Append('\n');
        if (addresses.Count == 0) text.Append(WhyNone(served));
        else if (served.Fingerprint is { } fingerprint)
        {
            var root = addresses[0] + LocalAuthority.RootPath;
            text.Append("first, once a phone, install the root certificate and trust it / "
                + "每部手机首次使用前，请安装并信任根证书: ").Append(root).Append('\n');
            if (withCodes) text.Append(QrCode.Of(root));
            text.Append("its SHA-256, to be compared on the phone / 其 SHA-256 指纹，请在手机上核对: ")
                .Append(fingerprint).Append('\n');
        }
        if (withCodes && addresses.Count > 0)
            text.Append("then open the map / 然后打开地图: ").Append(addresses[0]).Append('\n').Append(QrCode.Of(addresses[0]));
        return text.ToString().TrimEnd('\n');
    }

    private static string WhyNone(ServedAddresses served) => served.IsProxied
        ? "phones open what the proxy is called; name it with --host, so that links can say so / "
            + "手机通过代理的域名访问；请用 --host 指定该域名，以便生成链接\n"
        : served.Certified is null
            ? "this machine has no address that phones can open; connect it to their network / "
                + "本机没有手机可访问的地址，请接入其网络\n"
            : "the certificate names no address of this machine, so browsers will warn; name what it is called with --host / "
                + "证书未包含本机地址，浏览器会告警；请用 --host 指定证书中的域名\n";
}
