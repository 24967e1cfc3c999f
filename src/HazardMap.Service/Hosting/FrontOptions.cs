using System.CommandLine;
using System.Net;
using HazardMap.Service.Hosting.Tls;

namespace HazardMap.Service.Hosting;

/// <summary><c>--listen</c>, <c>--tls</c> and, with a place to keep it, <c>--tls-self</c>: the same on every command that serves.</summary>
internal sealed class FrontOptions
{
    private readonly Option<string[]> _listen = new("--listen")
    {
        Description = "An address of this machine, with or without a port; 0.0.0.0: all of them. "
            + "Others than 127.0.0.1 need TLS or a proxy / "
            + "监听地址，可带端口；0.0.0.0 表示全部。非 127.0.0.1 须启用 TLS 或代理",
        HelpName = "ADDRESS[:PORT]",
    };

    private readonly Option<string[]> _tls = new("--tls")
    {
        Description = "HTTPS with this certificate chain and key, files in PEM; renewed files are taken at once / "
            + "以 PEM 证书链与私钥启用 HTTPS",
        HelpName = "CERT KEY", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _self = new("--tls-self")
    {
        Description = "HTTPS with a local authority, made once, whose root phones install / "
            + "以自建证书颁发机构启用 HTTPS，手机须安装根证书",
    };

    public FrontOptions()
    {
        _listen.Validators.Add(given =>
        {
            foreach (var token in given.Tokens.Where(token => ListenAddress.Parse(token.Value) is null))
                given.AddError($"--listen {token.Value} is not an address such as 0.0.0.0, 192.168.1.5:8443 or [::]:8443 / "
                    + "不是监听地址");
        });
    }

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="canKeep">Whether it has a data directory, in which an authority can be kept.</param>
    public void AddTo(Command command, bool canKeep)
    {
        command.Add(_listen);
        command.Add(_tls);
        if (canKeep) command.Add(_self);
        command.Validators.Add(given =>
        {
            if (canKeep && given.GetValue(_self) && given.GetResult(_tls) is not null)
                given.AddError("--tls and --tls-self exclude each other / --tls 与 --tls-self 不能同时使用");
        });
    }

    /// <summary>What was given, or a refusal; the addresses are free, the certificate is good.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="port">What <c>--port</c> said.</param>
    /// <param name="wayIn">Through which proxies and under which names.</param>
    /// <param name="authorityDirectory">Where the authority of <c>--tls-self</c> is kept.</param>
    public Front Of(ParseResult parsed, int? port, WayIn wayIn, string? authorityDirectory = null)
    {
        var listen = parsed.GetValue(_listen) ?? [];
        var files = parsed.GetValue(_tls) ?? [];
        var self = authorityDirectory is not null && parsed.GetValue(_self);
        RefusePlain(listen, self || files.Length > 0, wayIn);
        var points = ListenAddress.Of(listen, port, self || files.Length > 0);
        ServerCertificate? certificate = files is [var chain, var key] ? new CertificateFiles(chain, key)
            : self ? new LocalAuthority(authorityDirectory!, () => Names(points, wayIn)) : null;
        return new(points, certificate);
    }

    private static void RefusePlain(string[] listen, bool tls, WayIn wayIn)
    {
        if (tls || wayIn.Proxies.Count > 0) return;
        if (listen.FirstOrDefault(text => !IPAddress.IsLoopback(ListenAddress.Parse(text)!.Value.Address)) is { } open)
            throw new RefusalException("PlainHttp",
                $"On {open} other machines would reach the service by plain HTTP: passwords could be read on the way, "
                + "and phones refuse the camera, the position and work without a signal. Add --tls-self, "
                + "or --tls CERT KEY, or --proxy ADDRESS of a web server that speaks HTTPS.",
                $"监听 {open} 会让其他设备以明文 HTTP 访问：密码可能被窃听，"
                + "手机也无法使用相机、定位与离线功能。"
                + "请加上 --tls-self，或 --tls 证书 私钥，或以 --proxy 地址 指定提供 HTTPS 的代理。", "--listen");
    }

    private static IReadOnlyList<string> Names(IReadOnlyList<IPEndPoint> points, WayIn wayIn) =>
        [.. wayIn.Hosts, .. MachineNames.Names(), "localhost", "127.0.0.1", "::1",
            .. points.Select(point => point.Address).Where(address => !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
                .Concat(MachineNames.Addresses()).Select(address => address.ToString())];
}
