using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HazardMap.Service.Database;

namespace HazardMap.Service.Hosting.Tls;

/// <summary>
/// The authority of <c>--tls-self</c>: made once in a directory, its root trusted by the phones that install it. The server's certificate
/// names what this machine is called at the moment; it is issued again when that changes and before it ends.
/// </summary>
internal sealed class LocalAuthority : ServerCertificate
{
    /// <summary>Where the root is served.</summary>
    public const string RootPath = "/hazardmap-root.crt";

    private const int RootYears = 10;
    private const int ServerDays = 397; // phones of Apple refuse longer ones, the day before counted
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(30);
    private static readonly TimeSpan Skew = TimeSpan.FromDays(1); // a phone's clock may be behind
    private readonly string _directory;
    private readonly Func<IReadOnlyList<string>> _names;
    private readonly TimeProvider _clock;
    private readonly X509Certificate2 _root;
    private X509Certificate2? _shown;

    /// <param name="directory">Of the authority; made when it is not there.</param>
    /// <param name="names">Host names and addresses that the certificate has to name, as they are now.</param>
    /// <param name="clock">The time.</param>
    public LocalAuthority(string directory, Func<IReadOnlyList<string>> names, TimeProvider? clock = null)
    {
        (_directory, _names, _clock) = (directory, names, clock ?? TimeProvider.System);
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _root = File.Exists(AuthorityFile) || File.Exists(RootFile) ? ReadRoot() : MakeRoot();
        PrivateFile.Write(RootFile, _root.ExportCertificatePem() + "\n");
        Refresh();
    }

    /// <inheritdoc />
    public override bool IsTrustedByItself => false;

    /// <summary>The root's certificate, without its key, in DER: what phones install.</summary>
    public byte[] Root => _root.RawData;

    /// <summary>The root's certificate as a file in PEM.</summary>
    public string RootFile => Path.Combine(_directory, "root.crt");

    /// <summary>SHA-256 of the root, as phones show it: 32 pairs of hex digits.</summary>
    public string Fingerprint =>
        string.Join(':', SHA256.HashData(_root.RawData).Select(b => b.ToString("X2", CultureInfo.InvariantCulture)));

    // Key and certificate in one file, so that neither is ever there without the other.
    private string AuthorityFile => Path.Combine(_directory, "authority.pem");

    private string ServerFile => Path.Combine(_directory, "server.pem");

    /// <inheritdoc />
    public override void Refresh()
    {
        var names = _names().Select(AsInCertificates).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (_shown is { } shown && IsGood(shown, names)) return;
        _shown = ReadServer() is { } kept && IsGood(kept, names) ? kept : Issue(names);
        Show(_shown, []);
    }

    private bool IsGood(X509Certificate2 certificate, List<string> names)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        // The last certificate of a root ends with it, and cannot be renewed.
        var until = certificate.NotAfter.ToUniversalTime();
        var good = now >= certificate.NotBefore.ToUniversalTime() && now < until
            && (now < until - Renewal || until >= _root.NotAfter.ToUniversalTime());
        return good && !names.Except(NamesOf(certificate), StringComparer.OrdinalIgnoreCase).Any();
    }

    private X509Certificate2 ReadRoot()
    {
        try
        {
            var text = File.ReadAllText(AuthorityFile);
            File.SetUnixFileMode(AuthorityFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var root = X509Certificate2.CreateFromPem(text, text);
            return root.NotAfter.ToUniversalTime() > _clock.GetUtcNow().UtcDateTime ? root
                : throw TlsRefusals.AuthorityDamaged(AuthorityFile, string.Create(CultureInfo.InvariantCulture,
                    $"it ended on {root.NotAfter:yyyy-MM-dd} / 已于该日到期"));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw TlsRefusals.AuthorityDamaged(AuthorityFile, e.Message.TrimEnd('.'));
        }
    }

    private X509Certificate2? ReadServer()
    {
        try
        {
            var text = File.ReadAllText(ServerFile);
            var server = X509Certificate2.CreateFromPem(text, text);
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(_root);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.VerificationTime = _clock.GetUtcNow().UtcDateTime;
            return chain.Build(server) ? server : null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null; // a new one takes its place
        }
    }

    private X509Certificate2 MakeRoot()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = _clock.GetUtcNow();
        var host = MachineNames.Names().Append("server").First();
        var request = new CertificateRequest(Named(string.Create(CultureInfo.InvariantCulture, $"HazardMap {host} {now:yyyy-MM-dd}")), key,
            HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true,
            pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
            critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var from = now - Skew;
        var root = request.CreateSelfSigned(from, from.AddYears(RootYears));
        PrivateFile.Write(AuthorityFile, $"{key.ExportPkcs8PrivateKeyPem()}\n{root.ExportCertificatePem()}\n");
        Progress.Say($"a local certificate authority was made in {_directory}; keep a copy, its key signs what phones trust / "
            + "已创建本地证书颁发机构，请妥善备份");
        return root;
    }

    private X509Certificate2 Issue(List<string> names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Named("HazardMap"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false,
            pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root, includeKeyIdentifier: true,
            includeIssuerAndSerial: false));
        var called = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) called.AddIpAddress(address);
            else called.AddDnsName(name);
        }
        request.CertificateExtensions.Add(called.Build());
        var (rootFrom, rootUntil) = (new DateTimeOffset(_root.NotBefore), new DateTimeOffset(_root.NotAfter));
        var from = _clock.GetUtcNow() - Skew is var yesterday && yesterday > rootFrom ? yesterday : rootFrom;
        var until = from.AddDays(ServerDays) is var end && end < rootUntil ? end : rootUntil;
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)(serial[0] & 0x7f | 0x40); // a positive number of full length
        using var issued = request.Create(_root, from, until, serial);
        PrivateFile.Write(ServerFile, $"{key.ExportPkcs8PrivateKeyPem()}\n{issued.ExportCertificatePem()}\n");
        return issued.CopyWithPrivateKey(key);
    }

    // Addresses in their usual form and without the interface they are of, names in ASCII.
    private static string AsInCertificates(string name) => IPAddress.TryParse(name, out var address)
        ? new IPAddress(address.GetAddressBytes()).ToString() : new IdnMapping().GetAscii(name.TrimEnd('.'));

    private static X500DistinguishedName Named(string commonName)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName.Length <= 64 ? commonName : commonName[..64]);
        return name.Build();
    }
}
