using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using HazardMap.Service.Database;

namespace HazardMap.EndToEnd.Worlds;

/// <summary>One running <c>up</c> on a data directory, with an administrator's client.</summary>
internal sealed class RunningUp : IAsyncDisposable
{
    private readonly string _path;

    private RunningUp(Executable executable, string path, string directory, Uri address)
    {
        Executable = executable;
        _path = path;
        DataDirectory = directory;
        Address = address;
        Client = new HttpClient(Handler()) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public Executable Executable { get; }

    public string DataDirectory { get; }

    public Uri Address { get; }

    /// <summary>Sends the administrator's token.</summary>
    public HttpClient Client { get; }

    public string Token => File.ReadAllText(Path.Combine(DataDirectory, "admin.token")).Trim();

    /// <summary>The database server's first process.</summary>
    public Postmaster Server =>
        Postmaster.Find(ClusterDirectory.At(DataDirectory)) ?? throw new InvalidOperationException("no server runs");

    /// <summary>A handler that trusts the service's own root, when it has one, and nothing else.</summary>
    public SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler();
        var root = Path.Combine(DataDirectory, "tls", "root.crt");
        if (File.Exists(root)) handler.SslOptions.CertificateChainPolicy = Trust(X509CertificateLoader.LoadCertificateFromFile(root));
        return handler;
    }

    /// <summary>Trust in one root and nothing else.</summary>
    public static X509ChainPolicy Trust(X509Certificate2 root) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { root }, RevocationMode = X509RevocationMode.NoCheck,
    };

    /// <summary>Starts <c>up --data DIR --port 0</c> and waits until it is ready.</summary>
    public static Task<RunningUp> StartAsync(string directory, params string[] arguments) =>
        StartAsync(Executable.Path, directory, arguments);

    /// <summary>The same at a port of its own, where browsers find it again after a restart.</summary>
    public static Task<RunningUp> StartAtAsync(string directory, int port, params string[] arguments) =>
        StartAtAsync(Executable.Path, directory, port, environment: null, arguments);

    /// <summary>The same with an executable elsewhere.</summary>
    public static Task<RunningUp> StartAsync(string path, string directory, string[] arguments) =>
        StartAsync(path, directory, environment: null, arguments);

    /// <summary>The same with variables of the environment.</summary>
    public static Task<RunningUp> StartAsync(
        string path, string directory, IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        StartAtAsync(path, directory, port: 0, environment, arguments);

    private static async Task<RunningUp> StartAtAsync(
        string path, string directory, int port, IReadOnlyDictionary<string, string>? environment, string[] arguments)
    {
        var executable = Executable.StartOther(path, environment,
            ["up", "--data", directory, "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture), .. arguments]);
        try
        {
            var line = await executable.FirstLineAsync(TimeSpan.FromMinutes(3));
            Assert.StartsWith("ready http", line, StringComparison.Ordinal);
            return new RunningUp(executable, path, directory, new Uri(line["ready ".Length..]));
        }
        catch
        {
            executable.Dispose();
            throw;
        }
    }

    /// <summary>Starts a command on its data directory, by the same program: another one, with other layers, would bring the database to
    /// its own.</summary>
    public Executable Command(string command, params string[] arguments) =>
        Executable.StartOther(_path, environment: null, [command, "--data", DataDirectory, .. arguments]);

    /// <summary>A link that logs a browser in, once.</summary>
    public async Task<Uri> LoginLinkAsync()
    {
        using var link = Command("login");
        return new Uri(await link.FirstLineAsync(TimeSpan.FromSeconds(60)));
    }

    /// <summary>Ends it in good order; the exit code.</summary>
    public async Task<int> StopAsync(string signal = "TERM")
    {
        Executable.Signal(signal);
        return await Executable.ExitCodeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!Executable.HasEnded) await StopAsync();
        Executable.Dispose();
    }
}
