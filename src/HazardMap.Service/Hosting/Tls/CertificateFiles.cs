using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HazardMap.Service.Hosting.Tls;

/// <summary>
/// The certificate chain and the key of <c>--tls CERT KEY</c>, in PEM. Whatever a browser would refuse is refused at the start; when the
/// files are renewed later they are taken within seconds, and a pair that is wrong leaves the one before.
/// </summary>
internal sealed class CertificateFiles : ServerCertificate
{
    /// <summary>The environment variable with the password of an encrypted key; a command line can be read by every user.</summary>
    public const string PasswordVariable = "HAZARDMAP_TLS_PASSWORD";

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private readonly string _certificatePath;
    private readonly string _keyPath;
    private readonly TimeProvider _clock;
    private (string Certificate, string Key) _read;
    private bool _trusted;

    public CertificateFiles(string certificatePath, string keyPath, TimeProvider? clock = null)
    {
        (_certificatePath, _keyPath, _clock) = (Path.GetFullPath(certificatePath), Path.GetFullPath(keyPath), clock ?? TimeProvider.System);
        Refresh();
    }

    /// <inheritdoc />
    public override bool IsTrustedByItself => _trusted;

    /// <inheritdoc />
    public override void Refresh()
    {
        var now = (Certificate: Text(_certificatePath), Key: Text(_keyPath));
        if (now == _read) return;
        var chain = ChainOf(now.Certificate);
        using var key = KeyOf(now.Key);
        Check(chain, key);
        var intermediates = new X509Certificate2Collection(chain.Skip(1).ToArray());
        _trusted = IsTrustedHere(chain[0], intermediates);
        Show(key is RSA rsa ? chain[0].CopyWithPrivateKey(rsa) : chain[0].CopyWithPrivateKey((ECDsa)key), intermediates);
        _read = now;
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TlsRefusals.Unreadable(path, e.Message.TrimEnd('.'));
        }
    }

    private X509Certificate2Collection ChainOf(string text)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            throw TlsRefusals.NoCertificate(_certificatePath);
        }
        return chain.Count > 0 ? chain : throw TlsRefusals.NoCertificate(_certificatePath);
    }

    private AsymmetricAlgorithm KeyOf(string text)
    {
        if (text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal)) throw TlsRefusals.OldEncryption(_keyPath);
        var encrypted = text.Contains("BEGIN ENCRYPTED PRIVATE KEY", StringComparison.Ordinal);
        var password = Environment.GetEnvironmentVariable(PasswordVariable);
        if (encrypted && string.IsNullOrEmpty(password)) throw TlsRefusals.Encrypted(_keyPath);
        foreach (var key in new AsymmetricAlgorithm[] { RSA.Create(), ECDsa.Create() })
        {
            try
            {
                if (encrypted) key.ImportFromEncryptedPem(text, password);
                else key.ImportFromPem(text);
                _ = key.ExportPkcs8PrivateKey(); // a public key alone is read too
                return key;
            }
            catch (Exception e) when (e is CryptographicException or ArgumentException)
            {
                key.Dispose(); // of the other kind, perhaps
            }
        }
        throw encrypted ? TlsRefusals.WrongPassword(_keyPath) : TlsRefusals.NoKey(_keyPath);
    }

    private void Check(X509Certificate2Collection chain, AsymmetricAlgorithm key)
    {
        var ofKey = key.ExportSubjectPublicKeyInfo();
        var own = chain.FirstOrDefault(one => one.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(ofKey))
            ?? throw TlsRefusals.DoesNotFit(_certificatePath, _keyPath);
        if (own != chain[0]) throw TlsRefusals.WrongOrder(_certificatePath, own.Subject, chain[0].Subject);
        for (var at = 1; at < chain.Count; at++)
        {
            if (!chain[at - 1].IssuerName.RawData.AsSpan().SequenceEqual(chain[at].SubjectName.RawData))
                throw TlsRefusals.WrongOrder(_certificatePath, chain[at - 1].Issuer, chain[at].Subject);
        }
        if (!IsForServers(own)) throw TlsRefusals.NotForServers(_certificatePath);
        var now = _clock.GetUtcNow().UtcDateTime;
        foreach (var one in chain)
        {
            if (one.NotAfter.ToUniversalTime() <= now) throw TlsRefusals.Expired(_certificatePath, one.NotAfter);
            if (one.NotBefore.ToUniversalTime() > now) throw TlsRefusals.NotYet(_certificatePath, one.NotBefore);
        }
    }

    // One that signs itself may call itself an authority, as openssl req -x509 makes them.
    private static bool IsForServers(X509Certificate2 own)
    {
        var isAuthority = own.Extensions.OfType<X509BasicConstraintsExtension>().Any(basic => basic.CertificateAuthority);
        if (isAuthority && own.Subject != own.Issuer) return false;
        return own.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is not { } usage
            || usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == ServerAuthentication);
    }

    private static bool IsTrustedHere(X509Certificate2 own, X509Certificate2Collection intermediates)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ExtraStore.AddRange(intermediates);
        return chain.Build(own);
    }
}
