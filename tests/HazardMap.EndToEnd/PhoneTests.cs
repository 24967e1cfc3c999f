using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HazardMap.EndToEnd.Worlds;

namespace HazardMap.EndToEnd;

/// <summary>The way to the phone: other machines reach the service, by HTTPS alone.</summary>
public sealed class PhoneTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task With_its_own_authority_it_serves_https_to_who_installed_the_root_and_login_links_name_the_printed_address()
    {
        await using var up = await RunningUp.StartAsync(
            _directory.Path, "--empty", "--listen", "0.0.0.0", "--tls-self", "--host", "pond.test");
        var printed = Printed(up.Executable.Errors);
        Assert.Equal($"https://pond.test:{up.Address.Port}", printed[0]);

        // The root as a phone gets it, then nothing but that root is trusted.
        using var careless = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        });
        var file = await careless.GetAsync(new Uri(up.Address, "/hazardmap-root.crt"));
        Assert.Equal("application/x-x509-ca-cert", file.Content.Headers.ContentType?.MediaType);
        var root = X509CertificateLoader.LoadCertificate(await file.Content.ReadAsByteArrayAsync());
        Assert.Contains(Convert.ToHexString(SHA256.HashData(root.RawData)), up.Executable.Errors.Replace(":", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        var here = new[] { "127.0.0.1", "localhost" }.Select(name => $"https://{name}:{up.Address.Port}");
        foreach (var address in printed.Skip(1).Concat(here))
            await SpeaksHttpsAsync(up, root, new Uri(address), new Uri(address));
        await SpeaksHttpsAsync(up, root, new Uri(printed[0]), up.Address);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(_directory.Path, "tls", "authority.pem")));

        // A stranger's machine does not trust it, another name is refused.
        using var stranger = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(up.Address));
        Assert.Equal(SslProtocols.Tls12, await HandshakeAsync(up.Address, SslProtocols.Tls12));
        Assert.Equal(SslProtocols.Tls13, await HandshakeAsync(up.Address, SslProtocols.Tls13));
        using var foreign = new HttpRequestMessage(HttpMethod.Get, new Uri(up.Address, "/health/live"));
        foreign.Headers.Host = "evil.example";
        Assert.Equal(HttpStatusCode.BadRequest, (await careless.SendAsync(foreign)).StatusCode);

        using (var phone = up.Command("phone"))
        {
            Assert.Equal(0, await phone.ExitCodeAsync());
            Assert.Contains(printed[0] + "/hazardmap-root.crt", phone.Output, StringComparison.Ordinal);
            Assert.Contains("█", phone.Output, StringComparison.Ordinal);
        }
        var link = await up.LoginLinkAsync();
        Assert.StartsWith(printed[0] + "/login?code=", link.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_certificate_that_the_world_trusts_browsers_are_told_to_stay_and_a_renewed_one_is_shown_without_a_restart()
    {
        var pem = Directory.CreateDirectory(_directory.Path + ".pem").FullName;
        try
        {
            var (chain, key, trust) = (Path.Combine(pem, "chain.pem"), Path.Combine(pem, "key.pem"), Path.Combine(pem, "trust.pem"));
            using var first = await WriteAsync(chain, key);
            File.Copy(chain, trust);
            await using var up = await RunningUp.StartAsync(Executable.Path, _directory.Path,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["SSL_CERT_FILE"] = trust }, "--empty", "--tls", chain, key);
            using (var client = Client(first, new Uri("https://map.example.test"), up.Address))
            {
                var answer = await client.GetAsync("/health/live");
                Assert.Equal("max-age=15552000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
                Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/hazardmap-root.crt")).StatusCode);
            }
            using (var byAddress = Client(first, up.Address, up.Address))
                Assert.False((await byAddress.GetAsync("/health/live")).Headers.Contains("Strict-Transport-Security"));

            using var second = await WriteAsync(chain, key);
            await Patience.UntilAsync(async () => await ShownAsync(up.Address) == second.Thumbprint);
            using var later = Client(second, new Uri("https://map.example.test"), up.Address);
            // Not one of those that this machine trusts: a browser that was told to stay could not get past it.
            Assert.False((await later.GetAsync("/health/live")).Headers.Contains("Strict-Transport-Security"));
        }
        finally
        {
            Directory.Delete(pem, recursive: true);
        }
    }

    [Theory]
    [InlineData(1, "--tls-self", "--listen", "0.0.0.0"), InlineData(1, "--tls-self", "--listen", "[::]:8443")]
    [InlineData(1, "192.0.2.77", "--listen", "192.0.2.77", "--tls-self"), InlineData(2, "--listen pond", "--listen", "pond", "--tls-self")]
    [InlineData(2, "exclude", "--tls-self", "--tls", "a", "b"), InlineData(1, "a.pem", "--tls", "a.pem", "b.pem")]
    [InlineData(2, "--tls", "--tls", "a.pem")]
    public async Task What_no_phone_could_or_should_use_is_refused_in_both_languages_before_anything_is_served(
        int code, string told, params string[] arguments)
    {
        using var up = Executable.Start(["up", "--data", _directory.Path, "--empty", .. arguments]);
        Assert.Equal(code, await up.ExitCodeAsync());
        Assert.Contains(told, up.Errors, StringComparison.Ordinal);
        Assert.Matches("[\u4e00-\u9fff]", up.Errors);
        Assert.Equal("", up.Output);
        Assert.False(Directory.Exists(Path.Combine(_directory.Path, "postgres")));
    }

    [Fact]
    public async Task On_this_machine_alone_there_is_nothing_for_phones()
    {
        using var up = Executable.Start("phone", "--data", _directory.Path);
        Assert.Equal(1, await up.ExitCodeAsync());
        Assert.Contains("NotRunning", up.Errors, StringComparison.Ordinal);
    }

    private static async Task SpeaksHttpsAsync(RunningUp up, X509Certificate2 root, Uri address, Uri connectTo)
    {
        using var client = Client(root, address, connectTo);
        client.DefaultRequestHeaders.Authorization = new("Bearer", up.Token);
        foreach (var path in new[] { "/odata/", "/odata/Hazards?$count=true", "/tiles/hazards.json" })
        {
            var answer = await client.GetAsync(path);
            Assert.Equal(HttpVersion.Version20, answer.Version);
            Assert.Contains(address.GetLeftPart(UriPartial.Authority) + "/", await answer.Content.ReadAsStringAsync(),
                StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        }
        var login = await client.GetAsync((await up.LoginLinkAsync()).PathAndQuery);
        Assert.Contains("secure", Assert.Single(login.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    // Trusts one root, asks for one address, and goes to where that would be found.
    private static HttpClient Client(X509Certificate2 root, Uri address, Uri connectTo) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, SslOptions = { CertificateChainPolicy = RunningUp.Trust(root) },
        ConnectCallback = async (_, stop) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(connectTo.IdnHost, connectTo.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = address, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static async Task<X509Certificate2> WriteAsync(string chain, string key)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=map", made, HashAlgorithmName.SHA256);
        var called = new SubjectAlternativeNameBuilder();
        called.AddDnsName("map.example.test");
        called.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(called.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(60));
        await File.WriteAllTextAsync(chain, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(key, made.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    private static async Task<string> ShownAsync(Uri address)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.IdnHost, address.Port);
        await using var stream = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(address.IdnHost);
        using var shown = new X509Certificate2(stream.RemoteCertificate!);
        return shown.Thumbprint;
    }

    private static async Task<SslProtocols> HandshakeAsync(Uri address, SslProtocols protocol)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        await using var stream = new SslStream(connection.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = address.Host, EnabledSslProtocols = protocol, RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });
        return stream.SslProtocol;
    }

    private static List<string> Printed(string errors) =>
        [.. errors.Split('\n').Where(line => line.StartsWith("phones open", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1])];
}
