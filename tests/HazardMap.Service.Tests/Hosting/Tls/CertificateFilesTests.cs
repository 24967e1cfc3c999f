using HazardMap.Service.Hosting.Tls;

namespace HazardMap.Service.Tests.Hosting.Tls;

/// <summary>What <c>--tls CERT KEY</c> takes, and what it refuses before anything is served.</summary>
public sealed class CertificateFilesTests : IDisposable
{
    private readonly Pems _pems = new();

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(CertificateFiles.PasswordVariable, null);
        _pems.Dispose();
    }

    [Fact]
    public void A_chain_and_its_key_are_taken_and_a_renewed_pair_replaces_them_but_a_wrong_one_does_not()
    {
        var (root, first, second) = (Pems.Authority("root"), Pems.Server("first"), Pems.Server("second"));
        var between = Pems.Authority("between", root);
        var chained = Pems.Server("chained", between);
        var certificate = _pems.Write("cert.pem", Text(chained), Text(between), Text(root));
        var key = _pems.Write("key.pem", Pems.Key(chained));
        var files = new CertificateFiles(certificate, key);
        Assert.Equal("CN=chained", files.Certificate.Subject);
        Assert.True(files.Certificate.HasPrivateKey);
        Assert.Contains("CN=between", files.Context.IntermediateCertificates.Select(one => one.Subject), StringComparer.Ordinal);
        Assert.False(files.IsTrustedByItself);

        _pems.Write("cert.pem", Text(first)); // half of a renewal
        Assert.Equal("KeyDoesNotFit", Assert.Throws<RefusalException>(files.Refresh).Code);
        Assert.Equal("CN=chained", files.Certificate.Subject);
        _pems.Write("key.pem", Pems.Key(first));
        files.Refresh();
        Assert.Equal("CN=first", files.Certificate.Subject);
        _pems.Write("cert.pem", Text(second));
        _pems.Write("key.pem", Pems.Key(second));
        files.Refresh();
        Assert.Equal("CN=second", files.Certificate.Subject);
    }

    [Fact]
    public void An_encrypted_key_is_opened_by_the_password_in_the_environment()
    {
        var server = Pems.Server("server");
        var (certificate, key) = (_pems.Write("cert.pem", Text(server)), _pems.Write("key.pem", Pems.Key(server, "水深危险")));
        Assert.Equal("KeyEncrypted", Refused(certificate, key).Code);
        Environment.SetEnvironmentVariable(CertificateFiles.PasswordVariable, "another");
        Assert.Equal("KeyPasswordWrong", Refused(certificate, key).Code);
        Environment.SetEnvironmentVariable(CertificateFiles.PasswordVariable, "水深危险");
        Assert.Equal("CN=server", new CertificateFiles(certificate, key).Certificate.Subject);
    }

    [Theory]
    [InlineData("missing", "TlsFileUnreadable"), InlineData("a directory", "TlsFileUnreadable"), InlineData("empty", "NotACertificate")]
    [InlineData("binary", "NotACertificate"), InlineData("swapped", "NotACertificate"), InlineData("damaged", "NotACertificate")]
    [InlineData("no key", "NotAKey"), InlineData("a public key", "NotAKey"), InlineData("old encryption", "KeyEncryptionOutdated")]
    [InlineData("another key", "KeyDoesNotFit"), InlineData("expired", "CertificateExpired")]
    [InlineData("future", "CertificateNotYetValid")]
    [InlineData("root first", "CertificateChainOrder"), InlineData("gap", "CertificateChainOrder")]
    [InlineData("for mail", "CertificateNotForServers"), InlineData("an authority", "CertificateNotForServers")]
    public void What_a_browser_would_refuse_is_refused_with_the_file_and_the_remedy_in_both_languages(string what, string code)
    {
        var root = Pems.Authority("root");
        var between = Pems.Authority("between", root);
        var server = Pems.Server("server", between, fromDays: what == "future" ? 3 : -60, untilDays: what == "expired" ? -1 : 90,
            usage: what == "for mail" ? "1.3.6.1.5.5.7.3.4" : "1.3.6.1.5.5.7.3.1");
        var own = Text(server);
        var certificate = _pems.Write("cert.pem", what switch
        {
            "empty" => [""],
            "binary" => ["\0\u0001\u0002PK"],
            "swapped" => [Pems.Key(server)],
            "damaged" => ["-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"],
            "root first" => [Text(root), Text(between), own],
            "gap" => [own, Text(root), Text(between)],
            "an authority" => [Text(between)],
            _ => [own, Text(between)],
        });
        var key = _pems.Write("key.pem", what switch
        {
            "no key" => own,
            "a public key" => server.PublicKey.GetECDsaPublicKey()!.ExportSubjectPublicKeyInfoPem(),
            "old encryption" => "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"
                + "-----END RSA PRIVATE KEY-----",
            "another key" => Pems.Key(root),
            "an authority" => Pems.Key(between),
            _ => Pems.Key(server),
        });
        if (what is "missing" or "a directory") File.Delete(certificate);
        if (what == "a directory") Directory.CreateDirectory(certificate);
        var refusal = Refused(certificate, key);
        Assert.Equal(code, refusal.Code);
        Assert.StartsWith(_pems[""], refusal.Target, StringComparison.Ordinal);
        Assert.NotEqual(refusal.Message, refusal.MessageZh, StringComparer.Ordinal);
    }

    private static RefusalException Refused(string certificate, string key) =>
        Assert.Throws<RefusalException>(() => new CertificateFiles(certificate, key));

    private static string Text(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate) =>
        certificate.ExportCertificatePem();
}
