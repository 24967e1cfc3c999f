using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HazardMap.OData.Tests.World;

/// <summary>A database of its own on the test server, the coast in it, and a real Kestrel that serves it.</summary>
public sealed class Coast : IAsyncLifetime
{
    private readonly string _database = "coast_" + Guid.NewGuid().ToString("N")[..12];
    private WebApplication? _application;

    public NpgsqlDataSource Source { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The same service with pages of five.</summary>
    public Uri SmallPages { get; private set; } = null!;

    /// <summary>The same service, its database unreachable.</summary>
    public Uri WithoutDatabase { get; private set; } = null!;

    /// <summary>The same service without a second language.</summary>
    public Uri EnglishOnly { get; private set; } = null!;

    private static NpgsqlDataSource Nowhere { get; } = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");

    public List<Exception> Unexpected { get; } = [];

    public static string Server => Environment.GetEnvironmentVariable("HAZARDMAP_TEST_DATABASE")
        ?? throw new InvalidOperationException("HAZARDMAP_TEST_DATABASE is not set: ./hazardmap test starts a PostGIS and sets it.");

    public async Task InitializeAsync()
    {
        await using (var server = NpgsqlDataSource.Create(Server)) await RunAsync(server, $"create database {_database}");
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Server) { Database = _database, Timeout = 5 });
        await RunAsync(Source, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "World", "coast.sql")));
        await RunAsync(Source, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "World", "tracked.sql")));
        await CoastRows.FillAsync(Source);
        await ServeAsync();
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (_application is not null) await _application.DisposeAsync();
        await Source.DisposeAsync();
        await using var server = NpgsqlDataSource.Create(Server);
        await RunAsync(server, $"drop database if exists {_database} with (force)");
    }

    public static async Task RunAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(x => x.Limits.MaxRequestLineSize = 64 * 1024);
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.MapOData("/odata", CoastModel.Build(), CoastModel.Options(Source, Unexpected));
        _application.MapOData("/small", CoastModel.Build(), CoastModel.Options(Source, Unexpected, pageSize: 5));
        _application.MapOData("/nowhere", CoastModel.Build(), CoastModel.Options(Nowhere, Unexpected));
        _application.MapOData("/english", CoastModel.Build(), CoastModel.Options(Source, Unexpected, englishOnly: true));
        await _application.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_application.Urls.First() + "/odata/") };
        SmallPages = new Uri(_application.Urls.First() + "/small/");
        EnglishOnly = new Uri(_application.Urls.First() + "/english/");
        WithoutDatabase = new Uri(_application.Urls.First() + "/nowhere/");
    }
}

[CollectionDefinition(nameof(Coast))]
public sealed class CoastCollection : ICollectionFixture<Coast>;
