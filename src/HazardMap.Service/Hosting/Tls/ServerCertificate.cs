using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace HazardMap.Service.Hosting.Tls;

/// <summary>The certificate that the service shows, which may be replaced while it runs.</summary>
internal abstract class ServerCertificate
{
    private volatile SslStreamCertificateContext? _context;

    /// <summary>What a handshake uses: the certificate, its key and the intermediate ones.</summary>
    public SslStreamCertificateContext Context => _context ?? throw new InvalidOperationException("no certificate yet");

    /// <summary>The server's own.</summary>
    public X509Certificate2 Certificate => Context.TargetCertificate;

    /// <summary>
    /// Whether browsers may be told to refuse everything but HTTPS from now on (HSTS): only when every browser trusts the certificate by
    /// itself. Otherwise a phone without our root would be locked out, with no way past.
    /// </summary>
    public abstract bool IsTrustedByItself { get; }

    /// <summary>Looks whether there is something newer to show, and shows it. A failure leaves what is shown.</summary>
    public abstract void Refresh();

    /// <summary>Names and addresses that the certificate is for.</summary>
    public static IReadOnlyList<string> NamesOf(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names
            ? [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())] : [];

    /// <summary>From now on this one is shown.</summary>
    protected void Show(X509Certificate2 certificate, X509Certificate2Collection intermediates) =>
        _context = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
}

/// <summary>Looks after the certificate while the service runs: renewed before it ends, and when files or addresses change.</summary>
internal sealed partial class CertificateKeeper(HazardMapOptions options, ILogger<CertificateKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Front.Certificate is not { } certificate) return;
        var told = "";
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                certificate.Refresh();
                told = "";
            }
            catch (Exception e) when (e is RefusalException or IOException or UnauthorizedAccessException
                or System.Security.Cryptography.CryptographicException or System.Net.NetworkInformation.NetworkInformationException)
            {
                var now = e is RefusalException refusal ? $"{refusal.Message} / {refusal.MessageZh}" : e.Message;
                if (now != told) LogKept(log, told = now);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The certificate was not replaced, the one before is still shown / 证书未更换，仍使用原证书: {Reason}")]
    private static partial void LogKept(ILogger log, string reason);
}
