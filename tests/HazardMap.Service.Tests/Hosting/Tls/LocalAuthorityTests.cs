using System.Security.Cryptography.X509Certificates;
using HazardMap.Service.Hosting.Tls;

namespace HazardMap.Service.Tests.Hosting.Tls;

/// <summary>The authority of <c>--tls-self</c>, over ten years.</summary>
public sealed class LocalAuthorityTests : IDisposable
{
    private readonly Pems _pems = new();
    private readonly Clock _clock = new();
    private string[] _names = ["localhost", "127.0.0.1", "::1", "pond", "192.168.1.5"];

    public void Dispose() => _pems.Dispose();

    [Fact]
    public void It_is_made_once_for_ten_years_its_keys_for_its_owner_s_eyes_and_signs_certificates_that_phones_accept()
    {
        var authority = Open();
        using var root = X509CertificateLoader.LoadCertificate(authority.Root);
        Assert.InRange((root.NotAfter - root.NotBefore).TotalDays, 3650, 3653);
        Assert.False(root.HasPrivateKey);
        var server = authority.Certificate;
        Assert.InRange((server.NotAfter - server.NotBefore).TotalDays, 390, 397);
        Assert.Equal(_names.Order(StringComparer.Ordinal), ServerCertificate.NamesOf(server).Order(StringComparer.Ordinal));
        Assert.True(IsTrusted(server, root));
        foreach (var file in new[] { "authority.pem", "server.pem" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_pems["tls"], file)));
        Assert.DoesNotContain("PRIVATE", File.ReadAllText(authority.RootFile), StringComparison.Ordinal);

        var again = Open(); // a restart changes neither
        Assert.Equal(authority.Root, again.Root);
        Assert.Equal(server.Thumbprint, again.Certificate.Thumbprint);
        Assert.Equal(95, again.Fingerprint.Length);
    }

    [Fact]
    public void The_server_s_certificate_follows_new_addresses_and_is_renewed_a_month_before_it_ends()
    {
        var authority = Open();
        using var root = X509CertificateLoader.LoadCertificate(authority.Root);
        var first = authority.Certificate;
        authority.Refresh();
        Assert.Same(first, authority.Certificate);
        _names = [.. _names, "10.0.0.9", "fe80::1%1", "学校.example.cn"];
        authority.Refresh();
        var second = authority.Certificate;
        Assert.Contains("10.0.0.9", ServerCertificate.NamesOf(second), StringComparer.Ordinal);
        authority.Refresh();
        Assert.Same(second, authority.Certificate); // scopes and scripts are no change
        for (var month = 0; month < 119; month++)
        {
            _clock.Now = _clock.Now.AddDays(30);
            authority.Refresh();
            Assert.True(authority.Certificate.NotAfter > _clock.Now.LocalDateTime.AddDays(20), $"month {month}");
            Assert.True(authority.Certificate.NotAfter <= root.NotAfter);
        }
        Assert.NotEqual(second.Thumbprint, authority.Certificate.Thumbprint, StringComparer.Ordinal);
    }

    [Theory, InlineData("damaged"), InlineData("lost"), InlineData("ended")]
    public void A_root_that_phones_trust_is_never_replaced_without_a_word(string how)
    {
        Open();
        var file = Path.Combine(_pems["tls"], "authority.pem");
        if (how == "damaged") File.WriteAllText(file, "-----BEGIN");
        if (how == "lost") File.Delete(file);
        if (how == "ended") _clock.Now = _clock.Now.AddYears(11);
        var refusal = Assert.Throws<RefusalException>(Open);
        Assert.Equal("AuthorityDamaged", refusal.Code);
        Assert.Equal(file, refusal.Target);
        Assert.Contains("备份", refusal.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_server_certificate_or_one_of_another_root_is_made_again()
    {
        var first = Open().Certificate;
        File.WriteAllText(Path.Combine(_pems["tls"], "server.pem"), "nothing");
        Assert.NotEqual(first.Thumbprint, Open().Certificate.Thumbprint, StringComparer.Ordinal);
        var stranger = Pems.Server("stranger");
        File.WriteAllText(Path.Combine(_pems["tls"], "server.pem"), stranger.ExportCertificatePem() + "\n" + Pems.Key(stranger));
        Assert.Equal("CN=HazardMap", Open().Certificate.Subject);
    }

    private LocalAuthority Open() => new(_pems["tls"], () => _names, _clock);

    private static bool IsTrusted(X509Certificate2 server, X509Certificate2 root)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(server);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
