using System.Net.Http.Headers;
using HazardMap.Service.Accounts;
using HazardMap.Service.Hosting;
using Microsoft.AspNetCore.Builder;

namespace HazardMap.Service.Tests.Worlds;

/// <summary>A register served over real HTTP on a free port, with an administrator's client and a stranger's.</summary>
public class ServedRegister : EmptyRegister, IAsyncLifetime
{
    private WebApplication _app = null!;

    /// <summary>Sends the administrator's bearer token.</summary>
    internal HttpClient Administrator { get; private set; } = null!;

    /// <summary>Sends no token.</summary>
    internal HttpClient Stranger { get; private set; } = null!;

    internal string Token { get; private set; } = "";

    public new async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Token = await new AccountStore(Database).EnsureAdministratorAsync(CancellationToken.None)
            ?? throw new InvalidOperationException("no administrator");
        _app = HazardMapApp.Build(new(ConnectionString, "http://127.0.0.1:0"));
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
        await base.DisposeAsync();
    }

    /// <summary>The services of the running application, for asking a store directly.</summary>
    internal T Service<T>() where T : notnull => (T)_app.Services.GetService(typeof(T))!;
}
