using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using HazardMap.Service.Hosting.Tls;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace HazardMap.Service.Hosting;

/// <summary>Where the service listens, and with which certificate; without one it speaks plain HTTP.</summary>
/// <param name="EndPoints">Addresses and ports; port 0 takes a free one.</param>
/// <param name="Certificate">HTTPS (TLS 1.2 and 1.3, HTTP/2 and 1.1) on all of them.</param>
internal sealed record Front(IReadOnlyList<IPEndPoint> EndPoints, ServerCertificate? Certificate = null)
{
    /// <summary>Of a URL such as <c>http://127.0.0.1:0</c>, whose host is an address.</summary>
    public static Front At(string url) => new Uri(url) is var at && IPAddress.TryParse(at.IdnHost, out var address)
        ? new([new(address, at.Port)]) : throw new ArgumentException($"{url} holds no address", nameof(url));

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsPrivate => EndPoints.All(point => IPAddress.IsLoopback(point.Address));

    /// <summary>Tells the web server. The certificate is asked for at every handshake: a renewed one counts at once.</summary>
    public void Listen(KestrelServerOptions kestrel)
    {
        foreach (var point in EndPoints)
        {
            kestrel.Listen(point, listen =>
            {
                if (Certificate is not { } certificate) return;
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = certificate.Context,
                        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    }),
                });
            });
        }
    }

    /// <summary>An address and port as it stands in a URL.</summary>
    public static string Text(IPEndPoint point) => string.Create(CultureInfo.InvariantCulture, $"{point}");
}
