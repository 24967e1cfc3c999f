using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HazardMap.Service.Tests.Hosting.Tls;

/// <summary>A directory with certificates and keys in PEM, as an office's administrator has them.</summary>
internal sealed class Pems : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("hazardmap-pems").FullName;

    public string this[string name] => Path.Combine(_directory, name);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    public string Write(string name, params string[] texts)
    {
        File.WriteAllText(this[name], string.Join('\n', texts) + "\n");
        return this[name];
    }

    /// <summary>An authority's certificate with its key, signed by another or by itself.</summary>
    public static X509Certificate2 Authority(string name, X509Certificate2? by = null) => Make(name, by, isAuthority: true);

    /// <summary>A server's certificate with its key, for localhost and 127.0.0.1.</summary>
    public static X509Certificate2 Server(string name, X509Certificate2? by = null, int fromDays = -1, int untilDays = 90,
        string usage = "1.3.6.1.5.5.7.3.1") => Make(name, by, isAuthority: false, fromDays, untilDays, usage);

    public static string Key(X509Certificate2 of) => of.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    public static string Key(X509Certificate2 of, string password) => of.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(
        password, new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000));

    private static X509Certificate2 Make(string name, X509Certificate2? by, bool isAuthority, int fromDays = -2, int untilDays = 400,
        string usage = "")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        if (usage.Length > 0) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(usage)], critical: false));
        var called = new SubjectAlternativeNameBuilder();
        called.AddDnsName("localhost");
        called.AddIpAddress(IPAddress.Loopback);
        if (!isAuthority) request.CertificateExtensions.Add(called.Build());
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(untilDays));
        if (by is null) return request.CreateSelfSigned(from, until);
        using var issued = request.Create(by.SubjectName, X509SignatureGenerator.CreateForECDsa(by.GetECDsaPrivateKey()!), from, until,
            RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
