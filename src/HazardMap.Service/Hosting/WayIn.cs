using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace HazardMap.Service.Hosting;

/// <summary>
/// How requests reach the service: straight from this machine, or through proxies that are named. What a proxy says of the client
/// (address, scheme, host) is believed from those alone, and makes every link, cookie and limit; names that are not ours are refused.
/// </summary>
/// <param name="Proxies">Whose forwarded headers are believed.</param>
/// <param name="Hosts">
/// Names under which the service is reached, besides this machine's own; empty behind a proxy: what it passes on.
/// </param>
internal sealed record WayIn(IReadOnlyList<IPNetwork> Proxies, IReadOnlyList<string> Hosts)
{
    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "::1"];

    /// <summary>From this machine only.</summary>
    public static WayIn Local { get; } = new([], []);

    /// <summary>Reads forwarded headers. Comes before whatever looks at the request's address, scheme or host.</summary>
    public void UseForwardedHeaders(IApplicationBuilder app)
    {
        if (Proxies.Count == 0) return;
        app.Use((http, next) =>
        {
            http.Items[typeof(WayIn)] = IsProxy(http.Connection.RemoteIpAddress);
            return next(http);
        });
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = Proxies.Count, // each named proxy adds one
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in Proxies) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    /// <summary>
    /// Refuses requests to a name that is not ours: another site's page that points at us, or a forged link; and plain HTTP of other
    /// machines, which goes past the proxy.
    /// </summary>
    public void UseAllowedHosts(IApplicationBuilder app, Front front) => app.Use((http, next) => IsPastTheProxy(http, front)
        ? Errors.WriteAsync(http, StatusCodes.Status403Forbidden, "PlainHttp",
            "This address speaks plain HTTP and answers its proxy alone. Open the address of the proxy, with https.",
            "该地址为明文 HTTP，仅供代理访问。请以 https 打开代理的地址。")
        : IsAllowed(http, front) ? next(http)
        : Errors.WriteAsync(http, StatusCodes.Status400BadRequest, "ForeignHost",
            $"This service is not called {http.Request.Host.Host}. If it should be, start it with --host {http.Request.Host.Host}; "
            + "behind a proxy also with --proxy ADDRESS.",
            $"{http.Request.Host.Host} 未列入本服务的主机名。如属正常，请用 --host {http.Request.Host.Host} 启动；"
            + "若经由代理，还需 --proxy 地址。", "Host"));

    private static bool IsPastTheProxy(HttpContext http, Front front) => front.Certificate is null && http.Items[typeof(WayIn)] is not true
        && http.Connection.RemoteIpAddress is { } from && !IPAddress.IsLoopback(from) && !from.Equals(http.Connection.LocalIpAddress);

    private bool IsAllowed(HttpContext http, Front front)
    {
        var host = http.Request.Host;
        if (!host.HasValue) return true; // HTTP/1.0 names none
        if (Hosts.Count == 0 && http.Items[typeof(WayIn)] is true) return true;
        var name = host.Host is ['[', .. var inside, ']'] ? inside : host.Host;
        if (ThisMachine.Concat(Hosts).Contains(name, StringComparer.OrdinalIgnoreCase)) return true;
        // The address by which it came is ours, a page of another site can't be there; so is what our certificate names.
        if (IPAddress.TryParse(name, out var address) && address.Equals(Plain(http.Connection.LocalIpAddress))) return true;
        return front.Certificate?.Certificate.MatchesHostname(name, allowWildcards: true, allowCommonName: false) == true;
    }

    private bool IsProxy(IPAddress? address) => address is not null
        && Proxies.Any(network => network.Contains(Plain(address)!));

    // A socket that serves both families tells IPv4 addresses as ::ffff:192.0.2.7.
    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}

/// <summary><c>--proxy</c> and <c>--host</c>, the same on every command that serves.</summary>
internal sealed class WayInOptions
{
    private readonly Option<string[]> _proxy = new("--proxy")
    {
        Description = "Address or network of a proxy whose X-Forwarded-For, -Proto and -Host are believed / 可信代理的地址或网段",
        HelpName = "ADDRESS",
    };

    private readonly Option<string[]> _host = new("--host")
    {
        Description = "A name under which the service is reached, such as map.example.cn / 对外主机名", HelpName = "NAME",
    };

    public WayInOptions()
    {
        _proxy.Validators.Add(given =>
        {
            foreach (var token in given.Tokens.Where(t => Network(t.Value) is null))
                given.AddError($"--proxy {token.Value} is not an IP address or network such as 10.0.0.7 or 10.0.0.0/24 / "
                    + "不是 IP 地址或网段");
        });
        _host.Validators.Add(given =>
        {
            foreach (var token in given.Tokens.Where(t => Uri.CheckHostName(t.Value) == UriHostNameType.Unknown))
                given.AddError($"--host {token.Value} is not a host name such as map.example.cn (without scheme, port or path) / "
                    + "不是主机名");
        });
    }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_proxy);
        command.Add(_host);
    }

    /// <summary>What was given.</summary>
    public WayIn Of(ParseResult parsed) =>
        new([.. (parsed.GetValue(_proxy) ?? []).Select(text => Network(text)!.Value)], parsed.GetValue(_host) ?? []);

    private static IPNetwork? Network(string text)
    {
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return text.Contains('/', StringComparison.Ordinal) && IPNetwork.TryParse(text, out var network) ? network : null;
    }
}
