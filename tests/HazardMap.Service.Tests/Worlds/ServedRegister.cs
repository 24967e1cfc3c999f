using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using HazardMap.Service.Accounts;
using HazardMap.Service.Hosting;
using HazardMap.Service.Photos;
using Microsoft.AspNetCore.Builder;

namespace HazardMap.Service.Tests.Worlds;

/// <summary>A register served over real HTTP on a free port, with an administrator's client and a stranger's.</summary>
public class ServedRegister : EmptyRegister, IAsyncLifetime
{
    private static int _places;
    private WebApplication _app = null!;

    /// <summary>Sends the administrator's bearer token.</summary>
    internal HttpClient Administrator { get; private set; } = null!;

    /// <summary>Sends no token.</summary>
    internal HttpClient Stranger { get; private set; } = null!;

    internal string Token { get; private set; } = "";

    /// <summary>Where the keys of second factors are kept.</summary>
    internal string Keys { get; } = Path.Combine(Path.GetTempPath(), $"hazardmap-keys-{Guid.NewGuid():N}");

    public new async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Token = await new AccountStore(Database).EnsureAdministratorAsync(CancellationToken.None)
            ?? throw new InvalidOperationException("no administrator");
        _app = HazardMapApp.Build(new(ConnectionString, "http://127.0.0.1:0")
        {
            KeyDirectory = Keys, PhotoLimits = PhotoLimits, UploadDirectory = UploadDirectory,
        });
        await _app.StartAsync();
        Stranger = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress =
            new Uri(_app.Urls.First()) };
        Administrator = new HttpClient { BaseAddress = Stranger.BaseAddress };
        Administrator.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public new async Task DisposeAsync()
    {
        Administrator.Dispose();
        Stranger.Dispose();
        await _app.DisposeAsync();
        if (Directory.Exists(Keys)) Directory.Delete(Keys, recursive: true);
        if (Directory.Exists(UploadDirectory)) Directory.Delete(UploadDirectory, recursive: true);
        await base.DisposeAsync();
    }

    /// <summary>How many photos are taken.</summary>
    internal virtual PhotoLimits PhotoLimits => new();

    /// <summary>Where pieces of photos lie.</summary>
    internal virtual string UploadDirectory { get; } =
        Path.Combine(Path.GetTempPath(), "hazardmap-uploads-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));

    /// <summary>A stranger's client from an address of its own, for what is limited by address.</summary>
    internal HttpClient FromElsewhere()
    {
        var place = Interlocked.Increment(ref _places) % 60_000;
        var address = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.1.{place / 250}.{place % 250 + 1}"));
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = Stranger.BaseAddress };
    }

    /// <summary>The services of the running application, for asking a store directly.</summary>
    internal T Service<T>() where T : notnull => (T)_app.Services.GetService(typeof(T))!;
}
